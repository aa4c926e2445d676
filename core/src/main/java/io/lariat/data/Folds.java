package io.lariat.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A division of a data set's rows into folds for cross-validation: each row is in one fold, the
 * folds' sizes differ by at most one row, and of each class, too, by at most one. Drawn from a
 * seed.
 */
public final class Folds {
  private final int[] foldOf;
  private final int count;

  private Folds(int[] foldOf, int count) {
    this.foldOf = foldOf;
    this.count = count;
  }

  /**
   * Divides the rows of {@code data}.
   *
   * @param count how many folds, at least 2
   * @throws DataException if there are fewer than two rows for each fold, or a single one of a
   *     class, which some fold's training rows would lack
   */
  public static Folds of(Dataset data, int count, long seed) {
    if (count < 2) {
      throw new IllegalArgumentException("folds: expected at least 2, found " + count);
    }
    if (data.rows() < 2L * count) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d rows are too few for %d folds; use fewer folds or more rows",
              data.source(),
              data.rows(),
              count));
    }
    RandomGenerator random = new SplittableRandom(seed);
    int[] foldOf = new int[data.rows()];
    int next = 0;
    for (List<Integer> rows : byClass(data)) {
      Collections.shuffle(rows, random);
      for (int row : rows) {
        foldOf[row] = next++ % count; // goes on where the class before ended: even sizes
      }
    }
    return new Folds(foldOf, count);
  }

  private static List<List<Integer>> byClass(Dataset data) {
    int classes = Math.max(1, data.schema().target().classes().size());
    List<List<Integer>> rows = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      rows.add(new ArrayList<>());
    }
    for (int i = 0; i < data.rows(); i++) {
      rows.get(data.task() == Task.REGRESSION ? 0 : (int) data.target(i)).add(i);
    }
    for (int c = 0; c < classes && data.task() != Task.REGRESSION; c++) {
      if (rows.get(c).size() == 1) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: class %s has 1 row, which cannot be trained on and validated; remove it or add"
                    + " rows of its class",
                data.source(),
                data.schema().target().classes().get(c)));
      }
    }
    return rows;
  }

  /** The number of folds. */
  public int count() {
    return count;
  }

  /** The rows of fold {@code fold}, ascending. */
  public int[] validation(int fold) {
    return select(fold, true);
  }

  /** The rows of all other folds, ascending. */
  public int[] training(int fold) {
    return select(fold, false);
  }

  private int[] select(int fold, boolean inside) {
    int[] rows = new int[foldOf.length];
    int n = 0;
    for (int i = 0; i < foldOf.length; i++) {
      if (foldOf[i] == fold == inside) {
        rows[n++] = i;
      }
    }
    return Arrays.copyOf(rows, n);
  }
}
