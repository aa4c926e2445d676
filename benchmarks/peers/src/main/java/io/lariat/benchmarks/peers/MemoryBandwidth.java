package io.lariat.benchmarks.peers;

import java.util.Arrays;

/** How fast one thread streams through memory: McCalpin's triad, {@code a = b + s c}. */
final class MemoryBandwidth {
  /** 64 MB an array: together more than any cache of today's desktops. */
  private static final int FLOATS = 1 << 24;

  private static final int ROUNDS = 15;

  private MemoryBandwidth() {}

  /** Bytes a second, twelve for each element: the median of all rounds. */
  static double measure() {
    float[] a = new float[FLOATS];
    float[] b = new float[FLOATS];
    float[] c = new float[FLOATS];
    Arrays.fill(b, 1);
    Arrays.fill(c, 2);
    double[] rates = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      triad(a, b, c, i);
      rates[i] = 3.0 * Float.BYTES * FLOATS / (System.nanoTime() - start) * 1e9;
    }
    if (a[FLOATS - 1] != 1 + 2 * (ROUNDS - 1)) {
      throw new AssertionError("the triad is wrong: " + a[FLOATS - 1]);
    }
    Arrays.sort(rates);
    return rates[ROUNDS / 2];
  }

  private static void triad(float[] a, float[] b, float[] c, float s) {
    for (int i = 0; i < a.length; i++) {
      a[i] = b[i] + s * c[i];
    }
  }
}
