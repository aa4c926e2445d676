package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.backend.Loss;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a network's last layer is for, in one place: the loss it is trained by and the activation
 * that goes with it, what its targets are, how its outputs are read, what it is judged by, and the
 * words for all that. There is one for each {@link Loss}; {@link Heads} has them all.
 *
 * <p>{@link ClassHead} is for classes, with {@link BinaryHead} and {@link MulticlassHead}; {@link
 * NumberHead} for numbers.
 */
public abstract sealed class Head permits ClassHead, NumberHead {
  private final String name;
  private final Task task;
  private final Loss loss;

  Head(String name, Task task, Loss loss) {
    this.name = name;
    this.task = task;
    this.loss = loss;
  }

  /** The name by which it is chosen: {@code binary}. */
  public final String name() {
    return name;
  }

  /** What its targets are. */
  public final Task task() {
    return task;
  }

  /** What it is trained by. */
  public final Loss loss() {
    return loss;
  }

  /** The activation of the last layer. */
  public final Activation activation() {
    return loss.activation();
  }

  /** What it is judged by beside its loss. */
  public abstract Metric metric();

  /** The mean loss for people: {@code binary cross-entropy}. */
  public abstract String lossName();

  /** What the loss is the mean of, for people: {@code cross-entropy}. */
  public abstract String rowLossName();

  /** Whether a number may be trained on less its mean and by its deviation. */
  public abstract boolean standardizesTarget();

  /**
   * Checks that all targets are such as this head is trained by.
   *
   * @throws DataException if one is not
   */
  public void requireTargets(Dataset data) {
    // classes are told by the task, and most losses of numbers take any
  }

  /**
   * This head with another number in its loss.
   *
   * @throws IllegalArgumentException if it has none, or not this one
   */
  public final Head with(double parameter) {
    return by(loss.with(parameter));
  }

  /**
   * This head with a loss of the same kind and perhaps another number.
   *
   * @throws IllegalArgumentException if it is of another kind
   */
  Head by(Loss other) {
    if (!other.equals(loss)) {
      throw new IllegalArgumentException("head: " + name + " is not trained by " + other.name());
    }
    return this;
  }

  /**
   * Every metric by name, {@link #metric} first, leaving out those that the rows do not define.
   *
   * @param outputs as predicted, {@code [rows x outputs]}
   * @param targets {@code [rows]}
   */
  public abstract Map<String, Double> metrics(double[] outputs, double[] targets);

  /** The number of the class that the outputs from {@code at} on make most probable. */
  abstract int classOf(double[] outputs, int at, int count);

  /** What the columns of predictions are called, one an output but for a class's label before. */
  public abstract List<String> columns(Target target);

  /** What is predicted, for people: {@code benign, of two classes ...}. */
  public abstract String describe(Target target);

  /** What there is to say of the classes after the target's name, or nothing. */
  public abstract String among(Target target);

  /** What rows are that have this one target: {@code are of one class, yes}. */
  public abstract String whereAllAre(Target target, double y);

  /**
   * Checks that a target has the classes that this head needs.
   *
   * @throws IllegalArgumentException if it has more or less
   */
  abstract void requireClasses(int classes);

  final IllegalArgumentException wrongClasses(int classes) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "model: a %s target cannot have %d classes", name, classes));
  }

  /** As it is chosen: the name, and its loss's number where that has one, {@code huber:1.35}. */
  @Override
  public final String toString() {
    return Double.isNaN(loss.parameter()) ? name : name + ":" + loss.parameter();
  }
}
