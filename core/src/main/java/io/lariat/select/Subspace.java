package io.lariat.select;

import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A space of columns, by an orthonormal basis; the constant column is in it. */
final class Subspace {
  /** A column of which less than this share of its square is left is in the space. */
  static final double LEAST_SHARE = 1e-7;

  private final List<double[]> basis;

  private Subspace(List<double[]> basis) {
    this.basis = basis;
  }

  /** The space of the constant column. */
  static Subspace ofConstant(int rows) {
    double[] one = new double[rows];
    Arrays.fill(one, 1 / Math.sqrt(rows));
    List<double[]> basis = new ArrayList<>();
    basis.add(one);
    return new Subspace(basis);
  }

  /** A space to go on from, without a change to this one. */
  Subspace copy() {
    return new Subspace(new ArrayList<>(basis));
  }

  int dimension() {
    return basis.size();
  }

  /** Takes columns in. */
  void add(double[][] columns) {
    basis.addAll(beyond(columns));
  }

  /** An orthonormal basis of what {@code columns} add to the space; empty if nothing. */
  List<double[]> beyond(double[][] columns) {
    List<double[]> added = new ArrayList<>();
    for (double[] column : columns) {
      double before = Vectors.dot(column, column);
      double[] v = column.clone();
      for (int pass = 0; pass < 2; pass++) { // twice is enough (Giraud, Langou and Rozloznik 2005)
        subtract(basis, v);
        subtract(added, v);
      }
      double square = Vectors.dot(v, v);
      if (square > LEAST_SHARE * before) {
        Vectors.scale(1 / Math.sqrt(square), v);
        added.add(v);
      }
    }
    return added;
  }

  /** What of {@code column} is outside the space. */
  double[] without(double[] column) {
    double[] v = column.clone();
    subtract(basis, v);
    return v;
  }

  private static void subtract(List<double[]> from, double[] v) {
    for (double[] b : from) {
      Vectors.addScaled(-Vectors.dot(b, v), b, v);
    }
  }
}
