package io.lariat.benchmarks;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole training steps of the study's network, {@code features}-128-64-1 with L1 and Adam, batch
 * 128, through the public API: shuffled mini-batches are gathered inside the timed step, and an
 * epoch's share of shuffling and reading losses counts too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class StepBenchmark {
  private static final int BATCH = 128;
  private static final int ROWS = 64 * BATCH;
  private static final int EPOCHS = 8;
  private static final int STEPS = EPOCHS * ROWS / BATCH;

  /** Which backend. */
  @Param({"simd"})
  public String backend = "simd";

  /** How many threads. */
  @Param({"1", "2"})
  public int threads = 1;

  /** The network's inputs. */
  @Param({"30", "784"})
  public int features = 30;

  private Backend opened;
  private Network network;
  private Dataset data;

  /** Makes the data and verifies an epoch against the reference. */
  @Setup(Level.Trial)
  public void open() {
    opened = Backends.open(backend, new BackendOptions(threads));
    network =
        Network.of(features)
            .dense(128, RELU, l1(0.001))
            .dense(64, RELU, l1(0.001))
            .dense(1, SIGMOID);
    data = planted(ROWS);
    verify();
  }

  /** Two classes by the sign of a sum of the first features. */
  private Dataset planted(int rows) {
    SplittableRandom random = new SplittableRandom(7);
    float[] x = new float[rows * features];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      double sum = 0;
      for (int j = 0; j < features; j++) {
        x[i * features + j] = (float) random.nextGaussian();
        sum += j < 10 ? x[i * features + j] : 0;
      }
      y[i] = sum > 0 ? 1 : 0;
    }
    return Dataset.of(x, features, y, Task.BINARY);
  }

  private void verify() {
    Dataset few = planted(4 * BATCH);
    double found = fit(opened, few, 1).history().last().loss();
    try (Backend reference = Backends.open("reference")) {
      double expected = fit(reference, few, 1).history().last().loss();
      if (!(Math.abs(found - expected) < 1e-4 * expected)) {
        throw new AssertionError("loss after an epoch is " + found + ", not " + expected);
      }
    }
  }

  private Training fit(Backend on, Dataset rows, int epochs) {
    return Trainer.on(on).epochs(epochs).batchSize(BATCH).seed(1).fit(network, rows);
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }

  /** {@value #STEPS} steps. */
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public Training step(ShareOfPeak peak) {
    Training run = fit(opened, data, EPOCHS);
    peak.add(STEPS * flopsOfAStep());
    return run;
  }

  /** Forward and weight gradient of every layer, input gradient of all but the first. */
  private double flopsOfAStep() {
    double first = (double) features * 128;
    double rest = 128.0 * 64 + 64;
    return 2.0 * BATCH * (2 * first + 3 * rest);
  }
}
