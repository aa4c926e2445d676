package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import java.util.ArrayList;
import java.util.List;

/** A dense network's loss in double, forward only, with parameters that a test may move. */
final class DoubleNetwork {
  private final Activation f;
  private final Loss loss;
  private final float[] x;
  private final float[] y;
  private final int rows;
  private final List<double[]> kernels = new ArrayList<>();
  private final List<double[]> biases = new ArrayList<>();
  private double nearestToZero = Double.POSITIVE_INFINITY;

  DoubleNetwork(Activation f, Loss loss, float[] x, float[] y, int rows) {
    this.f = f;
    this.loss = loss;
    this.x = x;
    this.y = y;
    this.rows = rows;
  }

  void add(float[] kernel, float[] bias) {
    kernels.add(widen(kernel));
    biases.add(widen(bias));
  }

  double[] kernel(int layer) {
    return kernels.get(layer);
  }

  double[] bias(int layer) {
    return biases.get(layer);
  }

  /** How near a unit or a prediction comes to a kink; infinity where there is none. */
  double nearestToZero() {
    nearestToZero = Double.POSITIVE_INFINITY;
    loss();
    return f.hasKink() || loss.hasKink() ? nearestToZero : Double.POSITIVE_INFINITY;
  }

  /** The batch's mean data loss. */
  double loss() {
    double total = 0;
    int inputs = x.length / rows;
    for (int i = 0; i < rows; i++) {
      double[] h = new double[inputs];
      for (int j = 0; j < inputs; j++) {
        h[j] = x[i * inputs + j];
      }
      for (int layer = 0; layer < kernels.size(); layer++) {
        h = affine(h, kernels.get(layer), biases.get(layer));
        if (layer < kernels.size() - 1) {
          activate(h);
        }
      }
      total += rowLoss(h, i);
    }
    return total / rows;
  }

  private static double[] affine(double[] h, double[] kernel, double[] bias) {
    double[] z = bias.clone();
    for (int k = 0; k < h.length; k++) {
      for (int j = 0; j < z.length; j++) {
        z[j] += h[k] * kernel[k * z.length + j];
      }
    }
    return z;
  }

  private void activate(double[] z) {
    double sum = 0;
    for (int j = 0; j < z.length; j++) {
      nearestToZero = Math.min(nearestToZero, Math.abs(z[j]));
      z[j] = f == Activation.SOFTMAX ? Math.exp(z[j]) : ExpectedActivations.value(f, z[j]);
      sum += z[j];
    }
    for (int j = 0; j < z.length && f == Activation.SOFTMAX; j++) {
      z[j] /= sum;
    }
  }

  private double rowLoss(double[] z, int row) {
    double sum = 0;
    if (loss instanceof CategoricalCrossEntropy) {
      for (double logit : z) {
        sum += Math.exp(logit);
      }
      return Math.log(sum) - z[(int) y[row]];
    }
    for (int j = 0; j < z.length; j++) {
      double target = y[row * z.length + j];
      double error = z[j] - target;
      sum +=
          switch (loss) {
            case BinaryCrossEntropy _ -> Math.log(1 + Math.exp(z[j])) - z[j] * target;
            case CategoricalCrossEntropy _ -> throw new AssertionError();
            case MeanSquaredError _ -> error * error;
            case Huber huber -> {
              double inside = Math.min(Math.abs(error), huber.delta());
              yield inside * (Math.abs(error) - inside / 2);
            }
            case Poisson _ -> Math.exp(z[j]) - target * z[j];
            case Quantile quantile -> {
              nearestToZero = Math.min(nearestToZero, Math.abs(error));
              yield error > 0 ? (1 - quantile.level()) * error : -quantile.level() * error;
            }
          };
    }
    return sum / z.length;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}
