package io.lariat.train;

import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Model;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's metrics on rows with known targets, by name: {@code accuracy} and {@code auc} (binary),
 * {@code accuracy} (multiclass), {@code mae}, {@code mse} and {@code r2} (regression, in the
 * target's own units). A metric that the rows do not define, such as the AUC of one class, is left
 * out.
 *
 * @param rows the number of rows
 * @param metrics the metrics in the order named above
 */
public record Evaluation(int rows, Map<String, Double> metrics) {

  /** Rows predicted at a time. */
  private static final int BLOCK = 1024;

  /** The metrics over all of {@code data}. */
  public static Evaluation of(Model model, Dataset data) {
    return of(model, data, 0, data.rows());
  }

  /** The metrics over {@code count} rows of {@code data} from row {@code from} on. */
  public static Evaluation of(Model model, Dataset data, int from, int count) {
    double[] outputs = predict(model, data, from, count);
    double[] targets = new double[count];
    data.copyTargets(from, count, targets);
    Map<String, Double> metrics = new LinkedHashMap<>();
    if (data.task() == Task.REGRESSION) {
      metrics.put("mae", Metrics.meanAbsoluteError(outputs, targets));
      metrics.put("mse", Metrics.meanSquaredError(outputs, targets));
      put(metrics, "r2", Metrics.r2(outputs, targets));
    } else if (data.task() == Task.BINARY) {
      metrics.put("accuracy", Metrics.binaryAccuracy(outputs, targets));
      put(metrics, "auc", Metrics.auc(outputs, targets));
    } else {
      metrics.put("accuracy", Metrics.categoricalAccuracy(outputs, targets));
    }
    return new Evaluation(count, metrics);
  }

  private static void put(Map<String, Double> metrics, String name, double value) {
    if (!Double.isNaN(value)) {
      metrics.put(name, value);
    }
  }

  private static double[] predict(Model model, Dataset data, int from, int count) {
    int outputs = model.outputs();
    double[] all = new double[count * outputs];
    @Nullable SparseRows sparse = data.sparseRows();
    if (sparse != null) {
      model.predict(sparse, from, count, all);
      return all;
    }
    for (int i = 0; i < count; i += BLOCK) {
      int n = Math.min(BLOCK, count - i);
      double[] rows = new double[n * data.features()];
      double[] out = new double[n * outputs];
      data.copyFeatures(from + i, n, rows);
      model.predict(rows, n, out);
      System.arraycopy(out, 0, all, i * outputs, out.length);
    }
    return all;
  }
}
