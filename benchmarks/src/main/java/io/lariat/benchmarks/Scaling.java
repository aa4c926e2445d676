package io.lariat.benchmarks;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
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
 * beside the time of the arithmetic alone at the peak of as many threads at once, measured around
 * each case. One thread and all take turns, {@value #ROUNDS} of them with pauses, since a virtual
 * machine's processors are two cores at one moment and two threads of one core at another. Prints a
 * table and draws four plots:
 *
 * <pre>java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar \
 *     io.lariat.benchmarks.Scaling docs/images/scaling.png</pre>
 */
public final class Scaling {
  private static final double WARM_UP_SECONDS = 3;
  private static final double MEASURED_SECONDS = 2.5;
  private static final int ROUNDS = 5;
  private static final int PAUSE_MILLIS = 50;

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
   * @param floor the arithmetic alone, at the peak of as many threads at once
   */
  record Timing(int value, int threads, double median, double p10, double p90, double floor) {}

  /** Times epochs for about so many seconds a case, after warming up for so many. */
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
            List<Timing> atValue = time(axis.at(value), value, threadCounts);
            atValue.forEach(timing -> print(axis, timing));
            timings.addAll(atValue);
          }
          all.put(axis, timings);
        });
    return all;
  }

  private List<Timing> time(Size size, int value, int[] threadCounts) {
    List<Case> cases = new ArrayList<>();
    try {
      for (int threads : threadCounts) {
        Case added = new Case(size, threads);
        cases.add(added);
        added.warmUp(warmUp);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Case each : cases) {
          pause();
          each.measure(measured / ROUNDS);
        }
      }
      return cases.stream().map(each -> each.timing(value)).toList();
    } finally {
      cases.forEach(Case::close);
    }
  }

  /** Lets the processors fall idle, so that they may be placed anew. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
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

  /** Training at one size, on so many threads. */
  private static final class Case implements AutoCloseable {
    private final Size size;
    private final int threads;
    private final Backend backend;
    private final Network network;
    private final Dataset data;
    private final Trainer trainer;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> peaks = new ArrayList<>();
    private double last;

    Case(Size size, int threads) {
      this.size = size;
      this.threads = threads;
      backend = Backends.open("simd", new BackendOptions(threads));
      network = StudyData.network(size.features, size.width);
      data = StudyData.planted(size.rows, size.features);
      trainer = Trainer.on(backend).batchSize(size.batch).seed(1);
    }

    void warmUp(double forSeconds) {
      long start = System.nanoTime();
      do {
        last = trainer.epochs(2).fit(network, data).history().last().seconds();
      } while (System.nanoTime() - start < forSeconds * 1e9);
    }

    void measure(double forSeconds) {
      int epochs = (int) Math.clamp(forSeconds / last, 3, 1000);
      peaks.add(FmaPeak.measure(threads, 20));
      trainer
          .epochs(epochs)
          .fit(network, data)
          .history()
          .epochs()
          .forEach(epoch -> seconds.add(epoch.seconds()));
      peaks.add(FmaPeak.measure(threads, 20));
    }

    Timing timing(int value) {
      seconds.sort(null);
      peaks.sort(null);
      return new Timing(
          value,
          threads,
          seconds.get(seconds.size() / 2),
          seconds.get(seconds.size() / 10),
          seconds.get(seconds.size() * 9 / 10),
          size.flops() / peaks.get(peaks.size() / 2));
    }

    @Override
    public void close() {
      backend.close();
    }
  }
}
