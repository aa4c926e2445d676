package io.lariat.numeric;

/**
 * Minimises a function by L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with a backtracking line
 * search, from where it is started.
 */
public final class Lbfgs {
  private static final int MEMORY = 12;
  private static final int MOST_HALVINGS = 25;
  private static final double SUFFICIENT = 1e-4;

  /** What is minimised. */
  @FunctionalInterface
  public interface Function {
    /** The value at {@code w}; its gradient is written. */
    double valueAndGradient(double[] w, double[] gradient);
  }

  private final Function function;
  private final double[][] steps = new double[MEMORY][];
  private final double[][] changes = new double[MEMORY][];
  private final double[] curvature = new double[MEMORY];
  private int evaluations;

  /** For a function of any number of variables. */
  public Lbfgs(Function function) {
    this.function = function;
  }

  /** How often the function was evaluated. */
  public int evaluations() {
    return evaluations;
  }

  /**
   * Changes {@code w} until an iteration lowers the value by less than {@code tolerance} times it,
   * or {@code most} evaluations are used up.
   *
   * @return the value
   */
  public double minimize(double[] w, int most, double tolerance) {
    int n = w.length;
    double[] g = new double[n];
    double[] next = new double[n];
    double[] nextG = new double[n];
    double[] direction = new double[n];
    double value = function.valueAndGradient(w, g);
    evaluations = 1;
    int stored = 0;
    while (evaluations < most) {
      direction(g, direction, stored);
      double slope = Vectors.dot(g, direction);
      if (!(slope < 0)) {
        if (stored == 0) {
          return value;
        }
        stored = 0;
        continue;
      }
      double share = stored == 0 ? Math.min(1, 0.1 / Math.sqrt(Vectors.dot(g, g))) : 1;
      double found = Double.POSITIVE_INFINITY;
      int halving = 0;
      for (; halving < MOST_HALVINGS; halving++) {
        for (int i = 0; i < n; i++) {
          next[i] = w[i] + share * direction[i];
        }
        found = function.valueAndGradient(next, nextG);
        evaluations++;
        if (found <= value + SUFFICIENT * share * slope) {
          break;
        }
        double parabola = -slope * share * share / (2 * (found - value - slope * share));
        share = Math.max(0.1 * share, Math.min(0.5 * share, parabola));
      }
      if (halving == MOST_HALVINGS) {
        if (stored == 0) {
          return value;
        }
        stored = 0;
        continue;
      }
      stored = remember(w, g, next, nextG, stored);
      double decrease = value - found;
      value = found;
      System.arraycopy(next, 0, w, 0, n);
      System.arraycopy(nextG, 0, g, 0, n);
      if (decrease <= tolerance * Math.abs(value)) {
        return value;
      }
    }
    return value;
  }

  private int remember(double[] w, double[] g, double[] next, double[] nextG, int stored) {
    int n = w.length;
    double[] s = new double[n];
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      s[i] = next[i] - w[i];
      d[i] = nextG[i] - g[i];
    }
    double sd = Vectors.dot(s, d);
    if (!(sd > 1e-10 * Math.sqrt(Vectors.dot(s, s) * Vectors.dot(d, d)))) {
      return stored;
    }
    int at = stored;
    if (stored == MEMORY) {
      at = MEMORY - 1;
      System.arraycopy(steps, 1, steps, 0, at);
      System.arraycopy(changes, 1, changes, 0, at);
      System.arraycopy(curvature, 1, curvature, 0, at);
    }
    steps[at] = s;
    changes[at] = d;
    curvature[at] = sd;
    return at + 1;
  }

  private void direction(double[] g, double[] to, int stored) {
    System.arraycopy(g, 0, to, 0, g.length);
    double[] alpha = new double[stored];
    for (int i = stored - 1; i >= 0; i--) {
      alpha[i] = Vectors.dot(steps[i], to) / curvature[i];
      Vectors.addScaled(-alpha[i], changes[i], to);
    }
    if (stored > 0) {
      double[] last = changes[stored - 1];
      double scale = curvature[stored - 1] / Vectors.dot(last, last);
      Vectors.scale(scale, to);
    }
    for (int i = 0; i < stored; i++) {
      Vectors.addScaled(alpha[i] - Vectors.dot(changes[i], to) / curvature[i], steps[i], to);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = -to[i];
    }
  }
}
