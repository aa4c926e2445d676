package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Quantile;
import io.lariat.data.Task;
import io.lariat.internal.text.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Every {@link Head}, to be found by what is known of it. */
public final class Heads {
  private static final List<Head> ALL =
      List.of(
          new BinaryHead(),
          new MulticlassHead(),
          new NumberHead(
              "regression",
              new MeanSquaredError(),
              Metric.MEAN_ABSOLUTE_ERROR,
              "mean squared error",
              "squared error"),
          new NumberHead(
              "huber", new Huber(1), Metric.MEAN_ABSOLUTE_ERROR, "Huber loss", "Huber loss"),
          new PoissonHead(),
          new NumberHead(
              "quantile",
              new Quantile(0.5),
              new Metric("pinball", "pinball loss", false, false),
              "pinball loss",
              "pinball loss"));

  private Heads() {}

  /** Every head, the usual one of a task, or of an activation, before others of it. */
  public static List<Head> all() {
    return ALL;
  }

  /** The usual head for a task. */
  public static Head of(Task task) {
    return first(head -> head.task() == task);
  }

  /** The usual head for networks that end in {@code activation}. */
  static Optional<Head> of(Activation activation) {
    return ALL.stream().filter(head -> head.activation() == activation).findFirst();
  }

  /** The usual head of each activation that networks may end in. */
  static Stream<Head> usual() {
    return ALL.stream().filter(head -> of(head.activation()).filter(head::equals).isPresent());
  }

  /** The head that is trained by {@code loss}. */
  public static Head of(Loss loss) {
    return first(head -> head.loss().getClass() == loss.getClass()).by(loss);
  }

  /**
   * The loss of this name.
   *
   * @param parameter its number; NaN: its usual one, if it has one
   * @throws IllegalArgumentException if there is none, or not with this number
   */
  static Loss loss(String name, double parameter) {
    Loss usual =
        ALL.stream()
            .map(Head::loss)
            .filter(loss -> loss.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "loss: " + Excerpt.of(name) + " is unknown to this Lariat"));
    return Double.isNaN(parameter) ? usual : usual.with(parameter);
  }

  private static Head first(Predicate<Head> condition) {
    return ALL.stream().filter(condition).findFirst().orElseThrow();
  }
}
