package io.lariat.benchmarks;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
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
 * epoch's share of shuffling and reading losses counts too. Three processes, because where a
 * virtual machine's processors lie may differ for each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 3,
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
    network = StudyData.network(features, 128);
    data = StudyData.planted(ROWS, features);
    verify();
  }

  private void verify() {
    Dataset few = StudyData.planted(4 * BATCH, features);
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
    peak.add(StudyData.flops((long) EPOCHS * ROWS, features, 128));
    return run;
  }
}
