package io.lariat.compare;

import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.train.Evaluation;

/**
 * How a model does on some rows.
 *
 * @param loss the mean data loss: cross-entropy, with probabilities no nearer to 0 and 1 than 1e-7
 *     (as Keras clips them), or the squared error in the target's units
 * @param metric accuracy or mean absolute error
 */
record Scores(double loss, double metric) {
  private static final double LEAST = 1e-7;

  static Scores of(Model model, Dataset data) {
    double sum = 0;
    double[] row = new double[data.features()];
    for (int i = 0; i < data.rows(); i++) {
      data.copyFeatures(i, 1, row);
      sum += loss(model.predict(row), data.target(i), data.task());
    }
    String metric = data.task() == Task.REGRESSION ? "mae" : "accuracy";
    double value = Evaluation.of(model, data).metrics().getOrDefault(metric, Double.NaN);
    return new Scores(sum / data.rows(), value);
  }

  private static double loss(double[] outputs, double target, Task task) {
    return switch (task) {
      case REGRESSION -> (outputs[0] - target) * (outputs[0] - target);
      case BINARY -> -Math.log(clip(target > 0.5 ? outputs[0] : 1.0 - outputs[0]));
      case MULTICLASS -> -Math.log(clip(outputs[(int) target]));
    };
  }

  private static double clip(double probability) {
    return Math.clamp(probability, LEAST, 1 - LEAST);
  }
}
