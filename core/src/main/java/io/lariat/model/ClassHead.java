package io.lariat.model;

import io.lariat.backend.Loss;
import io.lariat.data.Target;
import io.lariat.data.Task;

/** A head that tells classes apart, by a cross-entropy. */
public abstract sealed class ClassHead extends Head permits BinaryHead, MulticlassHead {

  ClassHead(String name, Task task, Loss loss) {
    super(name, task, loss);
  }

  @Override
  public final Metric metric() {
    return Metric.ACCURACY;
  }

  @Override
  public final String rowLossName() {
    return "cross-entropy";
  }

  @Override
  public final boolean standardizesTarget() {
    return false;
  }

  @Override
  public final String whereAllAre(Target target, double y) {
    return "are of one class, " + target.classes().get((int) y);
  }
}
