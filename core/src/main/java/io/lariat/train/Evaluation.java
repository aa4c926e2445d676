package io.lariat.train;

import io.lariat.backend.Loss;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Model;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model's metrics on rows with known targets, by name, those of its {@link
 * io.lariat.model.Head#metrics}: {@code accuracy} and {@code auc} (binary), {@code accuracy}
 * (multiclass), {@code mae}, {@code mse} and {@code r2} (regression, in the target's own units). A
 * metric that the rows do not define, such as the AUC of one class, is left out.
 *
 * @param rows the number of rows
 * @param metrics those of the model's head, in its order
 */
public record Evaluation(int rows, Map<String, Double> metrics) {

  /** The metrics over all of {@code data}. */
  public static Evaluation of(Model model, Dataset data) {
    return of(model, data, 0, data.rows());
  }

  /** The metrics over {@code count} rows of {@code data} from row {@code from} on. */
  public static Evaluation of(Model model, Dataset data, int from, int count) {
    double[] outputs = new double[count * model.outputs()];
    double[] targets = new double[count];
    data.copyTargets(from, count, targets);
    model.predict(data.inputs(), from, count, outputs);
    return new Evaluation(count, model.head().metrics(outputs, targets));
  }

  /**
   * The mean data loss over all of {@code data}, without penalties: of a number in the target's own
   * units.
   */
  public static double loss(Model model, Dataset data) {
    @Nullable Standardization units = model.targetStandardization();
    Loss loss = model.network().loss().inUnits(units == null ? 1 : units.deviation(0));
    int width = model.outputs();
    double[] logits = new double[data.rows() * width];
    model.logits(data.inputs(), 0, data.rows(), logits);
    double[] target = new double[1];
    double sum = 0;
    for (int i = 0; i < data.rows(); i++) {
      target[0] = data.target(i);
      sum += loss.value(Arrays.copyOfRange(logits, i * width, (i + 1) * width), target);
    }
    return sum / data.rows();
  }

  /** The metric that the model's head is judged by; NaN if the rows do not define it. */
  public double metric() {
    return metrics.values().iterator().next();
  }
}
