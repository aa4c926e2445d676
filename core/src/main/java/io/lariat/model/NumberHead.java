package io.lariat.model;

import io.lariat.backend.ElementLoss;
import io.lariat.backend.Loss;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One output, a number; by least squares the mean of the target. */
public non-sealed class NumberHead extends Head {
  private final Metric metric;
  private final String lossName;
  private final String rowLossName;

  NumberHead(String name, Loss loss, Metric metric, String lossName, String rowLossName) {
    super(name, Task.REGRESSION, loss);
    this.metric = metric;
    this.lossName = lossName;
    this.rowLossName = rowLossName;
  }

  @Override
  NumberHead by(Loss other) {
    return other.equals(loss())
        ? this
        : new NumberHead(name(), other, metric, lossName, rowLossName);
  }

  @Override
  public final Metric metric() {
    return metric;
  }

  @Override
  public final String lossName() {
    return lossName;
  }

  @Override
  public final String rowLossName() {
    return rowLossName;
  }

  @Override
  public boolean standardizesTarget() {
    return true;
  }

  /** The mean metric, with targets in their own units. */
  double metric(double[] outputs, double[] targets) {
    ElementLoss loss = (ElementLoss) loss();
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += loss.metric(outputs[i], targets[i]);
    }
    return sum / targets.length;
  }

  /** {@link #metric()}, {@code mae}, {@code mse}, {@code r2}, in the target's own units. */
  @Override
  public Map<String, Double> metrics(double[] outputs, double[] targets) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(metric.name(), metric(outputs, targets));
    metrics.putIfAbsent("mae", Metrics.meanAbsoluteError(outputs, targets));
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
