package io.lariat.numeric;

/**
 * Sums and products of vectors.
 *
 * <p>There are three products of two vectors, which differ in how they round alone. Which one a
 * method has is part of its results: where it walks a landscape without a single minimum, the last
 * bit of one product decides where it ends (docs/decisions/0038). New code takes {@link #dot} and
 * {@link #addScaled}, which are the most accurate and the fastest.
 */
public final class Vectors {
  private Vectors() {}

  /** {@code sum_i a_i}, in order. */
  public static double sum(double[] a) {
    return sum(a, a.length);
  }

  /** The sum of the first {@code count} values, in order. */
  public static double sum(double[] a, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += a[i];
    }
    return sum;
  }

  /**
   * {@code sum_i a_i b_i} over the length of {@code a}, each product fused with its addition, in
   * four sums, so that one addition does not wait for the one before.
   */
  public static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i < a.length - 3; i += 4) {
      s0 = Math.fma(a[i], b[i], s0);
      s1 = Math.fma(a[i + 1], b[i + 1], s1);
      s2 = Math.fma(a[i + 2], b[i + 2], s2);
      s3 = Math.fma(a[i + 3], b[i + 3], s3);
    }
    for (; i < a.length; i++) {
      s0 = Math.fma(a[i], b[i], s0);
    }
    return s0 + s1 + (s2 + s3);
  }

  /** {@code to += factor * from}, fused, over the length of {@code to}. */
  public static void addScaled(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] = Math.fma(factor, from[i], to[i]);
    }
  }

  /** As {@link #dot}, but that each product is rounded before it is added. */
  public static double roundedDot(double[] a, double[] b) {
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

  /** {@code sum_i a_i b_i} in one sum, in order, each product rounded before it is added. */
  public static double dotInOrder(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** As {@link #addScaled}, but that each product is rounded before it is added. */
  public static void addRounded(double factor, double[] from, double[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * from[i];
    }
  }

  /** {@code a *= factor}. */
  public static void scale(double factor, double[] a) {
    for (int i = 0; i < a.length; i++) {
      a[i] *= factor;
    }
  }

  /** Takes the mean from each value. */
  public static void center(double[] a) {
    double mean = sum(a) / a.length;
    for (int i = 0; i < a.length; i++) {
      a[i] -= mean;
    }
  }

  /** {@code max_i |a_i|}. */
  public static double largest(double[] a) {
    double largest = 0;
    for (double value : a) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** How many of the first {@code count} values are zero. */
  public static int zeros(double[] a, int count) {
    int zeros = 0;
    for (int i = 0; i < count; i++) {
      zeros += a[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  /** What a float cannot tell from 0 is 0, and 0 has no sign. */
  public static double flush(double a) {
    return Math.abs(a) < Float.MIN_NORMAL ? 0.0 : a;
  }

  /** Flushes the elements {@code from} (included) to {@code to} (excluded). */
  public static void flush(double[] a, int from, int to) {
    for (int i = from; i < to; i++) {
      a[i] = flush(a[i]);
    }
  }

  /** {@code sign(u) * max(|u| - k, 0)}; what is thresholded away is +0, and NaN stays NaN. */
  public static double softThreshold(double u, double k) {
    double size = Math.max(Math.abs(u) - k, 0);
    return size == 0 ? 0 : Math.copySign(size, u);
  }
}
