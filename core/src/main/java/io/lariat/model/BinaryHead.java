package io.lariat.model;

import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One output, the probability of the second of two classes. */
public final class BinaryHead extends ClassHead {

  BinaryHead() {
    super("binary", Task.BINARY, new BinaryCrossEntropy());
  }

  @Override
  public String lossName() {
    return "binary cross-entropy";
  }

  /** {@code accuracy}, {@code auc}. */
  @Override
  public Map<String, Double> metrics(double[] outputs, double[] targets) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(metric().name(), Metrics.binaryAccuracy(outputs, targets));
    Metrics.putIfDefined(metrics, "auc", Metrics.auc(outputs, targets));
    return metrics;
  }

  @Override
  int classOf(double[] outputs, int at, int count) {
    return outputs[at] > 0.5 ? 1 : 0;
  }

  @Override
  public List<String> columns(Target target) {
    return List.of("prediction", "probability");
  }

  @Override
  public String describe(Target target) {
    return String.format(
        Locale.ROOT,
        "%s (two classes; the output is the probability of %s)",
        target.name(),
        target.classes().get(1));
  }

  @Override
  public String among(Target target) {
    return ", positive class " + target.classes().get(1);
  }

  @Override
  void requireClasses(int classes) {
    if (classes != 2) {
      throw wrongClasses(classes);
    }
  }
}
