package io.lariat.select;

import io.lariat.data.Folds;
import io.lariat.train.Cancellation;
import io.lariat.train.Jobs;
import io.lariat.train.PartException;
import io.lariat.train.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stability selection by complementary pairs (Shah and Samworth 2013): the rows are halved at
 * random, classes evenly, and groups are selected on each half.
 */
final class Subsamples {
  /** Which input columns were selected, {@code [subsample][column]}. */
  private final boolean[][] selected;

  private final boolean[] kept;

  private Subsamples(boolean[][] selected, boolean[] kept) {
    this.selected = selected;
    this.kept = kept;
  }

  /**
   * Selects on both halves of {@code pairs} pairs.
   *
   * @param select which groups are selected on some rows
   * @param finished told after each half
   * @param parts keeps what was selected on each half, and has it of those that are done
   * @throws CancellationException if it was cancelled
   */
  static Subsamples of(
      SelectionData data,
      int pairs,
      long seed,
      int threads,
      Function<int[], boolean[]> select,
      Cancellation cancellation,
      Runnable finished,
      Parts parts) {
    List<int[]> halves = new ArrayList<>();
    for (int p = 0; p < pairs; p++) {
      Folds folds = Folds.of(data.source, 2, seed + p);
      halves.add(folds.validation(0));
      halves.add(folds.validation(1));
    }
    boolean[][] selected = new boolean[halves.size()][];
    List<Runnable> jobs = new ArrayList<>();
    for (int h = 0; h < selected.length; h++) {
      int half = h;
      jobs.add(
          () ->
              selected[half] =
                  kept(parts, "half-" + half, data, () -> select.apply(halves.get(half))));
    }
    new Jobs(threads, cancellation, finished).run(jobs);
    boolean[] kept = new boolean[data.groups()];
    for (int g = 0; g < kept.length; g++) {
      kept[data.column[g]] = data.kept[g];
    }
    return new Subsamples(selected, kept);
  }

  /** What is kept under {@code name}, or else is selected, and kept. */
  private static boolean[] kept(
      Parts parts, String name, SelectionData data, Supplier<boolean[]> select) {
    byte @Nullable [] found = parts.find(name);
    if (found == null) {
      boolean[] selected = select.get();
      byte[] flags = new byte[selected.length];
      for (int c = 0; c < flags.length; c++) {
        flags[c] = (byte) (selected[c] ? 1 : 0);
      }
      parts.keep(name, flags);
      return selected;
    }
    boolean[] selected = new boolean[data.source.schema().columns().size()];
    if (found.length != selected.length) {
      throw new PartException(name, "is of " + found.length + " columns, not " + selected.length);
    }
    for (int c = 0; c < found.length; c++) {
      selected[c] = found[c] != 0;
    }
    return selected;
  }

  /** The share of halves on which each input column was selected. */
  double[] frequencies() {
    int[] each = new int[kept.length];
    Arrays.setAll(each, c -> c);
    return frequencies(each);
  }

  /** The input columns that were selected on at least one half. */
  BitSet everSelected() {
    BitSet ever = new BitSet();
    for (boolean[] half : selected) {
      for (int c = 0; c < half.length; c++) {
        if (half[c]) {
          ever.set(c);
        }
      }
    }
    return ever;
  }

  /** The share of halves on which at least one column of each cluster was selected. */
  double[] frequencies(int[] clusterOf) {
    double[] frequencies = new double[Arrays.stream(clusterOf).max().orElse(-1) + 1];
    for (boolean[] half : selected) {
      boolean[] any = new boolean[frequencies.length];
      for (int c = 0; c < half.length; c++) {
        any[clusterOf[c]] |= half[c];
      }
      for (int k = 0; k < any.length; k++) {
        frequencies[k] += any[k] ? 1 : 0;
      }
    }
    for (int k = 0; k < frequencies.length; k++) {
      frequencies[k] /= selected.length;
    }
    return frequencies;
  }

  /**
   * The figures of the bound for {@code threshold}, of clusters without a kept column.
   *
   * @param clusterOf for each input column the number of its cluster
   */
  Stability stability(double threshold, int[] clusterOf) {
    double[] frequencies = frequencies(clusterOf);
    boolean[] isKept = new boolean[frequencies.length];
    for (int c = 0; c < kept.length; c++) {
      isKept[clusterOf[c]] |= kept[c];
    }
    int clusters = 0;
    int stable = 0;
    double sum = 0;
    for (int k = 0; k < frequencies.length; k++) {
      if (!isKept[k]) {
        clusters++;
        sum += frequencies[k];
        stable += Stability.isStable(frequencies[k], threshold) ? 1 : 0;
      }
    }
    return new Stability(selected.length, sum, threshold, clusters, stable);
  }
}
