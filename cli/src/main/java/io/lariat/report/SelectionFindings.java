package io.lariat.report;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.Target;
import io.lariat.model.Heads;
import io.lariat.select.FeatureScore;
import io.lariat.select.Selection;
import io.lariat.select.Stability;
import java.util.ArrayList;
import java.util.List;

/** The sentences and key figures of a selection's report, whichever way it turned out. */
final class SelectionFindings {
  private static final int MOST_NAMED = 5;

  private final SelectionStudy study;
  private final Selection selection;
  private final Target target;

  SelectionFindings(SelectionStudy study) {
    this.study = study;
    selection = study.selection();
    target = study.schema().target();
  }

  /** What was selected from what, and how. */
  String lede() {
    int all = selection.features().size();
    int count = selection.selected().size();
    String found =
        count == 0
            ? Text.of(
                "None of %s is selected: at level %s this model tells none from chance, which is"
                    + " not that none matters. %s",
                Figures.count(all, "column"), Figures.setting(study.level()), couldBeTold())
            : Text.of(
                "%s of %s %s selected.",
                Figures.count(count), Figures.count(all, "column"), count == 1 ? "is" : "are");
    return Text.of(
        "Which columns of %s (%s) matter to predict %s? %s λ needs no validation rows: had no"
            + " column anything to do with the target, something would be selected with a"
            + " probability of about %s.",
        study.dataName(),
        Figures.count(study.rows(), "row"),
        Heads.of(target.task()).describe(target),
        found,
        Figures.share(study.level()));
  }

  private String couldBeTold() {
    double correlation = selection.detectable();
    return correlation >= 0.9995
        ? "With so few rows hardly any column could be told by itself."
        : Text.of(
            "Of columns that explain %s of the target by themselves (a correlation of %s) nine in"
                + " ten would be told from so many rows, of weaker ones fewer.",
            Figures.share(correlation * correlation), Figures.digits(correlation, 2));
  }

  List<Tile> tiles() {
    List<Tile> tiles = new ArrayList<>();
    List<FeatureScore> selected = selection.selected();
    List<String> names = selected.stream().map(f -> FeatureData.cut(f.name())).toList();
    tiles.add(
        new Tile(
            "Selected",
            Text.of(
                "%s of %s",
                Figures.count(selected.size()), Figures.count(selection.features().size())),
            names.isEmpty() ? List.of("no column") : List.of(Text.some(names, MOST_NAMED))));
    tiles.add(
        new Tile(
            "λ",
            Figures.digits(selection.lambda()),
            List.of("quantile universal threshold", "level " + Figures.setting(study.level()))));
    Stability stability = selection.stability();
    if (stability == null) {
      tiles.add(new Tile("Stable", "–", List.of("no subsamples were asked for")));
      return tiles;
    }
    tiles.add(
        new Tile(
            "Stable",
            Figures.count(stability.stable()),
            List.of(
                Text.of(
                    "chosen in at least %s of %s subsamples%s",
                    Figures.share(stability.threshold()),
                    Figures.count(stability.subsamples()),
                    selection.clusters().isEmpty() ? "" : ", stand-ins counted as one"))));
    tiles.add(
        new Tile(
            "Expected by chance, at most",
            stability.isInformative() ? Figures.digits(stability.expectedFalse(), 2) : "–",
            List.of(
                stability.isInformative()
                    ? "of the stable ones, by the bound of stability selection"
                    : "the bound says nothing here")));
    return tiles;
  }

  String aboutSelected() {
    String unit =
        "the mean "
            + Heads.of(target.task()).rowLossName()
            + (target.task().isNumber() ? ", as a share of the target’s variance," : "");
    return "Importance is how much "
        + unit
        + " of the refitted network rises when the column’s values are permuted among the rows it"
        + " was fitted on. A one-hot encoded column is one feature."
        + (selection.features().stream().anyMatch(f -> f.sign() != 0)
            ? " The sign is that of the linear model’s coefficient."
            : "");
  }

  String aboutPath() {
    String kept =
        selection.features().stream().anyMatch(FeatureScore::kept)
            ? " Columns that were kept by name are never dropped."
            : "";
    return "The norm of each column’s weights in the first kernel while λ rises, with standardised"
        + " features. A line that reaches 0 has left; the columns that are there at the threshold"
        + " are selected. Beyond it λ rises on only to see when they leave."
        + kept;
  }

  String aboutStability() {
    Stability stability = selection.stability();
    return stability == null
        ? ""
        : Text.of(
            "The rows are halved at random %s times and columns are selected on each half anew. A"
                + " column that matters is chosen again and again; one that was chosen by chance is"
                + " not.%s",
            Figures.count(stability.subsamples() / 2),
            selection.clusters().isEmpty()
                ? ""
                : " Columns with a correlation of 0.8 or more with each other stand in for each"
                    + " other, and on each half another one may: what counts is how often one of"
                    + " them is chosen.");
  }

  /** What a bar in full colour is. */
  String stable() {
    Stability stability = selection.stability();
    return stability == null
        ? ""
        : Text.of("in full colour: at least %s", Figures.share(stability.threshold()));
  }

  /** The bound of stability selection with its figures; empty without subsamples. */
  String bound() {
    Stability stability = selection.stability();
    if (stability == null) {
      return "";
    }
    String counted =
        Text.of(
            "On a half %s of %s columns are selected on average%s.",
            Figures.digits(stability.meanSelected()),
            Figures.count(stability.clusters()),
            selection.clusters().isEmpty() ? "" : ", those that stand in for each other as one");
    String bound = Figures.digits(stability.expectedFalse(), 2);
    return stability.isInformative()
        ? Text.of(
            "%s So among those that are chosen in at least %s of the halves, here %s, no more than"
                + " %s are expected that a half chooses no more often than an average column: the"
                + " bound of Shah and Samworth (2013) for complementary pairs.",
            counted, Figures.share(stability.threshold()), Figures.count(stability.stable()), bound)
        : Text.of(
            "%s How many of those that are chosen in at least %s of the halves, here %s, are there"
                + " by chance is not known: the bound, %s, is no less.",
            counted,
            Figures.share(stability.threshold()),
            Figures.count(stability.stable()),
            bound);
  }
}
