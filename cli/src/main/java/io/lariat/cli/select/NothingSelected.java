package io.lariat.cli.select;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.Schema;
import io.lariat.select.Selection;

/** What to say where no column is selected: what was found, what could have been, what to try. */
final class NothingSelected {
  private NothingSelected() {}

  /**
   * The sentence.
   *
   * @param isLinear whether the model had no hidden layer
   */
  static String text(Selection selection, Schema schema, int rows, double level, boolean isLinear) {
    int columns = selection.features().size();
    return Text.of(
        "none of %s: at level %s this model tells none from chance, which is not that none matters;"
            + " %s; %s",
        Figures.count(columns, "column"),
        level,
        couldBeTold(selection.detectable(), schema.target().name(), rows),
        remedy(columns, rows, isLinear));
  }

  private static String couldBeTold(double correlation, String target, int rows) {
    return correlation >= 0.9995
        ? Text.of(
            "with %s and so many columns hardly any column could be told by itself",
            Figures.count(rows, "row"))
        : Text.of(
            "of columns that explain %.1f %% of '%s' by themselves (a correlation of %.2f) nine in"
                + " ten would be told from %s, of weaker ones fewer",
            100 * correlation * correlation, target, correlation, Figures.count(rows, "row"));
  }

  private static String remedy(int columns, int rows, boolean isLinear) {
    String fewer =
        columns > rows / 2 ? " or fewer columns, chosen without a look at the target," : "";
    return (isLinear ? "--hidden 20 sees bends and products too, " : "")
        + "more rows"
        + fewer
        + " show weaker effects";
  }
}
