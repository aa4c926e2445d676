package io.lariat.benchmarks.peers;

import io.lariat.backend.Product;
import java.util.List;
import java.util.Locale;

/**
 * A matrix product: {@code out [m x n] = a b}, {@code a' b} or {@code a b'}.
 *
 * @param product which of the three
 * @param m the rows of the result
 * @param n its columns
 * @param k the length of the sums
 */
record ProductCase(Product product, int m, int n, int k) implements BenchmarkCase {

  static final List<ProductCase> ALL =
      List.of(
          new ProductCase(Product.AB, 64, 64, 64),
          new ProductCase(Product.AB, 256, 256, 256),
          new ProductCase(Product.AB, 512, 512, 512),
          new ProductCase(Product.AB, 1024, 1024, 1024),
          new ProductCase(Product.AB, 2048, 2048, 2048),
          new ProductCase(Product.AB, 128, 128, 30),
          new ProductCase(Product.AB, 128, 128, 784),
          new ProductCase(Product.AB, 128, 128, 10000),
          new ProductCase(Product.ATB, 784, 128, 128),
          new ProductCase(Product.ATB, 128, 64, 128),
          new ProductCase(Product.ABT, 128, 128, 64));

  @Override
  public String id() {
    return String.format(
        Locale.ROOT, "product-%s-%dx%dx%d", product.name().toLowerCase(Locale.ROOT), m, n, k);
  }

  @Override
  public String title() {
    String formula =
        switch (product) {
          case AB -> "A B";
          case ATB -> "A' B";
          case ABT -> "A B'";
        };
    return String.format(Locale.ROOT, "%s, %d x %d x %d", formula, m, n, k);
  }

  @Override
  public double multiplyAdds() {
    return (double) m * n * k;
  }

  @Override
  public List<Integer> threads() {
    return List.of(1);
  }

  /** The rows of {@code a} as it lies in memory. */
  int aRows() {
    return product == Product.ATB ? k : m;
  }

  /** The columns of {@code a} as it lies in memory. */
  int aCols() {
    return product == Product.ATB ? m : k;
  }

  /** The rows of {@code b} as it lies in memory. */
  int bRows() {
    return product == Product.ABT ? n : k;
  }

  /** The columns of {@code b} as it lies in memory. */
  int bCols() {
    return product == Product.ABT ? k : n;
  }
}
