package io.lariat.select;

import io.lariat.backend.Activation;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.numeric.BlockProducts;
import io.lariat.numeric.RowLosses;
import io.lariat.numeric.RowsInDouble;
import io.lariat.numeric.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a network over all rows, in double: one hidden layer of ReLU units whose outgoing
 * weights are normalised, so that scale cannot escape from the penalty on the first kernel; or no
 * hidden layer. {@code output_k = c_k + sum_u relu(b_u + sum_j w_ju x_j) a_uk / ||a_k||}.
 *
 * <p>The loss of a regression is the root of the mean squared error, whose gradient does not depend
 * on the noise's level, else the mean cross-entropy. Parameters: {@code [w (inputs x units) | a
 * (units x outputs) | b | c]}; without a hidden layer {@code [w (inputs x outputs) | c]}.
 */
final class GroupNetwork {
  /** The activation of the hidden layer; the derivative is that of its output. */
  static final Activation ACTIVATION = Activation.RELU;

  private static final int BLOCK = RowsInDouble.BLOCK;

  /** Keeps the root's gradient finite where all rows are fitted. */
  private static final double LEAST_MEAN_SQUARE = 1e-12;

  final int inputs;
  final int units;
  final int outputs;
  final int rows;
  private final RowLosses losses;

  /** Whether the loss is the root of the mean of the rows' losses, which are squared errors. */
  private final boolean isRoot;

  private final double[][][] x;
  private final double[] y;
  private final double[][] hidden;
  private final double[][] hiddenDelta;
  private final double[][] out;
  private final double[] normalized;

  /**
   * A network on {@code columns}, with memory of its own for one thread.
   *
   * @param columns {@code [inputs][rows]}
   * @param units hidden units; 0: none
   */
  GroupNetwork(Loss loss, double[][] columns, double[] y, int units, int outputs) {
    losses = new RowLosses(loss, outputs);
    isRoot = loss instanceof MeanSquaredError;
    this.inputs = columns.length;
    this.units = units;
    this.outputs = outputs;
    this.rows = y.length;
    this.y = y;
    x = new double[(rows + BLOCK - 1) / BLOCK][inputs][];
    for (int b = 0; b < x.length; b++) {
      int from = b * BLOCK;
      for (int j = 0; j < inputs; j++) {
        x[b][j] = Arrays.copyOfRange(columns[j], from, Math.min(rows, from + BLOCK));
      }
    }
    hidden = new double[units][BLOCK];
    hiddenDelta = new double[units][BLOCK];
    out = new double[outputs][BLOCK];
    normalized = new double[size()];
  }

  /** Weights of the first kernel from an input. */
  int fan() {
    return units == 0 ? outputs : units;
  }

  /** Where the outgoing weights of the hidden units are. */
  int head() {
    return inputs * fan();
  }

  /** Where the biases of the hidden units are. */
  int bias() {
    return head() + units * outputs;
  }

  /** Where the biases of the outputs are. */
  int outputBias() {
    return bias() + units;
  }

  /** How many parameters there are. */
  int size() {
    return outputBias() + outputs;
  }

  private int blockRows(int b) {
    return Math.min(BLOCK, rows - b * BLOCK);
  }

  /** Copies the parameters, the outgoing weights normalised. */
  void normalize(double[] w, double[] to) {
    System.arraycopy(w, 0, to, 0, size());
    for (int k = 0; k < outputs && units > 0; k++) {
      double norm = norm(w, k);
      for (int u = 0; u < units; u++) {
        to[head() + u * outputs + k] /= norm;
      }
    }
  }

  private double norm(double[] w, int k) {
    double sum = 1e-300;
    for (int u = 0; u < units; u++) {
      double a = w[head() + u * outputs + k];
      sum += a * a;
    }
    return Math.sqrt(sum);
  }

  /** The loss. */
  double loss(double[] w) {
    return evaluate(w, null, null);
  }

  /** The loss of each row: its squared error, or its cross-entropy. */
  void rowLosses(double[] w, double[] each) {
    evaluate(w, null, each);
  }

  /**
   * What is left to explain, {@code [output][row]}: of a regression the target less the output,
   * else the labels, 0 or 1, less the probabilities.
   */
  double[][] residuals(double[] w) {
    double[][] residuals = new double[outputs][rows];
    normalize(w, normalized);
    for (int b = 0; b < x.length; b++) {
      int count = blockRows(b);
      forward(b, count);
      losses(b, count, null);
      for (int k = 0; k < outputs; k++) {
        for (int r = 0; r < count; r++) {
          residuals[k][b * BLOCK + r] = -out[k][r];
        }
      }
    }
    return residuals;
  }

  /** The loss and its gradient, which is overwritten. */
  double lossAndGradient(double[] w, double[] gradient) {
    return evaluate(w, gradient, null);
  }

  private double evaluate(double[] w, double @Nullable [] gradient, double @Nullable [] each) {
    normalize(w, normalized);
    if (gradient != null) {
      Arrays.fill(gradient, 0);
    }
    double sum = 0;
    for (int b = 0; b < x.length; b++) {
      int count = blockRows(b);
      forward(b, count);
      sum += losses(b, count, each);
      if (gradient != null) {
        backward(b, count, gradient);
      }
    }
    double scale = 1.0 / rows;
    double loss = sum / rows;
    if (isRoot) {
      loss = Math.sqrt(loss + LEAST_MEAN_SQUARE);
      scale /= loss;
    }
    if (gradient != null) {
      finish(w, gradient, scale);
    }
    return loss;
  }

  private void forward(int b, int count) {
    if (units == 0) {
      BlockProducts.forward(x[b], normalized, 0, outputBias(), out, count);
      return;
    }
    BlockProducts.forward(x[b], normalized, 0, bias(), hidden, count);
    for (double[] h : hidden) {
      ACTIVATION.apply(h, count);
    }
    BlockProducts.forward(hidden, normalized, head(), outputBias(), out, count);
  }

  /** The sum of the block's losses; the outputs become its gradient, or half that of squares. */
  private double losses(int b, int count, double @Nullable [] each) {
    return losses.sumAndGradient(out, y, b * BLOCK, count, isRoot ? 0.5 : 1, each);
  }

  private void backward(int b, int count, double[] gradient) {
    for (int k = 0; k < outputs; k++) {
      gradient[outputBias() + k] += Vectors.sum(out[k], count);
    }
    if (units == 0) {
      BlockProducts.addGradient(x[b], out, gradient, 0, count);
      return;
    }
    BlockProducts.addGradient(hidden, out, gradient, head(), count);
    BlockProducts.backward(out, normalized, head(), hiddenDelta, count);
    for (int u = 0; u < units; u++) {
      double[] d = hiddenDelta[u];
      ACTIVATION.multiplyBySlope(hidden[u], d, count);
      gradient[bias() + u] += Vectors.sum(d, count);
    }
    BlockProducts.addGradient(x[b], hiddenDelta, gradient, 0, count);
  }

  /** Scales the gradient and takes it through the normalisation. */
  private void finish(double[] w, double[] gradient, double scale) {
    Vectors.scale(scale, gradient);
    for (int k = 0; k < outputs && units > 0; k++) {
      double along = 0;
      for (int u = 0; u < units; u++) {
        int at = head() + u * outputs + k;
        along += gradient[at] * normalized[at];
      }
      double norm = norm(w, k);
      for (int u = 0; u < units; u++) {
        int at = head() + u * outputs + k;
        gradient[at] = (gradient[at] - along * normalized[at]) / norm;
      }
    }
  }
}
