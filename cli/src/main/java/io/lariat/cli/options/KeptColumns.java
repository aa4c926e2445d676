package io.lariat.cli.options;

import io.lariat.cli.words.CsvCell;
import io.lariat.cli.words.Failure;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import java.util.ArrayList;
import java.util.List;

/** The columns that {@code --keep} names. */
public final class KeptColumns {
  private KeptColumns() {}

  /**
   * The names in {@code given}, each a list separated by commas as a line of CSV is: a name that
   * has a comma or a quote is in quotes, and its quotes are doubled.
   */
  public static List<String> names(List<String> given) {
    List<String> names = new ArrayList<>();
    given.forEach(list -> split(list, names));
    return names;
  }

  private static void split(String list, List<String> names) {
    StringBuilder name = new StringBuilder();
    boolean isQuoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      boolean isDoubled = isQuoted && c == '"' && list.startsWith("\"\"", i);
      if (isDoubled) {
        i++;
        name.append(c);
      } else if (c == '"' && (isQuoted || name.isEmpty())) {
        isQuoted = !isQuoted;
      } else if (c == ',' && !isQuoted) {
        names.add(name.toString());
        name.setLength(0);
      } else {
        name.append(c);
      }
    }
    if (isQuoted) {
      throw Failure.usage("--keep " + list + ": a quote is never closed; add it");
    }
    names.add(name.toString());
  }

  /** As {@link #names} reads them. */
  public static String text(List<String> names) {
    return String.join(",", names.stream().map(CsvCell::of).toList());
  }

  /**
   * Checks that they are input columns.
   *
   * @throws Failure if one is not, saying which may have been meant
   */
  public static void check(List<String> keep, Dataset data) {
    try {
      data.schema().requireColumns(keep);
    } catch (DataException e) {
      throw failure(keep, data, e);
    }
  }

  /** What to say of names that are no input columns, as {@code e} says. */
  public static Failure failure(List<String> keep, Dataset data, DataException e) {
    List<String> withCommas =
        data.schema().columns().stream()
            .map(column -> column.name())
            .filter(name -> name.contains(",") && !keep.contains(name))
            .filter(name -> keep.contains(name.substring(0, name.indexOf(','))))
            .toList();
    return Failure.usage(
        "--keep: "
            + data.source()
            + ": "
            + e.getMessage()
            + (withCommas.isEmpty()
                ? ""
                : "; put a name with a comma in quotes: --keep '"
                    + CsvCell.of(withCommas.getFirst())
                    + "'"));
  }
}
