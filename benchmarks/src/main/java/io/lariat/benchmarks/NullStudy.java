package io.lariat.benchmarks;

import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.select.FeatureScore;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often something is selected where nothing matters: {@link NullTable}, seeds from 1 on. The
 * promise is the level.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.lariat.benchmarks.NullStudy \
 *     [draws [level [hidden [KIND...]]]]</pre>
 */
public final class NullStudy {
  private final int draws;
  private final double level;
  private final int hidden;
  private final PrintStream out;

  /** Selects from so many tables of each kind. */
  NullStudy(int draws, double level, int hidden, PrintStream out) {
    this.draws = draws;
    this.level = level;
    this.hidden = hidden;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    int draws = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    double level = args.length > 1 ? Double.parseDouble(args[1]) : 0.01;
    int hidden = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    NullTable[] kinds =
        args.length > 3
            ? Arrays.stream(args).skip(3).map(NullTable::valueOf).toArray(NullTable[]::new)
            : NullTable.values();
    new NullStudy(draws, level, hidden, System.out).measure(kinds);
  }

  /** Selects from tables of each of {@code kinds}. */
  void measure(NullTable... kinds) {
    out.printf(
        Locale.ROOT,
        "| columns and target | rows | something selected at %s, of %d |%n",
        level,
        draws);
    out.println("|---|---|---|");
    int all = 0;
    for (NullTable kind : kinds) {
      int selections = 0;
      for (int seed = 1; seed <= draws; seed++) {
        selections += selected(kind, seed).isEmpty() ? 0 : 1;
      }
      all += selections;
      out.printf(Locale.ROOT, "| %s | %d | %d |%n", kind.description, kind.rows, selections);
    }
    out.printf(
        Locale.ROOT,
        "| all | | %d of %d: %.4f |%n",
        all,
        draws * kinds.length,
        (double) all / draws / kinds.length);
  }

  private List<FeatureScore> selected(NullTable kind, long seed) {
    Selection selection =
        FeatureSelector.create().level(level).hidden(hidden).seed(seed).fit(read(kind, seed));
    return selection.selected();
  }

  private static Dataset read(NullTable kind, long seed) {
    try {
      Path file = Files.createTempFile("null-table", ".csv");
      try {
        return Csv.read(Files.writeString(file, kind.csv(seed)), "y", kind.task());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
