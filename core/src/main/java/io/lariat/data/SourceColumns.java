package io.lariat.data;

import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NearNames;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A source's columns: their names are all different and none is empty. */
final class SourceColumns {
  private final String file;
  private final SourcePlace place;
  private final List<SourceColumn> columns;
  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * Checks the names.
   *
   * @param file what messages call the source
   */
  SourceColumns(String file, List<SourceColumn> columns, SourcePlace place) {
    this.file = file;
    this.place = place;
    this.columns = List.copyOf(columns);
    names = columns.stream().map(SourceColumn::name).toList();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw problem(
            List.of(),
            String.format(
                Locale.ROOT,
                "%s: column %d has no name; name it in the header or remove the column",
                place.now(),
                i + 1));
      }
      Integer before = positions.putIfAbsent(name, i);
      if (before != null) {
        throw problem(
            List.of(),
            String.format(
                Locale.ROOT,
                "%s: columns %d and %d are both called %s; rename one of them",
                place.now(),
                before + 1,
                i + 1,
                Excerpt.of(name)));
      }
    }
  }

  /**
   * What to throw where the columns are not named as they should be: the cause, if the source sees
   * one, else {@code message}.
   *
   * @param wanted the columns that should be there
   */
  DataException problem(Collection<String> wanted, String message) {
    @Nullable String cause = place.misnamed(wanted);
    return new DataException(cause == null ? message : place.now() + ": " + cause);
  }

  /** What messages call the source. */
  String file() {
    return file;
  }

  /** The columns' names in their order. */
  List<String> names() {
    return names;
  }

  /** The position of a column, or -1. */
  int find(String name) {
    return Objects.requireNonNullElse(positions.get(name), -1);
  }

  /** What is in a column's cells. */
  SourceColumn.Cells cells(int column) {
    return columns.get(column).cells();
  }

  /** Where the source is, as messages begin with it. */
  String place() {
    return place.now();
  }

  /** The same, in {@code column}. */
  String at(int column) {
    return place.now() + ", column " + Excerpt.of(names.get(column));
  }

  /** What to throw where there is nothing in a cell of {@code column}. */
  DataException empty(int column) {
    return new DataException(at(column) + ": the cell is empty; fill it in or remove the row");
  }

  /** What to throw where a row comes that has no room any more. */
  DataException tooManyRows() {
    return new DataException(
        place.now() + ": is one row more than " + Integer.MAX_VALUE + "; take fewer rows");
  }

  /** Checks that a number in {@code column} is finite. */
  void requireFinite(double number, int column) {
    if (!Double.isFinite(number)) {
      throw new DataException(
          at(column) + ": is " + number + ", which is not finite; fill it in or remove the row");
    }
  }

  /** As {@link #requireNoControls}, of its first and its last character. */
  void requireNoControlsAround(char[] cell, int from, int to, int column) {
    if (isControl(cell[from]) || isControl(cell[to - 1])) {
      requireNoControls(cell, from, to, column);
    }
  }

  /**
   * Checks that {@code text[from..to)}, a cell of {@code column}, has no control characters but
   * tabs and ends of lines: nobody sees them, and {@code red} would be two categories.
   */
  void requireNoControls(char[] cell, int from, int to, int column) {
    for (int i = from; i < to; i++) {
      if (isControl(cell[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: holds the control character U+%04X; remove it",
                at(column),
                (int) cell[i]));
      }
    }
  }

  private static boolean isControl(char c) {
    return Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
  }

  /** The position of the target. */
  int requireTarget(String target) {
    int at = find(target);
    if (at < 0) {
      throw problem(
          List.of(target),
          String.format(
              Locale.ROOT,
              "%s: no column %s for the target; %s",
              file,
              Excerpt.of(target),
              NearNames.remedy(target, names, "the file")));
    }
    if (names.size() == 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: no column besides the target %s; add columns to predict it from",
              file,
              Excerpt.of(target)));
    }
    return at;
  }
}
