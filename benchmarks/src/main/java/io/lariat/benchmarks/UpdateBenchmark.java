package io.lariat.benchmarks;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.RowGroups;
import io.lariat.backend.UpdateRule;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * A step of Adam with an L1 penalty and the penalty's own value, one thread, as a share of what its
 * memory traffic alone takes: {@link SevenStreams}, measured in the same process right before and
 * after each iteration.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class UpdateBenchmark {

  /** Which backend. */
  @Param({"simd"})
  public String backend = "simd";

  /** How many weights: in the second-level cache, in the third, in memory. */
  @Param({"12288", "108544", "1310720", "16777216"})
  public int weights;

  /**
   * How many weights share a group, as the rows of a kernel whose inputs are penalised one by one;
   * 0 for L1 without groups.
   */
  @Param({"0"})
  public int group;

  /** How the penalty enters the step. */
  @Param({"PROXIMAL", "SUBGRADIENT"})
  public PenaltyMethod method = PenaltyMethod.PROXIMAL;

  private final Shares shares = new Shares();
  private Backend opened;
  private Step step;
  private SevenStreams streams;
  private double bound;
  private long steps;
  private long start;

  /** The matrices of a step on a backend. */
  private record Step(
      Backend backend,
      PenaltyMethod method,
      @Nullable RowGroups groups,
      Matrix w,
      Matrix g,
      Matrix s,
      Matrix ab,
      Matrix sum) {
    private static final UpdateRule ADAM = new UpdateRule.Adam(0.9, 0.999, 1e-7);
    private static final Penalty L1 = Penalty.l1(1e-5);
    private static final Penalty GROUP = Penalty.group(1e-5);

    static Step on(Backend backend, PenaltyMethod method, int weights, int group) {
      int cols = group == 0 ? weights : group;
      Matrix w = Matrix.of("weights", backend.allocate(weights), weights / cols, cols);
      Matrix g = Matrix.of("gradient", backend.allocate(weights), weights / cols, cols);
      Matrix s = Matrix.of("states", backend.allocate(2L * weights), 2, weights);
      Matrix ab = Matrix.of("rates", backend.allocate(UpdateRule.RATES), 1, UpdateRule.RATES);
      Matrix sum = Matrix.of("penalty", backend.allocate(1), 1, 1);
      SplittableRandom random = new SplittableRandom(1);
      float[] values = new float[weights];
      for (int i = 0; i < weights; i++) {
        values[i] = (float) random.nextDouble(-0.1, 0.1);
      }
      backend.write(values, 0, w);
      for (int i = 0; i < weights; i++) {
        values[i] = (float) random.nextDouble(-0.01, 0.01);
      }
      backend.write(values, 0, g);
      double[] rates = ADAM.rates(1e-3, 1);
      backend.write(new float[] {(float) rates[0], (float) rates[1], 1, 1, 0, 0, 0}, 0, ab);
      RowGroups groups = group == 0 ? null : single(backend, w.rows());
      return new Step(backend, method, groups, w, g, s, ab, sum);
    }

    private static RowGroups single(Backend backend, int rows) {
      int[] starts = new int[rows + 1];
      Arrays.setAll(starts, i -> i);
      float[] ones = new float[rows];
      Arrays.fill(ones, 1);
      Indices indices = backend.allocateIndices(rows + 1);
      backend.write(starts, 0, indices);
      Matrix factors = Matrix.of("factors", backend.allocate(rows), rows, 1);
      backend.write(ones, 0, factors);
      return new RowGroups(indices, factors, rows);
    }

    void run() {
      if (groups == null) {
        backend.penaltyAndUpdate(ADAM, L1, method, w, g, s, ab, sum);
      } else {
        backend.penalty(GROUP, groups, ab, w, sum);
        backend.update(ADAM, GROUP, method, groups, w, g, s, ab);
      }
    }

    float[] read(Matrix matrix) {
      float[] values = new float[(int) matrix.size()];
      backend.read(matrix, values, 0);
      return values;
    }
  }

  /** Makes everything and verifies a step. */
  @Setup(Level.Trial)
  public void open() {
    opened = Backends.open(backend, new BackendOptions(1));
    step = Step.on(opened, method, weights, group);
    streams = new SevenStreams(weights);
    verify();
  }

  /** Weights, states and penalty after a step against the reference backend's. */
  private void verify() {
    try (Backend reference = Backends.open("reference")) {
      Step expected = Step.on(reference, method, weights, group);
      expected.run();
      step.run();
      compare("weight", step.read(step.w), expected.read(expected.w));
      compare("state", step.read(step.s), expected.read(expected.s));
      compare("penalty", step.read(step.sum), expected.read(expected.sum));
    }
  }

  private static void compare(String what, float[] found, float[] expected) {
    for (int i = 0; i < found.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= 1e-6 * (Math.abs(expected[i]) + 1e-3))) {
        throw new AssertionError(what + " " + i + ": " + found[i] + ", not " + expected[i]);
      }
    }
  }

  /** Measures the bound, then starts the clock. */
  @Setup(Level.Iteration)
  public void measureStreams() {
    bound = streams.measure() / 1e9;
    steps = 0;
    start = System.nanoTime();
  }

  /** One step over all weights. */
  @Benchmark
  public void step() {
    step.run();
    steps++;
  }

  /** Takes the iteration's rate, unless it warmed up. */
  @TearDown(Level.Iteration)
  public void stop(IterationParams iteration) {
    double rate =
        (double) SevenStreams.BYTES_PER_WEIGHT * weights * steps / (System.nanoTime() - start);
    bound = (bound + streams.measure() / 1e9) / 2;
    if (iteration.getType() == IterationType.MEASUREMENT) {
      shares.add(rate, bound);
    }
  }

  /** Prints the shares and frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    shares.print("GB/s", "the same traffic without arithmetic");
    streams.close();
    opened.close();
  }
}
