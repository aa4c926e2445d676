package io.lariat.path;

import io.lariat.model.Network;
import io.lariat.numeric.Vectors;
import io.lariat.train.Cancellation;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Minimises {@code mean loss + sum_jk (lambda f_j |w_jk| + l2 f_j w_jk^2)} over the weights of a
 * linear model and its unpenalised intercepts, from where the last lambda ended.
 *
 * <p>{@linkplain ProximalNewton Proximal Newton}, an output at a time (Friedman, Hastie and
 * Tibshirani 2010) or, where that is slow, all together, on a working set: the weights that are not
 * zero and those that the sequential strong rule keeps (Tibshirani et al. 2012). All others are
 * checked against the KKT conditions in every iteration, so the rule can cost time but no accuracy.
 */
final class LinearSolver {
  private static final int MOST_ITERATIONS = 1000;

  /** More coefficients than this are not moved together: their curvature is a square matrix. */
  private static final int MOST_TOGETHER = 2000;

  /** A residual that falls by less than this in an iteration falls slowly. */
  private static final double SLOWLY = 0.1;

  /** The KKT residual aimed at, as a share of lambda. */
  private static final double TOLERANCE = 1e-10;

  /** What rounding leaves of a gradient. */
  private static final double LEAST_TOLERANCE = 1e-14;

  private final double[][] x;
  private final LinearLoss loss;
  private final double[] factor;
  private final double l2;
  private final Cancellation cancellation;
  private final double[][] w;
  private final double[] intercept;
  private final double[][] z;
  private final double[][] gradient;
  private final double[] interceptGradient;
  private final boolean[][] working;
  private final ProximalNewton newton;
  private double lastLambda = Double.POSITIVE_INFINITY;

  LinearSolver(
      DesignMatrix data,
      LinearLoss loss,
      int outputs,
      double[] factor,
      double l2,
      Cancellation cancellation) {
    x = data.x();
    this.loss = loss;
    this.factor = factor;
    this.l2 = l2;
    this.cancellation = cancellation;
    w = new double[outputs][x.length];
    intercept = new double[outputs];
    z = new double[outputs][data.rows()];
    gradient = new double[outputs][x.length];
    interceptGradient = new double[outputs];
    working = new boolean[outputs][x.length];
    newton = new ProximalNewton(data, loss, factor, l2, intercept, w, z);
  }

  /** The least lambda for which every penalised weight is zero; leaves the solver there. */
  double lambdaMax() {
    double[] constant = loss.constantScores();
    for (int k = 0; k < w.length; k++) {
      intercept[k] = constant[k];
      Arrays.fill(z[k], constant[k]);
    }
    iterate(Double.POSITIVE_INFINITY);
    double largest = 0;
    for (double[] g : gradient) {
      for (int j = 0; j < x.length; j++) {
        if (factor[j] > 0) {
          largest = Math.max(largest, Math.abs(g[j]) / factor[j]);
        }
      }
    }
    lastLambda = largest;
    return largest;
  }

  /** The solution at {@code lambda}, which is the penalty of {@code network}. */
  LinearSolution solve(Network network, double lambda) {
    computeGradients();
    for (int k = 0; k < w.length; k++) {
      for (int j = 0; j < x.length; j++) {
        boolean strong = Math.abs(gradient[k][j]) >= factor[j] * (2 * lambda - lastLambda);
        working[k][j] = w[k][j] != 0 || (lastLambda < Double.POSITIVE_INFINITY && strong);
      }
    }
    double kkt = iterate(lambda);
    lastLambda = lambda;
    double[][] coefficients = new double[w.length][];
    Arrays.setAll(coefficients, k -> w[k].clone());
    return new LinearSolution(
        network, lambda, intercept.clone(), coefficients, loss.value(z), loss.metric(z), kkt);
  }

  private double iterate(double lambda) {
    double scale = lambda == Double.POSITIVE_INFINITY ? 1 : lambda;
    double tolerance = Math.max(TOLERANCE * scale, LEAST_TOLERANCE);
    double kkt = Double.POSITIVE_INFINITY;
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      if (cancellation.isCancelled()) {
        throw new CancellationException("the path was cancelled");
      }
      computeGradients();
      double last = kkt;
      kkt = residual(lambda, tolerance);
      if (kkt <= tolerance) {
        break;
      }
      if (!step(lambda, 0.1 * tolerance, kkt > SLOWLY * last)) {
        break; // rounding is all that is left
      }
    }
    return kkt;
  }

  /**
   * Moves each output on its own, which is cheap, or {@code together}; whether anything moved.
   * Outputs of classes depend on each other, more so the smaller lambda is.
   */
  private boolean step(double lambda, double tolerance, boolean together) {
    if (together && coefficients() <= MOST_TOGETHER) {
      return newton.step(0, w.length, working, lambda, tolerance);
    }
    boolean moved = false;
    for (int k = 0; k < w.length; k++) {
      moved |= newton.step(k, k + 1, working, lambda, tolerance);
    }
    return moved;
  }

  /** How many coefficients may move. */
  private int coefficients() {
    int count = w.length;
    for (boolean[] output : working) {
      for (boolean works : output) {
        count += works ? 1 : 0;
      }
    }
    return count;
  }

  private void computeGradients() {
    double[][] predictions = loss.predictions(z);
    double[] rowGradient = new double[z[0].length];
    for (int k = 0; k < w.length; k++) {
      loss.gradient(predictions, k, rowGradient);
      interceptGradient[k] = Vectors.sum(rowGradient);
      for (int j = 0; j < x.length; j++) {
        gradient[k][j] = Vectors.roundedDot(x[j], rowGradient) + 2 * l2 * factor[j] * w[k][j];
      }
    }
  }

  /** The largest violation of the KKT conditions; takes violators into the working set. */
  private double residual(double lambda, double tolerance) {
    double largest = 0;
    for (int k = 0; k < w.length; k++) {
      largest = Math.max(largest, Math.abs(interceptGradient[k]));
      for (int j = 0; j < x.length; j++) {
        double threshold = factor[j] == 0 ? 0 : lambda * factor[j];
        double g = gradient[k][j];
        double violation =
            w[k][j] == 0
                ? Math.max(Math.abs(g) - threshold, 0)
                : Math.abs(g + threshold * Math.signum(w[k][j]));
        working[k][j] |= violation > tolerance;
        largest = Math.max(largest, violation);
      }
    }
    return largest;
  }
}
