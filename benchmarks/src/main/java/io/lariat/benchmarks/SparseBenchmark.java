package io.lariat.benchmarks;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Predictor;
import io.lariat.model.Weights;
import java.util.List;
import java.util.Map;
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
 * Prediction by 784 - 128 relu - 64 relu - 1, part of its first layer's weights zero, one thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class SparseBenchmark {
  private static final int FEATURES = 784;

  /** The share of the first layer's weights that is zero, in per cent. */
  @Param({"0", "50", "70", "80", "90", "99"})
  public int zeros;

  /** How the zeros lie: anywhere, or so that nine of ten inputs have no weight. */
  @Param({"scattered"})
  public String where = "scattered";

  /** Rows at a time. */
  @Param({"1", "128", "1024"})
  public int batch;

  private Backend backend;
  private Predictor predictor;
  private float[] rows;
  private float[] out;

  /** Makes the network and verifies its predictions. */
  @Setup(Level.Trial)
  public void open() {
    Network network =
        Network.of(FEATURES)
            .dense(128, Activation.RELU)
            .dense(64, Activation.RELU)
            .dense(1, Activation.SIGMOID);
    ParameterLayout layout = new ParameterLayout(network);
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[layout.size()];
    Weights.initial(network, random).copyTo(values);
    for (int e = 0; e < layout.kernelSize(0); e++) {
      boolean dead = where.equals("inputs") && e / 128 % 10 != 0;
      double share =
          where.equals("inputs") ? Math.max(0, 1 - 10 * (1 - zeros / 100.0)) : zeros / 100.0;
      values[e] = dead || random.nextDouble() < share ? 0 : values[e];
    }
    Model model =
        new Model(
            network,
            Weights.copyOf(layout, values),
            Schema.unnamed(FEATURES, new Target("y", Task.BINARY, List.of("0", "1"))),
            null,
            null,
            Map.of());
    backend = Backends.open("simd", new BackendOptions(1));
    predictor = Predictor.of(model, backend);
    rows = new float[batch * FEATURES];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    out = new float[batch];
    verify(model);
  }

  private void verify(Model model) {
    predictor.predict(rows, batch, out);
    float[] expected = new float[batch];
    model.predict(rows, batch, expected);
    for (int i = 0; i < batch; i++) {
      if (!(Math.abs(out[i] - expected[i]) <= 1e-5)) {
        throw new AssertionError("row " + i + ": " + out[i] + ", not " + expected[i]);
      }
    }
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() {
    predictor.close();
    backend.close();
  }

  /** One batch. */
  @Benchmark
  public float[] predict() {
    predictor.predict(rows, batch, out);
    return out;
  }
}
