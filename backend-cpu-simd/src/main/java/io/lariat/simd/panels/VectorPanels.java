package io.lariat.simd.panels;

import io.lariat.backend.Checks;
import io.lariat.backend.PanelProducts;

/**
 * {@link PanelProducts} by vectors of any width. Eight partial sums are one vector of 512 bits, two
 * of 256 or four of 128, so the order of sums, and with it each bit, is that of scalar code. For
 * any thread: nothing is kept between calls.
 */
public final class VectorPanels implements PanelProducts {
  /** Where the Vector API is usable, which the caller has found out. */
  public VectorPanels() {}

  @Override
  public void addInner(
      double[] a, int rows, double[] b, int columns, int length, double[] c, int at, int stride) {
    Checks.panelLength(length);
    new InnerProducts(a, b, length, c, at, stride).add(rows, columns);
  }

  @Override
  public void addSymmetric(
      double[] a, double[] b, int rows, int length, double[] c, int at, int stride) {
    Checks.panelLength(length);
    new InnerProducts(a, b, length, c, at, stride).addLowerTriangle(rows);
  }

  @Override
  public void addCombinations(
      double[] w, int rows, double[] x, int columns, int length, double[] z) {
    Checks.panelLength(length);
    Combinations.add(w, rows, x, columns, length, z);
  }
}
