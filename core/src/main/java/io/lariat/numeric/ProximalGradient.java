package io.lariat.numeric;

import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Proximal gradient steps with backtracking (Beck and Teboulle 2009, section 4) for the minimum of
 * {@code f(w) + p(w)}, f smooth: {@code next = prox(w - step g, step)} with the gradient g of f at
 * w. The step is halved until {@code f(next) <= f(w) + g'd + d'd / (2 step)}, {@code d = next - w},
 * but for rounding: then the sum has not risen.
 */
public final class ProximalGradient {
  private static final int MOST_HALVINGS = 60;

  private final ToDoubleFunction<double[]> smooth;
  private final Proximal proximal;
  private final BooleanSupplier ends;
  private double step;

  /** The proximal map of p. */
  @FunctionalInterface
  public interface Proximal {
    /** {@code u = argmin_v 1/2 ||v - u||^2 + step * p(v)}, in place. */
    void apply(double[] u, double step);
  }

  /**
   * Steps for f and p.
   *
   * @param smooth the value of f
   * @param ends asked after each step that was too long; true: leave it there
   * @param first the step's size that is tried first
   */
  public ProximalGradient(
      ToDoubleFunction<double[]> smooth, Proximal proximal, BooleanSupplier ends, double first) {
    this.smooth = smooth;
    this.proximal = proximal;
    this.ends = ends;
    this.step = first;
  }

  /** The step's size now. */
  public double step() {
    return step;
  }

  /** Lets the next step be longer. */
  public void grow(double factor, double most) {
    step = Math.min(most, factor * step);
  }

  /**
   * One step.
   *
   * @param f the value of f at {@code w}
   * @param gradient its gradient there
   * @param next where the step leads, written
   * @return the value of f at {@code next}; NaN: no step is short enough, or it was to end
   */
  public double take(double[] w, double f, double[] gradient, double[] next) {
    for (int halving = 0; halving < MOST_HALVINGS; halving++, step /= 2) {
      for (int e = 0; e < w.length; e++) {
        next[e] = w[e] - step * gradient[e];
      }
      proximal.apply(next, step);
      double linear = 0;
      double squares = 0;
      for (int e = 0; e < w.length; e++) {
        double d = next[e] - w[e];
        linear += gradient[e] * d;
        squares += d * d;
      }
      double reached = smooth.applyAsDouble(next);
      double bound = f + linear + squares / (2 * step);
      if (reached <= bound || isLevel(reached, bound)) {
        return reached;
      }
      if (ends.getAsBoolean()) {
        break;
      }
    }
    return Double.NaN;
  }

  /** Whether two values of a function differ by no more than rounding does. */
  public static boolean isLevel(double a, double b) {
    return Math.abs(a - b) <= 1e-14 * Math.max(Math.abs(a), Math.abs(b));
  }
}
