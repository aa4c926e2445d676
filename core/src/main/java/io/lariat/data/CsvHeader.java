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

/** A CSV file's column names, all different and none empty. */
final class CsvHeader {
  private final String file;
  private final String place;
  private final List<String> firstLines;
  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * Checks the names.
   *
   * @param file the file's name as messages show it
   * @param line the header's line
   * @param firstLines what stands there, and in the next lines that are not blank
   */
  CsvHeader(String file, long line, List<String> firstLines, List<String> names) {
    this.file = file;
    this.place = file + " line " + line;
    this.firstLines = firstLines;
    this.names = List.copyOf(names);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw problem(
            List.of(),
            String.format(
                Locale.ROOT,
                "%s: column %d has no name; name it in the header or remove the column",
                place,
                i + 1));
      }
      Integer before = positions.putIfAbsent(name, i);
      if (before != null) {
        throw problem(
            List.of(),
            String.format(
                Locale.ROOT,
                "%s: columns %d and %d are both called %s; rename one of them",
                place,
                before + 1,
                i + 1,
                Excerpt.of(name)));
      }
    }
  }

  /**
   * What to throw where the header does not name columns as it should: the cause, if the line shows
   * one, else {@code message}.
   *
   * @param wanted the columns that it should name
   */
  DataException problem(Collection<String> wanted, String message) {
    @Nullable String cause = HeaderCause.of(firstLines, wanted);
    return new DataException(cause == null ? message : place + ": " + cause);
  }

  /** The file's name as messages show it. */
  String file() {
    return file;
  }

  /** The column names in the order of the file. */
  List<String> names() {
    return names;
  }

  /** The position of a column, or -1. */
  int find(String name) {
    return Objects.requireNonNullElse(positions.get(name), -1);
  }

  /** A place in the file as messages begin with it. */
  String at(long line, int column) {
    return file + " line " + line + ", column " + Excerpt.of(names.get(column));
  }

  /**
   * Checks that {@code text[from..to)}, a cell of {@code column}, has no control characters but
   * tabs and ends of lines: nobody sees them, and {@code red} would be two categories.
   */
  void requireNoControls(char[] cell, int from, int to, long line, int column) {
    for (int i = from; i < to; i++) {
      if (isControl(cell[i])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s: holds the control character U+%04X; remove it",
                at(line, column),
                (int) cell[i]));
      }
    }
  }

  /** Whether {@code c} is a control character that no text has. */
  static boolean isControl(char c) {
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
