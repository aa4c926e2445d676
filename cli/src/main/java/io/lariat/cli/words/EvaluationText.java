package io.lariat.cli.words;

import io.lariat.train.Evaluation;
import org.jspecify.annotations.Nullable;

/** An evaluation in words. */
public final class EvaluationText {

  private EvaluationText() {}

  /** Metrics by name, and of how many rows. */
  public static String of(@Nullable Evaluation evaluation) {
    if (evaluation == null) {
      return "none: no validation rows";
    }
    StringBuilder text = new StringBuilder();
    evaluation
        .metrics()
        .forEach(
            (name, value) ->
                text.append(name).append(' ').append(Figures.number(value)).append(", "));
    return text + Figures.count(evaluation.rows(), "row");
  }
}
