package io.lariat.benchmarks;

import io.lariat.data.Dataset;
import io.lariat.select.FeatureScore;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Precision and recall of selection where the columns that matter are known and far outnumbered:
 * {@link WideOrXor}, seeds from 1 on.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.lariat.benchmarks.SelectionTruth 5 [FOLDER]
 * python3 benchmarks/peers/src/main/python/selection_truth.py FOLDER/*.csv</pre>
 *
 * <p>With a folder the data are written there, for random forests and Boruta's rule on them.
 */
public final class SelectionTruth {
  private final int runs;
  private final PrintStream out;

  /** Measures so many draws of each kind. */
  SelectionTruth(int runs, PrintStream out) {
    this.runs = runs;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    SelectionTruth truth = new SelectionTruth(runs, System.out);
    if (args.length > 1) {
      truth.write(Path.of(args[1]));
    }
    truth.measure(WideOrXor.values());
  }

  /** Selects on each. */
  void measure(WideOrXor... kinds) {
    out.println("| data | seed | selected | precision | recall | s |");
    out.println("|---|---|---|---|---|---|");
    for (WideOrXor kind : kinds) {
      for (int seed = 1; seed <= runs; seed++) {
        Dataset data = kind.draw(seed);
        long start = System.nanoTime();
        Selection selection = FeatureSelector.create().seed(seed).fit(data);
        double seconds = (System.nanoTime() - start) * 1e-9;
        int selected = selection.selected().size();
        double right =
            selection.selected().stream()
                .mapToInt(FeatureScore::index)
                .filter(j -> j < kind.relevant)
                .count();
        out.printf(
            Locale.ROOT,
            "| %s | %d | %d | %s | %.2f | %.1f |%n",
            kind.name().toLowerCase(Locale.ROOT),
            seed,
            selected,
            selected == 0 ? "-" : String.format(Locale.ROOT, "%.2f", right / selected),
            right / kind.relevant,
            seconds);
      }
    }
  }

  /** Writes {@code KIND-RELEVANT-SEED.csv} for each, the target last. */
  private void write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (WideOrXor kind : WideOrXor.values()) {
        for (int seed = 1; seed <= runs; seed++) {
          String name = kind.name().toLowerCase(Locale.ROOT) + "-" + kind.relevant + "-" + seed;
          try (Writer csv = Files.newBufferedWriter(folder.resolve(name + ".csv"))) {
            write(kind.draw(seed), csv);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Dataset data, Writer csv) throws IOException {
    csv.write(String.join(",", data.schema().featureNames()) + ",y\n");
    for (int i = 0; i < data.rows(); i++) {
      for (int j = 0; j < data.features(); j++) {
        csv.write(data.feature(i, j) + ",");
      }
      csv.write(data.target(i) + "\n");
    }
  }
}
