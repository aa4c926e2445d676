package io.lariat.model;

import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An output for each class, its probability. */
public final class MulticlassHead extends ClassHead {

  MulticlassHead() {
    super("multiclass", Task.MULTICLASS, new CategoricalCrossEntropy());
  }

  @Override
  public String lossName() {
    return "categorical cross-entropy";
  }

  /** {@code accuracy}. */
  @Override
  public Map<String, Double> metrics(double[] outputs, double[] targets) {
    return Map.of(metric().name(), Metrics.categoricalAccuracy(outputs, targets));
  }

  @Override
  int classOf(double[] outputs, int at, int count) {
    int best = 0;
    for (int j = 1; j < count; j++) {
      if (outputs[at + j] > outputs[at + best]) {
        best = j;
      }
    }
    return best;
  }

  @Override
  public List<String> columns(Target target) {
    List<String> columns = new ArrayList<>(target.classes().size() + 1);
    columns.add("prediction");
    for (String label : target.classes()) {
      columns.add("probability_" + label);
    }
    return columns;
  }

  @Override
  public String describe(Target target) {
    return String.format(Locale.ROOT, "%s (%s classes)", target.name(), target.classes().size());
  }

  @Override
  public String among(Target target) {
    return " of " + target.classes().size() + " classes";
  }

  @Override
  void requireClasses(int classes) {
    if (classes < 2) {
      throw wrongClasses(classes);
    }
  }
}
