package io.lariat.cli.options;

import io.lariat.cli.words.CsvCell;
import io.lariat.cli.words.Failure;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The columns that {@code --keep} names. */
public final class KeepOption {
  @Option(names = "--keep", paramLabel = "COLUMN")
  private List<String> lists = List.of();

  private final String about;

  /** A command for which the columns are what {@code about} says. */
  public KeepOption(String about) {
    this.about = about;
  }

  @Spec
  void describe(CommandSpec mixin) {
    OptionSpec option = mixin.options().getFirst();
    mixin.remove(option);
    String description =
        "Columns that "
            + about
            + ", separated by commas; one whose name has a comma in quotes: '\"a, b\",c'.";
    mixin.addOption(OptionSpec.builder(option).description(description).build());
  }

  /** Whether any are named. */
  public boolean isGiven() {
    return !lists.isEmpty();
  }

  /** Adds the setting, if there is one. */
  public void describe(Map<String, Object> settings) {
    if (isGiven()) {
      settings.put("keep", text(names()));
    }
  }

  /**
   * Their names, each option a list separated by commas as a line of CSV is: a name that has a
   * comma or a quote is in quotes, and its quotes are doubled.
   *
   * @throws Failure if a quote is never closed
   */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    lists.forEach(list -> split(list, names));
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
  public void check(Dataset data) {
    try {
      data.schema().requireColumns(names());
    } catch (DataException e) {
      throw failure(data, e);
    }
  }

  /** What to say of names that are no input columns, as {@code e} says. */
  public Failure failure(Dataset data, DataException e) {
    List<String> keep = names();
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
