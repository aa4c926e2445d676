package io.lariat.backend;

import java.util.function.DoubleUnaryOperator;

/**
 * Activation functions: the one description of each, in double, which the reference backend and the
 * computations in double execute as it stands and which the fast backends are held against.
 *
 * <p>The derivative of most is a function of their <em>output</em> {@code y}, so that a training
 * step need not keep the pre-activation; {@link #needs} says which.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
public enum Activation {
  /** {@code y = x}; {@code y' = 1}. */
  IDENTITY(Argument.OUTPUT, x -> x, y -> 1) {
    @Override
    public void apply(double[] x, int n) {
      // x is what it gives
    }

    @Override
    public void apply(float[] x, int n) {
      // x is what it gives
    }

    @Override
    public void multiplyBySlope(double[] y, double[] grad, int n) {
      // by one
    }
  },
  /** {@code y = max(x, 0)}; {@code y' = 1} where {@code y > 0}, else 0 (so 0 at the kink). */
  RELU(Argument.OUTPUT, x -> Math.max(x, 0), y -> y > 0 ? 1 : 0) { // max, as it keeps NaN
    @Override
    public boolean hasKink() {
      return true;
    }

    // The loops are written out so that they become vector code: a virtual call would not.

    @Override
    public void apply(double[] x, int n) {
      for (int i = 0; i < n; i++) {
        x[i] = Math.max(x[i], 0);
      }
    }

    @Override
    public void apply(float[] x, int n) {
      for (int i = 0; i < n; i++) {
        x[i] = x[i] <= 0 ? 0 : x[i];
      }
    }

    @Override
    public void multiplyBySlope(double[] y, double[] grad, int n) {
      for (int i = 0; i < n; i++) {
        grad[i] *= y[i] > 0 ? 1 : 0;
      }
    }
  },
  /** {@code y = 1 / (1 + exp(-x))}; {@code y' = y (1 - y)}. */
  SIGMOID(
      Argument.OUTPUT,
      x -> 1 / (1 + Math.exp(-x)), // exp overflows to infinity, which gives the right 0
      y -> y * (1 - y)),
  /** {@code y = tanh(x)}; {@code y' = 1 - y^2}. */
  TANH(Argument.OUTPUT, Math::tanh, y -> 1 - y * y),
  /**
   * {@code y = log(1 + exp(x))}, computed as {@code max(x, 0) + log1p(exp(-|x|))}; {@code y' = 1 -
   * exp(-y)}, computed as {@code -expm1(-y)}.
   */
  SOFTPLUS(
      Argument.OUTPUT,
      x -> {
        // log1p(e) is computed as log(u) e / (u - 1) with u = 1 + e, which is as accurate as the
        // logarithm (Goldberg 1991, theorem 4) and many times faster than Java's log1p.
        double e = Math.exp(-Math.abs(x));
        double u = 1 + e;
        return Math.max(x, 0) + (u == 1 ? e : Math.log(u) * e / (u - 1));
      },
      y -> -Math.expm1(-y)),
  /**
   * {@code y = x Phi(x) = x (1 + erf(x / sqrt 2)) / 2}, where Phi is the normal distribution's
   * {@link NormalTail}; {@code y' = Phi(x) + x phi(x)}. Hendrycks and Gimpel 2016; Keras 3's {@code
   * gelu(approximate=False)}.
   */
  GELU(
      Argument.INPUT,
      x -> {
        double t = Math.min(Math.abs(x), NormalTail.END);
        return Math.max(x, 0) - t * NormalTail.of(t);
      },
      x -> {
        double t = Math.min(Math.abs(x), NormalTail.END);
        return gateSlope(x, t * NormalTail.density(t) - NormalTail.of(t));
      }),
  /**
   * {@code y = x s}, {@code s = 1 / (1 + exp(-x))}; {@code y' = s + x s (1 - s)}. Elfwing, Uchibe
   * and Doya 2018; Keras 3's {@code silu}.
   */
  SILU(
      Argument.INPUT,
      x -> {
        double t = Math.min(Math.abs(x), 1000); // exp is infinite there
        return Math.max(x, 0) - t / (1 + Math.exp(t));
      },
      x -> {
        double t = Math.min(Math.abs(x), 1000);
        double tail = 1 / (1 + Math.exp(t));
        return gateSlope(x, tail * (t * (1 - tail) - 1));
      }),
  /**
   * {@code y = x} for positive x, else {@code exp(x) - 1}; {@code y' = 1}, else {@code y + 1}.
   * Clevert, Unterthiner and Hochreiter 2016; Keras 3's {@code elu(alpha=1)}.
   */
  ELU(Argument.OUTPUT, x -> x > 0 ? x : Math.expm1(x), y -> y > 0 ? 1 : y + 1),
  /**
   * {@code y = x} for positive x, else {@code 0.2 x}; {@code y' = 1}, else 0.2 (at the kink too).
   * Maas, Hannun and Ng 2013; Keras 3's {@code leaky_relu(negative_slope=0.2)}.
   */
  LEAKY_RELU(Argument.OUTPUT, x -> Math.max(x, 0.2 * x), y -> y > 0 ? 1 : 0.2) {
    @Override
    public boolean hasKink() {
      return true;
    }
  },
  /** {@code y = exp(x)}; {@code y' = y}. For the last layer, of what is above 0. */
  EXP(Argument.OUTPUT, Math::exp, y -> y),
  /**
   * Over each row: {@code y_j = exp(x_j - max x) / sum_k exp(x_k - max x)}; the gradient of a row
   * is {@code y_j (g_j - sum_k g_k y_k)}. For the last layer.
   */
  SOFTMAX(Argument.OUTPUT, Activation::ofRow, Activation::ofRow) {
    @Override
    public boolean isByRow() {
      return true;
    }

    @Override
    public void apply(double[] x, int n) {
      double max = x[0];
      for (int j = 1; j < n; j++) {
        max = Math.max(max, x[j]);
      }
      double sum = 0;
      for (int j = 0; j < n; j++) {
        x[j] = Math.exp(x[j] - max);
        sum += x[j];
      }
      for (int j = 0; j < n; j++) {
        x[j] /= sum;
      }
    }

    @Override
    public void apply(float[] x, int n) {
      float max = x[0];
      for (int j = 1; j < n; j++) {
        max = Math.max(max, x[j]);
      }
      double[] row = new double[n];
      for (int j = 0; j < n; j++) {
        row[j] = x[j] - max; // in float, as ever: it decides the last bit of a probability
      }
      apply(row, n);
      for (int j = 0; j < n; j++) {
        x[j] = (float) row[j];
      }
    }

    @Override
    public void multiplyBySlope(double[] y, double[] grad, int n) {
      double mean = 0;
      for (int j = 0; j < n; j++) {
        mean += grad[j] * y[j];
      }
      for (int j = 0; j < n; j++) {
        grad[j] = y[j] * (grad[j] - mean);
      }
    }
  };

  /** What a derivative is a function of. */
  public enum Argument {
    /** The pre-activation {@code x}. */
    INPUT,
    /** What the activation gave, {@code y}. */
    OUTPUT
  }

  private final Argument needs;
  private final DoubleUnaryOperator value;
  private final DoubleUnaryOperator slope;

  Activation(Argument needs, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    this.needs = needs;
    this.value = value;
    this.slope = slope;
  }

  private static double ofRow(double x) {
    throw new IllegalArgumentException("softmax is a function of a whole row, not of " + x);
  }

  /**
   * The derivative of {@code x F(x)} where F is a symmetric distribution function, of density f and
   * upper tail Q. With {@code t = |x|} the function is {@code max(x, 0) - t Q(t)}, where nothing
   * cancels and, t being kept finite, infinity gives the limit.
   *
   * @param excess {@code t f(t) - Q(t)}
   */
  private static double gateSlope(double x, double excess) {
    return x < 0 ? -excess : 1 + excess;
  }

  /** What {@link #slope} is a function of. */
  public Argument needs() {
    return needs;
  }

  /**
   * The activation of {@code x}.
   *
   * @throws IllegalArgumentException if it is a function of a whole row
   */
  public double value(double x) {
    return value.applyAsDouble(x);
  }

  /**
   * The derivative where {@link #needs} is {@code v}.
   *
   * @throws IllegalArgumentException if it is a function of a whole row
   */
  public double slope(double v) {
    return slope.applyAsDouble(v);
  }

  /** Whether it is a function of a whole row, not of each element; then for the last layer only. */
  public boolean isByRow() {
    return false;
  }

  /** Whether it has no derivative at 0. */
  public boolean hasKink() {
    return false;
  }

  /** {@code x = f(x)} for the first {@code n} values, which are a row if {@link #isByRow}. */
  public void apply(double[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = value(x[i]);
    }
  }

  /** The same for floats, each result rounded once from the double. */
  public void apply(float[] x, int n) {
    for (int i = 0; i < n; i++) {
      x[i] = (float) value(x[i]);
    }
  }

  /**
   * The gradient through the activation, in place: {@code grad = grad * f'(v)}.
   *
   * @param v the pre-activations or the outputs, as {@link #needs} says
   */
  public void multiplyBySlope(double[] v, double[] grad, int n) {
    for (int i = 0; i < n; i++) {
      grad[i] *= slope(v[i]);
    }
  }
}
