package io.lariat.compare;

import io.lariat.data.Dataset;
import io.lariat.model.Model;
import io.lariat.train.Evaluation;

/**
 * How a model does on some rows.
 *
 * @param loss the mean data loss, in the target's own units
 * @param metric that of the model's head
 */
record Scores(double loss, double metric) {

  static Scores of(Model model, Dataset data) {
    return new Scores(Evaluation.loss(model, data), Evaluation.of(model, data).metric());
  }
}
