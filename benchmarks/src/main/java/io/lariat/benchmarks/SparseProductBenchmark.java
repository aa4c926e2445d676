package io.lariat.benchmarks;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Product;
import io.lariat.backend.SparseMatrix;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The first layer of 784 - 128 alone, part of its weights zero, for 128 rows that are stored by
 * feature, one thread: the compressed columns of the kernel times the batch, beside the dense
 * product of the same shape.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SparseProductBenchmark {
  private static final int FEATURES = 784;
  private static final int UNITS = 128;
  private static final int ROWS = 128;

  /** The share of the weights that is zero, in per cent; 0 is the dense product. */
  @Param({"0", "50", "70", "80", "90", "95", "99"})
  public int zeros;

  private Backend backend;
  private Layer layer;

  /** The kernel, turned, both dense and compressed, the batch by feature and what comes out. */
  private record Layer(Backend backend, Matrix dense, SparseMatrix sparse, Matrix x, Matrix out) {

    static Layer on(Backend backend, int zeros) {
      SplittableRandom random = new SplittableRandom(1);
      float[] kernel = new float[UNITS * FEATURES];
      float[] values = new float[kernel.length];
      int[] columns = new int[kernel.length];
      int[] starts = new int[UNITS + 1];
      int count = 0;
      for (int i = 0; i < kernel.length; i++) {
        float weight = (float) random.nextGaussian();
        if (random.nextDouble() >= zeros / 100.0) {
          kernel[i] = weight;
          values[count] = weight;
          columns[count] = i % FEATURES;
          count++;
        }
        starts[i / FEATURES + 1] = count;
      }
      float[] x = new float[FEATURES * ROWS];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) random.nextGaussian();
      }
      SparseMatrix sparse =
          new SparseMatrix(
              "kernel",
              indices(backend, starts, starts.length),
              indices(backend, columns, count),
              matrix(backend, "values", 1, count, values),
              UNITS,
              FEATURES);
      return new Layer(
          backend,
          matrix(backend, "kernel", UNITS, FEATURES, kernel),
          sparse,
          matrix(backend, "rows", FEATURES, ROWS, x),
          matrix(backend, "out", UNITS, ROWS, new float[UNITS * ROWS]));
    }

    private static Matrix matrix(Backend backend, String name, int rows, int cols, float[] values) {
      Matrix matrix = Matrix.of(name, backend.allocate((long) rows * cols), rows, cols);
      backend.write(values, 0, matrix);
      return matrix;
    }

    private static Indices indices(Backend backend, int[] values, int count) {
      Indices indices = backend.allocateIndices(count);
      backend.write(values, 0, indices);
      return indices;
    }

    void multiplyDense() {
      backend.matmul(Product.AB, dense, x, out);
    }

    void multiplySparse() {
      backend.matmul(sparse, x, out);
    }

    float[] result() {
      float[] values = new float[UNITS * ROWS];
      backend.read(out, values, 0);
      return values;
    }
  }

  /** Makes the layer and verifies the product against the reference's dense one. */
  @Setup(Level.Trial)
  public void open() {
    backend = Backends.open("simd", new BackendOptions(1));
    layer = Layer.on(backend, zeros);
    multiply();
    float[] found = layer.result();
    try (Backend reference = Backends.open("reference")) {
      Layer other = Layer.on(reference, zeros);
      other.multiplyDense();
      float[] expected = other.result();
      for (int i = 0; i < found.length; i++) {
        if (!(Math.abs(found[i] - expected[i]) <= 1e-3)) {
          throw new AssertionError("element " + i + ": " + found[i] + ", not " + expected[i]);
        }
      }
    }
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    backend.close();
  }

  /** One product. */
  @Benchmark
  public void multiply() {
    if (zeros == 0) {
      layer.multiplyDense();
    } else {
      layer.multiplySparse();
    }
  }
}
