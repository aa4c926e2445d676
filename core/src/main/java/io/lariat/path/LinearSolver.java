package io.lariat.path;

import io.lariat.model.Network;
import io.lariat.train.Cancellation;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Minimises {@code mean loss + sum_jk (lambda f_j |w_jk| + l2 f_j w_jk^2)} over the weights of a
 * linear model and its unpenalised intercepts, from where the last lambda ended.
 *
 * <p>Proximal Newton, an output at a time (Friedman, Hastie and Tibshirani 2010), with
 * backtracking, on a working set: the weights that are not zero and those that the sequential
 * strong rule keeps (Tibshirani et al. 2012). All others are checked against the KKT conditions in
 * every iteration, so the rule can cost time but no accuracy.
 */
final class LinearSolver {
  private static final int MOST_ITERATIONS = 1000;
  private static final int MOST_HALVINGS = 40;

  /** The KKT residual aimed at, as a share of lambda. */
  private static final double TOLERANCE = 1e-10;

  /** What rounding leaves of a gradient. */
  private static final double LEAST_TOLERANCE = 1e-14;

  private final double[][] x;
  private final LinearLoss loss;
  private final double[] factor;
  private final double l2;
  private final Cancellation cancellation;
  private final int rows;
  private final double[][] w;
  private final double[] intercept;
  private final double[][] z;
  private final double[] rowGradient;
  private final double[] rowCurvature;
  private final double[][] gradient;
  private final double[] interceptGradient;
  private final boolean[][] working;
  private double lastLambda = Double.POSITIVE_INFINITY;

  LinearSolver(
      DesignMatrix data,
      LinearLoss loss,
      int outputs,
      double[] factor,
      double l2,
      Cancellation cancellation) {
    x = data.x;
    rows = data.rows();
    this.loss = loss;
    this.factor = factor;
    this.l2 = l2;
    this.cancellation = cancellation;
    w = new double[outputs][x.length];
    intercept = new double[outputs];
    z = new double[outputs][rows];
    rowGradient = new double[rows];
    rowCurvature = new double[rows];
    gradient = new double[outputs][x.length];
    interceptGradient = new double[outputs];
    working = new boolean[outputs][x.length];
  }

  /** The least lambda for which every penalised weight is zero; leaves the solver there. */
  double lambdaMax() {
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
      kkt = residual(lambda, tolerance);
      if (kkt <= tolerance) {
        break;
      }
      boolean moved = false;
      for (int k = 0; k < w.length; k++) {
        moved |= newtonStep(k, lambda, tolerance);
      }
      if (!moved) {
        break; // rounding is all that is left
      }
    }
    return kkt;
  }

  private void computeGradients() {
    for (int k = 0; k < w.length; k++) {
      loss.derivatives(z, k, rowGradient, rowCurvature);
      interceptGradient[k] = sum(rowGradient);
      for (int j = 0; j < x.length; j++) {
        gradient[k][j] = dot(x[j], rowGradient) + 2 * l2 * factor[j] * w[k][j];
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

  /** One step for output {@code k}; whether it moved. */
  private boolean newtonStep(int k, double lambda, double tolerance) {
    int[] set = workingSet(k);
    int m = set.length + 1; // the intercept comes first
    double[][] columns = new double[m][];
    columns[0] = ones();
    double[] from = new double[m];
    double[] l1s = new double[m];
    double[] l2s = new double[m];
    from[0] = intercept[k];
    for (int a = 1; a < m; a++) {
      int j = set[a - 1];
      columns[a] = x[j];
      from[a] = w[k][j];
      l1s[a] = factor[j] == 0 ? 0 : lambda * factor[j];
      l2s[a] = l2 * factor[j];
    }
    loss.derivatives(z, k, rowGradient, rowCurvature);
    double[] g = new double[m];
    double[][] q = new double[m][m];
    double[] weighted = new double[rows];
    for (int a = 0; a < m; a++) {
      g[a] = dot(columns[a], rowGradient);
      for (int i = 0; i < rows; i++) {
        weighted[i] = rowCurvature[i] * columns[a][i];
      }
      for (int b = 0; b <= a; b++) {
        q[a][b] = dot(weighted, columns[b]);
        q[b][a] = q[a][b];
      }
    }
    double[] to = from.clone();
    double[] slope = g.clone();
    new QuadraticLasso(q, g, to, l1s, l2s).solve(0.1 * tolerance);
    double[] direction = new double[rows];
    double decrease = penalty(to, l1s, l2s) - penalty(from, l1s, l2s);
    for (int a = 0; a < m; a++) {
      QuadraticLasso.add(to[a] - from[a], columns[a], direction);
      decrease += slope[a] * (to[a] - from[a]);
    }
    double share = backtrack(k, from, to, l1s, l2s, direction, decrease);
    if (share == 0) {
      return false;
    }
    intercept[k] = between(from[0], to[0], share);
    for (int a = 1; a < m; a++) {
      w[k][set[a - 1]] = between(from[a], to[a], share);
    }
    return !Arrays.equals(from, to);
  }

  private double[] ones() {
    double[] ones = new double[rows];
    Arrays.fill(ones, 1);
    return ones;
  }

  private int[] workingSet(int k) {
    int[] set = new int[x.length];
    int size = 0;
    for (int j = 0; j < x.length; j++) {
      if (working[k][j]) {
        set[size++] = j;
      }
    }
    return Arrays.copyOf(set, size);
  }

  /** The whole step keeps the zeros of {@code to}. */
  private static double between(double from, double to, double share) {
    return share == 1 ? to : from + share * (to - from);
  }

  /** Moves the scores by the largest share of the step that lowers the objective enough. */
  private double backtrack(
      int k,
      double[] from,
      double[] to,
      double[] l1s,
      double[] l2s,
      double[] direction,
      double decrease) {
    double[] before = z[k].clone();
    double start = loss.value(z) + penalty(from, l1s, l2s);
    double rounding = 8 * Math.ulp(Math.max(1, Math.abs(start)));
    double share = 1;
    for (int halving = 0; halving < MOST_HALVINGS; halving++, share /= 2) {
      for (int i = 0; i < rows; i++) {
        z[k][i] = before[i] + share * direction[i];
      }
      double[] at = new double[from.length];
      for (int a = 0; a < at.length; a++) {
        at[a] = between(from[a], to[a], share);
      }
      double objective = loss.value(z) + penalty(at, l1s, l2s);
      if (objective <= start + 1e-4 * share * Math.min(decrease, 0) + rounding) {
        return share;
      }
    }
    z[k] = before;
    return 0;
  }

  private static double penalty(double[] v, double[] l1s, double[] l2s) {
    double sum = 0;
    for (int a = 0; a < v.length; a++) {
      sum += v[a] == 0 ? 0 : l1s[a] * Math.abs(v[a]) + l2s[a] * v[a] * v[a];
    }
    return sum;
  }

  private static double sum(double[] a) {
    double sum = 0;
    for (double v : a) {
      sum += v;
    }
    return sum;
  }

  /** In four sums, so that one addition does not wait for the one before. */
  private static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < a.length - 3; i += 4) {
      s0 += a[i] * b[i];
      s1 += a[i + 1] * b[i + 1];
      s2 += a[i + 2] * b[i + 2];
      s3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      s0 += a[i] * b[i];
    }
    return s0 + s1 + (s2 + s3);
  }
}
