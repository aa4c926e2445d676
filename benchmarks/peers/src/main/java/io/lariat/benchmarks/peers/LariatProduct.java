package io.lariat.benchmarks.peers;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Matrix;

/** {@link Backend#matmul} of the SIMD backend, one thread. */
final class LariatProduct implements ProductPeer {
  private final ProductCase productCase;
  private final Backend backend;
  private final Matrix a;
  private final Matrix b;
  private final Matrix out;

  /** Copies both factors into the backend's memory. */
  LariatProduct(ProductCase c, Factors factors) {
    productCase = c;
    backend = Backends.open("simd", new BackendOptions(1));
    a = matrix("a", c.aRows(), c.aCols());
    b = matrix("b", c.bRows(), c.bCols());
    out = matrix("out", c.m(), c.n());
    backend.write(factors.a(), 0, a);
    backend.write(factors.b(), 0, b);
  }

  private Matrix matrix(String name, int rows, int cols) {
    return Matrix.of(name, backend.allocate((long) rows * cols), rows, cols);
  }

  @Override
  public String description() {
    return backend.description();
  }

  @Override
  public void multiply() {
    backend.matmul(productCase.product(), a, b, out);
  }

  @Override
  public float[] product() {
    float[] values = new float[(int) out.size()];
    backend.read(out, values, 0);
    return values;
  }

  @Override
  public void close() {
    backend.close();
  }
}
