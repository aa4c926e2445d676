package io.lariat.benchmarks;

import io.lariat.backend.Backends;
import io.lariat.backend.PanelProducts;
import io.lariat.numeric.ScalarPanels;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Products of panels of doubles, one thread; each is first held against scalar code, to the bit.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class PanelBenchmark {

  /** Which code. */
  @Param({"vectors", "scalar"})
  public String code = "";

  /** The operation and its {@code rows x columns x length}. */
  @Param({
    "inner 64x64x512",
    "inner 128x128x512",
    "inner 64x6x256",
    "symmetric 100x100x512",
    "symmetric 400x400x512",
    "combinations 6x64x256",
    "combinations 6x64x512"
  })
  public String shape = "";

  private PanelProducts products;
  private String operation;
  private int rows;
  private int columns;
  private int length;
  private double[] a;
  private double[] b;
  private double[] out;

  /** Fills and verifies. */
  @Setup(Level.Trial)
  public void open() {
    PanelProducts scalar = new ScalarPanels();
    PanelProducts vectors = Backends.panelProducts();
    if (vectors == null) {
      throw new IllegalStateException("no provider has products of panels");
    }
    String[] words = shape.split("[ x]");
    operation = words[0];
    rows = Integer.parseInt(words[1]);
    columns = Integer.parseInt(words[2]);
    length = Integer.parseInt(words[3]);
    SplittableRandom random = new SplittableRandom(1);
    boolean combines = operation.equals("combinations");
    a = random.doubles((long) rows * (combines ? columns : length), -1, 1).toArray();
    b = random.doubles((long) columns * length, -1, 1).toArray();
    int size = rows * (combines ? length : columns);
    out = new double[size];
    products = scalar;
    run();
    double[] expected = out;
    out = new double[size];
    products = vectors;
    run();
    if (!Arrays.equals(expected, out)) {
      throw new AssertionError(shape + ": vectors and scalar code give other bits");
    }
    products = code.equals("scalar") ? scalar : vectors;
  }

  private void run() {
    switch (operation) {
      case "inner" -> products.addInner(a, rows, b, columns, length, out, 0, columns);
      case "symmetric" -> products.addSymmetric(a, b, rows, length, out, 0, columns);
      default -> products.addCombinations(a, rows, b, columns, length, out);
    }
  }

  /** One call. */
  @Benchmark
  public double[] product(ShareOfDoublePeak peak) {
    run();
    double pairs =
        operation.equals("symmetric") ? rows * (rows + 1) / 2.0 : (double) rows * columns;
    peak.add(2 * pairs * length);
    return out;
  }
}
