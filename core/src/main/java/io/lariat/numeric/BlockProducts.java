package io.lariat.numeric;

import java.util.Arrays;

/**
 * Products of blocks of rows in double. A block holds an array for each feature or unit, with a
 * value for each of its rows, so that every inner loop is over the rows: long for any width of the
 * layers, and a weight of zero costs nothing.
 */
public final class BlockProducts {
  private BlockProducts() {}

  /**
   * {@code out[j] = bias_j + sum_k w_kj in[k]}, each array over {@code rows} rows.
   *
   * @param w holds the kernel {@code [in x out]} row-major at {@code kernel}, the bias at {@code
   *     bias}
   */
  public static void forward(
      double[][] in, double[] w, int kernel, int bias, double[][] out, int rows) {
    int units = out.length;
    for (int j = 0; j < units; j++) {
      Arrays.fill(out[j], 0, rows, w[bias + j]);
      addScaled(in, w, kernel + j, units, out[j], rows);
    }
  }

  /** {@code out[k] = sum_j w_kj delta[j]}. */
  public static void backward(double[][] delta, double[] w, int kernel, double[][] out, int rows) {
    int units = delta.length;
    for (int k = 0; k < out.length; k++) {
      Arrays.fill(out[k], 0, rows, 0);
      addScaled(delta, w, kernel + k * units, 1, out[k], rows);
    }
  }

  /** Adds {@code sum_i w[at + i stride] in[i]} to {@code out}, four terms that are not 0 a pass. */
  private static void addScaled(
      double[][] in, double[] w, int at, int stride, double[] out, int rows) {
    int a = next(w, at, stride, 0, in.length);
    while (a < in.length) {
      int b = next(w, at, stride, a + 1, in.length);
      int c = next(w, at, stride, b + 1, in.length);
      int d = next(w, at, stride, c + 1, in.length);
      if (d < in.length) {
        addScaled(
            w[at + a * stride],
            in[a],
            w[at + b * stride],
            in[b],
            w[at + c * stride],
            in[c],
            w[at + d * stride],
            in[d],
            out,
            rows);
        a = next(w, at, stride, d + 1, in.length);
      } else {
        addScaled(w[at + a * stride], in[a], out, rows);
        a = b;
      }
    }
  }

  /** The first index from {@code from} on whose weight is not zero; {@code end} or more if none. */
  private static int next(double[] w, int at, int stride, int from, int end) {
    int i = from;
    while (i < end && w[at + i * stride] == 0) {
      i++;
    }
    return i;
  }

  private static void addScaled(double wa, double[] a, double[] out, int rows) {
    for (int r = 0; r < rows; r++) {
      out[r] = Math.fma(wa, a[r], out[r]);
    }
  }

  private static void addScaled(
      double wa,
      double[] a,
      double wb,
      double[] b,
      double wc,
      double[] c,
      double wd,
      double[] d,
      double[] out,
      int rows) {
    for (int r = 0; r < rows; r++) {
      out[r] =
          Math.fma(wd, d[r], Math.fma(wc, c[r], Math.fma(wb, b[r], Math.fma(wa, a[r], out[r]))));
    }
  }

  /** Adds {@code sum_rows in[k] delta[j]} to {@code gradient[kernel + k * units + j]}. */
  public static void addGradient(
      double[][] in, double[][] delta, double[] gradient, int kernel, int rows) {
    int units = delta.length;
    int fours = in.length - in.length % 4;
    for (int j = 0; j < units; j++) {
      double[] d = delta[j];
      if (isZero(d, rows)) {
        continue; // a unit that reaches no output
      }
      for (int k = 0; k < fours; k += 4) {
        addDots(
            in[k],
            in[k + 1],
            in[k + 2],
            in[k + 3],
            d,
            gradient,
            kernel + k * units + j,
            units,
            rows);
      }
      for (int k = fours; k < in.length; k++) {
        gradient[kernel + k * units + j] += dot(in[k], d, rows);
      }
    }
  }

  private static boolean isZero(double[] d, int rows) {
    for (int r = 0; r < rows; r++) {
      if (d[r] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Four dot products with {@code d}, each by two sums so that eight additions overlap. */
  private static void addDots(
      double[] a,
      double[] b,
      double[] c,
      double[] e,
      double[] d,
      double[] gradient,
      int at,
      int stride,
      int rows) {
    double a0 = 0;
    double a1 = 0;
    double b0 = 0;
    double b1 = 0;
    double c0 = 0;
    double c1 = 0;
    double e0 = 0;
    double e1 = 0;
    int r = 0;
    for (; r < rows - 1; r += 2) {
      double d0 = d[r];
      double d1 = d[r + 1];
      a0 = Math.fma(a[r], d0, a0);
      a1 = Math.fma(a[r + 1], d1, a1);
      b0 = Math.fma(b[r], d0, b0);
      b1 = Math.fma(b[r + 1], d1, b1);
      c0 = Math.fma(c[r], d0, c0);
      c1 = Math.fma(c[r + 1], d1, c1);
      e0 = Math.fma(e[r], d0, e0);
      e1 = Math.fma(e[r + 1], d1, e1);
    }
    if (r < rows) {
      double d0 = d[r];
      a0 = Math.fma(a[r], d0, a0);
      b0 = Math.fma(b[r], d0, b0);
      c0 = Math.fma(c[r], d0, c0);
      e0 = Math.fma(e[r], d0, e0);
    }
    gradient[at] += a0 + a1;
    gradient[at + stride] += b0 + b1;
    gradient[at + 2 * stride] += c0 + c1;
    gradient[at + 3 * stride] += e0 + e1;
  }

  private static double dot(double[] a, double[] d, int rows) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum = Math.fma(a[r], d[r], sum);
    }
    return sum;
  }
}
