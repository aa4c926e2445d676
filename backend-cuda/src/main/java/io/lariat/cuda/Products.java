package io.lariat.cuda;

import io.lariat.backend.Activation;
import io.lariat.backend.Matrix;
import io.lariat.backend.Product;
import io.lariat.backend.SparseMatrix;
import io.lariat.cuda.driver.Blas;

/**
 * Products of matrices and what follows them: small ones by a kernel that does all of it at once,
 * large ones by cuBLAS, or by tiles where there is none.
 */
final class Products {
  /** Rows and columns of the tiles. */
  private static final int SMALL_ROWS = 16;

  private static final int SMALL_COLUMNS = 32;
  private static final int LARGE_TILE = 64;

  private static final int STORE = 0;
  private static final int BIAS_ACTIVATE = 1;
  private static final int ACTIVATION_GRAD = 2;

  private final Addresses addresses;
  private final RowOperations rows;
  private final WorkQueue queue;
  private final Arguments arguments;
  private final boolean hasBlas;
  private final double large;

  /** {@code large} is {@link CudaSettings#large}. */
  Products(
      Addresses addresses,
      RowOperations rows,
      WorkQueue queue,
      Arguments arguments,
      boolean hasBlas,
      double large) {
    this.addresses = addresses;
    this.rows = rows;
    this.queue = queue;
    this.arguments = arguments;
    this.hasBlas = hasBlas;
    this.large = large;
  }

  /** {@code out = op(a) op(b)}. */
  void matmul(Product product, Matrix a, Matrix b, Matrix out) {
    if (isLarge(product, a, out) && hasBlas) {
      sgemm(product, a, b, out);
    } else {
      launch(product, a, b, out, 0, 0, STORE, Activation.IDENTITY);
    }
  }

  /** {@code out = f(x w + bias)}. */
  void dense(Matrix x, Matrix w, Matrix bias, Activation f, Matrix out) {
    Activation fused = f.isByRow() ? Activation.IDENTITY : f;
    if (isLarge(Product.AB, x, out) && hasBlas) {
      sgemm(Product.AB, x, w, out);
      rows.activate(fused, out, addresses.of(bias), out);
    } else {
      launch(Product.AB, x, w, out, addresses.of(bias), 0, BIAS_ACTIVATE, fused);
    }
    if (f.isByRow()) {
      rows.activate(f, out, 0, out);
    }
  }

  /** {@code wGrad = x' grad, biasGrad = sum grad}. */
  void parameterGrad(Matrix x, Matrix grad, Matrix wGrad, Matrix biasGrad) {
    if (isLarge(Product.ATB, x, wGrad)) {
      matmul(Product.ATB, x, grad, wGrad);
      rows.sum(grad, biasGrad);
    } else {
      long sums = addresses.of(biasGrad);
      launch(Product.ATB, x, grad, wGrad, 0, sums, STORE, Activation.IDENTITY);
    }
  }

  /** {@code xGrad = (grad w') * f'(x)}. */
  void inputGrad(Matrix grad, Matrix w, Activation f, Matrix x, Matrix xGrad) {
    boolean isFused = !f.isByRow() && f != Activation.IDENTITY;
    if (!isFused || (isLarge(Product.ABT, grad, xGrad) && hasBlas)) {
      matmul(Product.ABT, grad, w, xGrad);
      rows.activateGrad(f, x, xGrad);
    } else {
      launch(Product.ABT, grad, w, xGrad, addresses.of(x), 0, ACTIVATION_GRAD, f);
    }
  }

  private boolean isLarge(Product product, Matrix a, Matrix out) {
    return (double) out.size() * product.depth(a) >= large;
  }

  private void launch(
      Product product,
      Matrix a,
      Matrix b,
      Matrix out,
      long extra,
      long sums,
      int epilogue,
      Activation f) {
    boolean isLarge = isLarge(product, a, out);
    arguments
        .begin()
        .pointer(addresses.of(a))
        .pointer(addresses.of(b))
        .pointer(addresses.of(out))
        .pointer(extra)
        .pointer(sums)
        .integer(out.rows())
        .integer(out.cols())
        .integer(product.depth(a))
        .integer(epilogue)
        .integer(Codes.of(f));
    Kernel kernel =
        switch (product) {
          case AB -> isLarge ? Kernel.LARGE_PRODUCT_AB : Kernel.SMALL_PRODUCT_AB;
          case ATB -> isLarge ? Kernel.LARGE_PRODUCT_ATB : Kernel.SMALL_PRODUCT_ATB;
          case ABT -> isLarge ? Kernel.LARGE_PRODUCT_ABT : Kernel.SMALL_PRODUCT_ABT;
        };
    long down = Math.ceilDiv(out.rows(), isLarge ? LARGE_TILE : SMALL_ROWS);
    long across = Math.ceilDiv(out.cols(), isLarge ? LARGE_TILE : SMALL_COLUMNS);
    queue.launch(kernel, down * across, arguments);
  }

  /** By cuBLAS, whose matrices lie by columns: ours seen so are transposed, and out' = b' a'. */
  private void sgemm(Product product, Matrix a, Matrix b, Matrix out) {
    long atA = addresses.of(a);
    long atB = addresses.of(b);
    long atOut = addresses.of(out);
    Blas blas = queue.blas();
    blas.sgemm(
        product == Product.ABT,
        product == Product.ATB,
        out.cols(),
        out.rows(),
        product.depth(a),
        atB,
        b.cols(),
        atA,
        a.cols(),
        atOut,
        out.cols());
  }

  /** {@code out = a b} for a sparse a. */
  void matmul(SparseMatrix a, Matrix b, Matrix out) {
    arguments
        .begin()
        .pointer(addresses.of(a.starts()))
        .pointer(addresses.of(a.columns()))
        .pointer(addresses.of(a.values()))
        .pointer(addresses.of(b))
        .pointer(addresses.of(out))
        .integer(a.rows())
        .integer(a.cols())
        .integer(b.cols())
        .integer(a.columns().length());
    long warps = (long) a.rows() * Math.ceilDiv(b.cols(), Kernel.LANES);
    queue.launch(Kernel.SPARSE_PRODUCT, Math.ceilDiv(warps, Kernel.WARPS), arguments);
  }
}
