package io.lariat.model;

import io.lariat.backend.Loss;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One output, a number; by least squares the mean of the target. */
public final class NumberHead extends Head {

  NumberHead() {
    super("regression", Task.REGRESSION, Loss.MEAN_SQUARED_ERROR);
  }

  @Override
  public Metric metric() {
    return Metric.MEAN_ABSOLUTE_ERROR;
  }

  @Override
  public String lossName() {
    return "mean squared error";
  }

  @Override
  public String rowLossName() {
    return "squared error";
  }

  @Override
  public boolean standardizesTarget() {
    return true;
  }

  /** {@code mae}, {@code mse}, {@code r2}, in the target's own units. */
  @Override
  public Map<String, Double> metrics(double[] outputs, double[] targets) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("mae", Metrics.meanAbsoluteError(outputs, targets));
    metrics.put("mse", Metrics.meanSquaredError(outputs, targets));
    Metrics.putIfDefined(metrics, "r2", Metrics.r2(outputs, targets));
    return metrics;
  }

  @Override
  int classOf(double[] outputs, int at, int count) {
    throw new IllegalStateException("model: a regression has no classes");
  }

  @Override
  public List<String> columns(Target target) {
    return List.of("prediction");
  }

  @Override
  public String describe(Target target) {
    return target.name() + " (a number)";
  }

  @Override
  public String among(Target target) {
    return "";
  }

  @Override
  public String whereAllAre(Target target, double y) {
    return "have the same target";
  }

  @Override
  void requireClasses(int classes) {
    if (classes != 0) {
      throw wrongClasses(classes);
    }
  }
}
