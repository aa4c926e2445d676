package io.lariat.benchmarks;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.train.Epoch;
import io.lariat.train.Trainer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How the time of an epoch grows with rows, features, width and batch, on one thread and on all,
 * beside the time of the arithmetic alone at the peak measured around each case. Prints a table and
 * draws four plots:
 *
 * <pre>java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar \
 *     io.lariat.benchmarks.Scaling docs/images/scaling.png</pre>
 */
public final class Scaling {
  private static final double WARM_UP_SECONDS = 3;
  private static final double MEASURED_SECONDS = 1.5;

  private final double warmUp;
  private final double measured;
  private final PrintStream out;

  /** What varies; the rest is {@link Size#USUAL}. */
  enum Axis {
    ROWS,
    FEATURES,
    WIDTH,
    BATCH;

    /** The usual size, but for this. */
    Size at(int value) {
      Size usual = Size.USUAL;
      return switch (this) {
        case ROWS -> new Size(value, usual.features, usual.width, usual.batch);
        case FEATURES -> new Size(usual.rows, value, usual.width, usual.batch);
        case WIDTH -> new Size(usual.rows, usual.features, value, usual.batch);
        case BATCH -> new Size(usual.rows, usual.features, usual.width, value);
      };
    }
  }

  /** The size of a training: its rows, the network's features and first width, and the batch. */
  record Size(int rows, int features, int width, int batch) {
    static final Size USUAL = new Size(8192, 100, 128, 128);

    double flops() {
      return StudyData.flops(rows, features, width);
    }
  }

  /**
   * What was measured: seconds of an epoch.
   *
   * @param floor the arithmetic alone, at the peak of as many cores as threads
   */
  record Timing(int value, int threads, double median, double p10, double p90, double floor) {}

  /** Times epochs for about so many seconds, after warming up for so many. */
  Scaling(double warmUp, double measured, PrintStream out) {
    this.warmUp = warmUp;
    this.measured = measured;
    this.out = out;
  }

  /** Measures, prints, and draws into the file that is named. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("Name the picture to write, such as docs/images/scaling.png.");
      System.exit(2);
    }
    Map<Axis, int[]> values = new EnumMap<>(Axis.class);
    values.put(Axis.ROWS, new int[] {1024, 4096, 16384, 65536});
    values.put(Axis.FEATURES, new int[] {10, 30, 100, 300, 1000, 3000, 10000});
    values.put(Axis.WIDTH, new int[] {16, 32, 64, 128, 256, 512, 1024});
    values.put(Axis.BATCH, new int[] {16, 64, 256, 1024, 4096});
    Scaling scaling = new Scaling(WARM_UP_SECONDS, MEASURED_SECONDS, System.out);
    ScalingPlots.write(scaling.measure(values), Path.of(args[0]));
  }

  /** Every value of every axis, on one thread and on as many as there are processors. */
  Map<Axis, List<Timing>> measure(Map<Axis, int[]> values) {
    int processors = Runtime.getRuntime().availableProcessors();
    int[] threadCounts = processors == 1 ? new int[] {1} : new int[] {1, processors};
    out.println("| varies | value | threads | epoch, ms | p10 to p90 | floor, ms | x floor |");
    out.println("|---|---|---|---|---|---|---|");
    Map<Axis, List<Timing>> all = new EnumMap<>(Axis.class);
    values.forEach(
        (axis, along) -> {
          List<Timing> timings = new ArrayList<>();
          for (int value : along) {
            for (int threads : threadCounts) {
              Timing timing = time(axis.at(value), value, threads);
              timings.add(timing);
              print(axis, timing);
            }
          }
          all.put(axis, timings);
        });
    return all;
  }

  private Timing time(Size size, int value, int threads) {
    try (Backend backend = Backends.open("simd", new BackendOptions(threads))) {
      var data = StudyData.planted(size.rows, size.features);
      var network = StudyData.network(size.features, size.width);
      Trainer trainer = Trainer.on(backend).batchSize(size.batch).seed(1);
      double last = 0;
      long start = System.nanoTime();
      do {
        last = trainer.epochs(2).fit(network, data).history().last().seconds();
      } while (System.nanoTime() - start < warmUp * 1e9);
      int epochs = (int) Math.clamp(measured / last, 5, 1000);
      double peak = FmaPeak.measure(30);
      List<Epoch> run = trainer.epochs(epochs).fit(network, data).history().epochs();
      peak = (peak + FmaPeak.measure(30)) / 2;
      double[] seconds = run.stream().mapToDouble(Epoch::seconds).sorted().toArray();
      return new Timing(
          value,
          threads,
          seconds[epochs / 2],
          seconds[epochs / 10],
          seconds[epochs * 9 / 10],
          size.flops() / peak / threads);
    }
  }

  private void print(Axis axis, Timing t) {
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.3g | %.3g to %.3g | %.3g | %.2f |%n",
        axis.name().toLowerCase(Locale.ROOT),
        t.value,
        t.threads,
        t.median * 1e3,
        t.p10 * 1e3,
        t.p90 * 1e3,
        t.floor * 1e3,
        t.median / t.floor);
  }
}
