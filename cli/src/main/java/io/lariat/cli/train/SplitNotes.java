package io.lariat.cli.train;

import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes on what the split of the rows, last ones for validation, does to the figures. */
final class SplitNotes {
  private static final int MOST_NAMED = 5;

  private SplitNotes() {}

  /**
   * A line for each thing to know; empty where all is well.
   *
   * @param other rows of another file that validate; null: those behind the training rows do
   */
  static List<String> of(Dataset data, int trainingRows, @Nullable Dataset other) {
    int rows = data.rows();
    if (trainingRows == rows && other == null) {
      return List.of("no validation rows: whether the network generalises is not measured");
    }
    if (data.hasOneTarget(rows)) {
      return List.of(oneTarget(data));
    }
    if (other == null && isSorted(data)) {
      return List.of(
          "the rows are sorted by the target, so the validation rows differ from the training rows;"
              + " shuffle the rows of the file");
    }
    List<String> notes = new ArrayList<>();
    if (!data.task().isNumber()) {
      noteMissing(notes, data, 0, trainingRows, "training");
      if (other == null) {
        noteMissing(notes, data, trainingRows, rows, "validation");
      } else {
        noteMissing(notes, other, 0, other.rows(), "validation");
      }
    }
    return notes;
  }

  /** Rows that go on with a model may be of one class; a training from nothing refuses them. */
  private static String oneTarget(Dataset data) {
    List<String> classes = data.schema().target().classes();
    return classes.isEmpty()
        ? "the target is the same in every row, so the figures say nothing of other values; add"
            + " rows that have some"
        : Text.of(
            "every row is of class %s, so the figures say nothing of other classes; add rows of"
                + " these",
            classes.get((int) data.target(0)));
  }

  private static boolean isSorted(Dataset data) {
    boolean rising = true;
    boolean falling = true;
    for (int i = 1; i < data.rows() && (rising || falling); i++) {
      rising &= data.target(i) >= data.target(i - 1);
      falling &= data.target(i) <= data.target(i - 1);
    }
    return rising || falling;
  }

  private static void noteMissing(
      List<String> notes, Dataset data, int from, int to, String which) {
    List<String> classes = data.schema().target().classes();
    BitSet found = new BitSet();
    for (int i = from; i < to; i++) {
      found.set((int) data.target(i));
    }
    List<String> missing = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      if (!found.get(c)) {
        missing.add(classes.get(c));
      }
    }
    if (!missing.isEmpty()) {
      notes.add(
          Text.of(
              "no %s row is of class %s; if the file is sorted, shuffle its rows",
              which, Text.first(missing, MOST_NAMED)));
    }
  }
}
