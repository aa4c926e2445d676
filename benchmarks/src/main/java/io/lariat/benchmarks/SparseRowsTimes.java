package io.lariat.benchmarks;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import java.io.PrintStream;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How long a step on sparse rows takes: D features, a few of them in each row, D-H-64-1 with L1 on
 * the first layer, Adam, batch 128; an epoch by the number of its steps, with what its end costs,
 * when the thresholds of all weights are settled. Each case is first verified against the reference
 * backend, on fewer rows.
 *
 * <pre>java --add-modules jdk.incubator.vector -cp benchmarks/target/benchmarks.jar \
 *     io.lariat.benchmarks.SparseRowsTimes</pre>
 */
public final class SparseRowsTimes {
  private static final int BATCH = 128;
  private static final int VERIFIED_ROWS = 4 * BATCH;

  /** Epochs that come before those that count. */
  private static final int WARM_UP = 3;

  private final int rows;
  private final int epochs;
  private final PrintStream out;

  /**
   * A case.
   *
   * @param nonZeros features of a row that are not zero
   * @param width units of the first layer
   */
  record Size(int features, int nonZeros, int width) {}

  /** Trains on so many rows for so many epochs beyond the warm-up. */
  SparseRowsTimes(int rows, int epochs, PrintStream out) {
    this.rows = rows;
    this.epochs = epochs;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    new SparseRowsTimes(20_000, 9, System.out)
        .measure(new Size(1_000_000, 10, 16), new Size(20_000, 60, 128));
  }

  /** Every case, on one thread and on as many as there are processors. */
  void measure(Size... sizes) {
    int processors = Runtime.getRuntime().availableProcessors();
    int[] threadCounts = processors == 1 ? new int[] {1} : new int[] {1, processors};
    out.println("| features | non-zeros a row | width | threads | step, us | range of epochs |");
    out.println("|---|---|---|---|---|---|");
    for (Size size : sizes) {
      verify(size);
      Dataset data = planted(size, rows);
      for (int threads : threadCounts) {
        try (Backend backend = Backends.open("simd", new BackendOptions(threads))) {
          print(size, threads, fit(backend, size, data, WARM_UP + epochs));
        }
      }
    }
  }

  private void print(Size size, int threads, Training run) {
    double[] steps =
        run.history().epochs().stream()
            .skip(WARM_UP)
            .mapToDouble(epoch -> epoch.seconds() * 1e6 / Math.ceilDiv(rows, BATCH))
            .sorted()
            .toArray();
    out.printf(
        Locale.ROOT,
        "| %d | %d | %d | %d | %.0f | %.0f to %.0f |%n",
        size.features,
        size.nonZeros,
        size.width,
        threads,
        steps[steps.length / 2],
        steps[0],
        steps[steps.length - 1]);
  }

  private static void verify(Size size) {
    Dataset few = planted(size, VERIFIED_ROWS);
    try (Backend simd = Backends.open("simd");
        Backend reference = Backends.open("reference")) {
      double found = fit(simd, size, few, 1).history().last().loss();
      double expected = fit(reference, size, few, 1).history().last().loss();
      if (!(Math.abs(found - expected) < 1e-4 * expected)) {
        throw new AssertionError(size + ": loss after an epoch is " + found + ", not " + expected);
      }
    }
  }

  private static Training fit(Backend backend, Size size, Dataset data, int epochs) {
    Network network =
        Network.of(size.features)
            .dense(size.width, RELU, Penalty.l1(1e-4))
            .dense(64, RELU)
            .dense(1, SIGMOID);
    return Trainer.on(backend).epochs(epochs).batchSize(BATCH).seed(1).fit(network, data);
  }

  /** Two classes by whether a row has more odd features than even ones. */
  private static Dataset planted(Size size, int rows) {
    SplittableRandom random = new SplittableRandom(7);
    int[] starts = new int[rows + 1];
    int[] columns = new int[rows * size.nonZeros];
    float[] values = new float[columns.length];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      int from = i * size.nonZeros;
      starts[i + 1] = from + size.nonZeros;
      int low = 0;
      for (int k = 0; k < size.nonZeros; k++) {
        // one feature in each of as many equal parts, so that they ascend
        int part = size.features / size.nonZeros;
        columns[from + k] = k * part + random.nextInt(part);
        values[from + k] = 1;
        low += columns[from + k] % 2;
      }
      y[i] = 2 * low > size.nonZeros ? 1 : 0;
    }
    return Dataset.of(SparseRows.of(size.features, starts, columns, values), y, Task.BINARY);
  }
}
