package io.lariat.numeric;

import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.ElementLoss;
import io.lariat.backend.Loss;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Loss} over rows whose logits lie in an array for each output, {@code z [outputs][rows]},
 * as {@link BlockProducts} leaves them. For one thread at a time.
 */
public final class RowLosses {
  private final Loss loss;
  private final double[] row;

  /** Of a network with so many outputs; an {@link ElementLoss} has one. */
  public RowLosses(Loss loss, int outputs) {
    this.loss = loss;
    row = new double[outputs];
  }

  /** The loss of row {@code i}. */
  public double value(double[][] z, int i, double y) {
    return switch (loss) {
      case ElementLoss element -> element.value(z[0][i], y);
      case CategoricalCrossEntropy categorical -> categorical.value(row(z, i), y);
    };
  }

  /** The sizes of what the loss of row {@code i}, which is {@code value}, is the sum of. */
  public double size(double value, double[][] z, int i, double y) {
    return loss instanceof ElementLoss element ? element.size(value, z[0][i], y) : value;
  }

  /** The metric of row {@code i}. */
  public double metric(double[][] z, int i, double y) {
    return switch (loss) {
      case ElementLoss element -> element.metric(z[0][i], y);
      case CategoricalCrossEntropy categorical -> categorical.metric(row(z, i), y);
    };
  }

  /**
   * The derivative of the loss of row {@code i} by its logit {@code k}.
   *
   * @param p the predictions of all rows, {@code [outputs][rows]}
   */
  public double slope(double[][] p, int i, int k, double y) {
    return switch (loss) {
      case ElementLoss element -> element.slope(p[k][i], y);
      case CategoricalCrossEntropy categorical -> categorical.slope(k, p[k][i], y);
    };
  }

  /** Its second derivative by its logits {@code k} and {@code l}. */
  public double curvature(double[][] p, int i, int k, int l, double y) {
    return switch (loss) {
      case ElementLoss element -> element.curvature(p[k][i], y);
      case CategoricalCrossEntropy categorical -> categorical.curvature(k, p[k][i], l, p[l][i]);
    };
  }

  /**
   * The sum of the losses of the first {@code rows} rows; the logits become the gradient of {@code
   * scale} times that sum.
   *
   * @param y the targets; those of the rows begin at {@code from}
   * @param each where each row's loss is left, from {@code from} on; null: nowhere
   */
  public double sumAndGradient(
      double[][] z, double[] y, int from, int rows, double scale, double @Nullable [] each) {
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      double target = y[from + i];
      double value = value(z, i, target);
      if (loss instanceof ElementLoss element) {
        z[0][i] = element.slope(element.activation().value(z[0][i]), target) * scale;
      } else if (loss instanceof CategoricalCrossEntropy categorical) {
        categorical.gradient(row, target, scale); // which value() has filled
        for (int k = 0; k < row.length; k++) {
          z[k][i] = row[k];
        }
      }
      sum += value;
      if (each != null) {
        each[from + i] = value;
      }
    }
    return sum;
  }

  /** The predictions {@code [outputs][rows]} of all rows. */
  public double[][] predictions(double[][] z) {
    double[][] predictions = new double[z.length][z[0].length];
    for (int i = 0; i < z[0].length; i++) {
      loss.activation().apply(row(z, i), row.length);
      for (int k = 0; k < row.length; k++) {
        predictions[k][i] = row[k];
      }
    }
    return predictions;
  }

  private double[] row(double[][] z, int i) {
    for (int k = 0; k < row.length; k++) {
      row[k] = z[k][i];
    }
    return row;
  }
}
