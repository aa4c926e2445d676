package io.lariat.data;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A CSV file's column names, all different and none empty. */
final class CsvHeader {
  private final String file;
  private final List<String> names;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * Checks the names.
   *
   * @param file the file's name as messages show it
   * @param line the header's line
   */
  CsvHeader(String file, long line, List<String> names) {
    this.file = file;
    this.names = List.copyOf(names);
    if (names.size() == 1) {
      requireCommas(line, names.getFirst());
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s line %d: column %d has no name; name it in the header or remove the column",
                file,
                line,
                i + 1));
      }
      Integer before = positions.putIfAbsent(name, i);
      if (before != null) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s line %d: columns %d and %d are both called %s; rename one of them",
                file,
                line,
                before + 1,
                i + 1,
                Excerpt.of(name)));
      }
    }
  }

  private void requireCommas(long line, String only) {
    for (String[] separator :
        new String[][] {{";", "semicolons"}, {"\t", "tabs"}, {"|", "vertical bars"}}) {
      if (only.contains(separator[0])) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s line %d: the columns are separated by %s; save the file with commas (and with"
                    + " decimal points)",
                file,
                line,
                separator[1]));
      }
    }
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

  /** The position of the target. */
  int requireTarget(String target) {
    int at = find(target);
    if (at < 0) {
      throw new DataException(
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
