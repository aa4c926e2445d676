package io.lariat.numeric;

import io.lariat.backend.Checks;
import io.lariat.backend.PanelProducts;

/** {@link PanelProducts} without vectors: the specification. */
public final class ScalarPanels implements PanelProducts {
  /** Nothing to begin with. */
  public ScalarPanels() {}

  @Override
  public void addInner(
      double[] a, int rows, double[] b, int columns, int length, double[] c, int at, int stride) {
    Checks.panelLength(length);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        c[at + i * stride + j] += inner(a, i * length, b, j * length, length);
      }
    }
  }

  @Override
  public void addSymmetric(
      double[] a, double[] b, int rows, int length, double[] c, int at, int stride) {
    Checks.panelLength(length);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j <= i; j++) {
        c[at + i * stride + j] += inner(a, i * length, b, j * length, length);
      }
    }
  }

  private static double inner(double[] a, int i, double[] b, int j, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    for (int r = 0; r < length; r += LANES) {
      s0 = Math.fma(a[i + r], b[j + r], s0);
      s1 = Math.fma(a[i + r + 1], b[j + r + 1], s1);
      s2 = Math.fma(a[i + r + 2], b[j + r + 2], s2);
      s3 = Math.fma(a[i + r + 3], b[j + r + 3], s3);
      s4 = Math.fma(a[i + r + 4], b[j + r + 4], s4);
      s5 = Math.fma(a[i + r + 5], b[j + r + 5], s5);
      s6 = Math.fma(a[i + r + 6], b[j + r + 6], s6);
      s7 = Math.fma(a[i + r + 7], b[j + r + 7], s7);
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  @Override
  public void addCombinations(
      double[] w, int rows, double[] x, int columns, int length, double[] z) {
    Checks.panelLength(length);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        addScaled(w[i * columns + j], x, j * length, z, i * length, length);
      }
    }
  }

  private static void addScaled(double w, double[] x, int from, double[] z, int to, int length) {
    for (int r = 0; r < length; r++) {
      z[to + r] = Math.fma(w, x[from + r], z[to + r]);
    }
  }
}
