package io.lariat.benchmarks;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Matrix;
import io.lariat.backend.Product;
import java.util.Locale;
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

/** Matrix products of the shapes that training meets, one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ProductBenchmark {

  /** Which backend. */
  @Param({"simd"})
  public String backend = "simd";

  /** The product and its {@code rows x columns x depth}. */
  @Param({
    "AB 128x128x784",
    "ATB 784x128x128",
    "AB 128x128x30",
    "ATB 128x64x128",
    "ABT 128x128x64",
    "AB 256x256x256",
    "AB 512x512x512",
    "AB 127x129x131"
  })
  public String shape = "";

  private Backend opened;
  private Product product;
  private Matrix a;
  private Matrix b;
  private Matrix out;

  /** Allocates, fills and verifies. */
  @Setup(Level.Trial)
  public void open() {
    opened = Backends.open(backend, new BackendOptions(1));
    String[] words = shape.split("[ x]");
    product = Product.valueOf(words[0]);
    int m = Integer.parseInt(words[1]);
    int n = Integer.parseInt(words[2]);
    int k = Integer.parseInt(words[3]);
    a = product == Product.ATB ? random("a", k, m) : random("a", m, k);
    b = product == Product.ABT ? random("b", n, k) : random("b", k, n);
    out = Matrix.of("out", opened.allocate((long) m * n), m, n);
    verify(m, n, k);
  }

  private Matrix random(String name, int rows, int cols) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] values = new float[rows * cols];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    Matrix matrix = Matrix.of(name, opened.allocate(values.length), rows, cols);
    opened.write(values, 0, matrix);
    return matrix;
  }

  /** Every element against a sum in double, within the forward error bound of float32. */
  private void verify(int m, int n, int k) {
    opened.matmul(product, a, b, out);
    float[] x = read(a);
    float[] y = read(b);
    float[] found = read(out);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double size = 0;
        for (int p = 0; p < k; p++) {
          float left = product == Product.ATB ? x[p * m + i] : x[i * k + p];
          float right = product == Product.ABT ? y[j * k + p] : y[p * n + j];
          sum += (double) left * right;
          size += Math.abs((double) left * right);
        }
        if (!(Math.abs(found[i * n + j] - sum) <= 2 * (k + 1) * 0x1p-24 * size)) {
          throw new AssertionError(
              String.format(
                  Locale.ROOT,
                  "%s: element (%d, %d) is %s, not %s",
                  shape,
                  i,
                  j,
                  found[i * n + j],
                  sum));
        }
      }
    }
  }

  private float[] read(Matrix matrix) {
    float[] values = new float[(int) matrix.size()];
    opened.read(matrix, values, 0);
    return values;
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }

  /** One product. */
  @Benchmark
  public void product(ShareOfPeak peak) {
    opened.matmul(product, a, b, out);
    peak.add(2.0 * out.size() * product.depth(a));
  }
}
