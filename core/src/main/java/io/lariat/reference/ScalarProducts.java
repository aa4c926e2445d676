package io.lariat.reference;

import io.lariat.backend.Product;
import java.util.Arrays;

/** The three matrix products, each element a sum over ascending {@code k} in double. */
final class ScalarProducts {

  private ScalarProducts() {}

  static void matmul(Product product, View a, View b, View out) {
    switch (product) {
      case AB -> {
        double[] sums = new double[out.cols()];
        for (int i = 0; i < out.rows(); i++) {
          Arrays.fill(sums, 0);
          for (int k = 0; k < a.cols(); k++) {
            addScaledRow(sums, a.at(i, k), b, k);
          }
          setRow(out, i, sums);
        }
      }
      case ATB -> {
        double[] sums = new double[out.cols()];
        for (int i = 0; i < out.rows(); i++) {
          Arrays.fill(sums, 0);
          for (int k = 0; k < a.rows(); k++) {
            addScaledRow(sums, a.at(k, i), b, k);
          }
          setRow(out, i, sums);
        }
      }
      case ABT -> {
        for (int i = 0; i < out.rows(); i++) {
          for (int j = 0; j < out.cols(); j++) {
            double sum = 0;
            for (int k = 0; k < a.cols(); k++) {
              sum += a.at(i, k) * b.at(j, k);
            }
            out.set(i, j, sum);
          }
        }
      }
    }
  }

  /** One row of sums at a time, so that {@code b} is read in the order in which it lies. */
  private static void addScaledRow(double[] sums, double factor, View b, int k) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += factor * b.at(k, j);
    }
  }

  private static void setRow(View out, int i, double[] sums) {
    for (int j = 0; j < sums.length; j++) {
      out.set(i, j, sums[j]);
    }
  }
}
