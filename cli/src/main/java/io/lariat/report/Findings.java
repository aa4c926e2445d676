package io.lariat.report;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.model.Certificate;
import io.lariat.train.Evaluation;
import io.lariat.train.History;
import io.lariat.train.Training;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report's sentences. Each is derived from the numbers, whichever way they turned out. */
final class Findings {
  /** Two gaps that differ by less than this share of the larger are called about the same. */
  private static final double SAME = 0.05;

  private final Study study;
  private final Training run;
  private final @Nullable Training twin;
  private final Wording words;

  Findings(Study study) {
    this.study = study;
    run = study.run();
    twin = study.unpenalized();
    words = new Wording(run.model().network());
  }

  /** What was trained on what. */
  String lede() {
    int epochs = run.epochsRun();
    return String.join(
        " ",
        Text.of(
            "A dense network (%s units) trained for %s on %s of %s to predict %s.",
            words.shape(),
            Figures.count(epochs, "epoch"),
            Figures.count(run.trainingRows(), "row"),
            study.dataName(),
            run.model().head().describe(run.model().schema().target())),
        words.penalties(),
        validationRows(),
        ending());
  }

  private String validationRows() {
    Evaluation evaluation = run.evaluation();
    if (evaluation == null) {
      return "No rows were kept for validation, so nothing here says how well it predicts new"
          + " rows.";
    }
    boolean isOne = evaluation.rows() == 1;
    String rows = Figures.count(evaluation.rows(), "row");
    return study.validationName() != null
        ? Text.of(
            "%s of %s %s for validation.", rows, study.validationName(), isOne ? "serves" : "serve")
        : Text.of(
            "The last %s %s not trained on and %s for validation.",
            rows, isOne ? "was" : "were", isOne ? "serves" : "serve");
  }

  private String ending() {
    String why =
        switch (run.stopReason()) {
          case COMPLETED -> "";
          case EARLY_STOPPING -> "It stopped early: the validation loss no longer improved.";
          case CALLBACK -> "A callback ended it before its time.";
          case CANCELLED ->
              "It was cancelled; the curves show the epochs that were completed, the weights are"
                  + " those of the last step.";
          case DEVICE_FAILED ->
              "The device that it ran on failed; the curves and the weights are those of the epochs"
                  + " that were completed.";
        };
    Integer best = run.bestEpoch();
    String kept =
        best == null
            ? ""
            : "The model has the weights of epoch "
                + best
                + ", the one with the least validation loss, penalty"
                + " included.";
    Certificate certificate = run.model().certificate();
    String polished =
        certificate == null
            ? ""
            : Text.of(
                "Then it was polished on all training rows in double precision, to a KKT residual"
                    + " of %.1e; the curves show that as epoch %d.",
                certificate.residual(), run.history().last().number());
    return String.join(" ", why, kept, polished).strip();
  }

  /** How far the validation figures can be trusted; empty if there is nothing to warn of. */
  String caution() {
    Evaluation evaluation = run.evaluation();
    return evaluation == null
        ? ""
        : Wording.caution(evaluation.rows(), "validation row", run.model().head().metric());
  }

  /** What the loss plots show. */
  String aboutLosses() {
    List<String> text = new ArrayList<>();
    text.add("Data loss is the " + words.loss() + " alone, without the penalty.");
    String training =
        "The training curve is the mean over an epoch’s steps, taken while the weights still move";
    if (run.evaluation() == null) {
      text.add(training + ".");
    } else {
      text.add(
          "So the distance between the two curves is a real gap, not the penalty in disguise. "
              + training
              + "; the validation curve is measured at the epoch’s end, so it may lie below at"
              + " first.");
    }
    if (run.model().targetStandardization() != null) {
      text.add("The target was standardised: the loss is in units of its variance.");
    }
    if (run.model().network().layers().stream().anyMatch(l -> l.dropout() > 0)) {
      text.add("Dropout acts in training only, which raises the training curve.");
    }
    return String.join(" ", text);
  }

  /** The gap of the reported run, in numbers. */
  String underRun() {
    return underPlot(run);
  }

  /** The gap of the twin, in numbers; empty without one. */
  String underTwin() {
    return twin == null ? "" : underPlot(twin);
  }

  private static String underPlot(Training training) {
    History history = training.history();
    if (history.epochs().isEmpty()) {
      return "No epoch was completed, so there is no curve.";
    }
    Gap end = Gap.atEnd(history);
    Gap best = Gap.atBest(history);
    if (end == null || best == null) {
      return Text.of(
          "At epoch %s, the last, the training data loss is %s. Without validation rows the gap is"
              + " not known.",
          history.last().number(), Figures.digits(history.last().dataLoss()));
    }
    List<String> text = new ArrayList<>();
    text.add(
        Text.of(
            "At epoch %s, the last, the data loss is %s in validation and %s in training: a gap of"
                + " %s.",
            end.epoch(),
            Figures.digits(end.validation()),
            Figures.digits(end.training()),
            Figures.digits(end.size())));
    if (end.size() <= 0) {
      text.add("The validation rows are fitted no worse than the training rows.");
    }
    if (history.overfits()) {
      text.add(
          Text.of(
              "Overfitting is visible: since epoch %s the validation data loss has risen from %s,"
                  + " while the training data loss fell.",
              best.epoch(), Figures.digits(best.validation())));
    } else if (best.epoch() != end.epoch()) {
      text.add(
          Text.of(
              "The validation data loss was least, %s, at epoch %s.",
              Figures.digits(best.validation()), best.epoch()));
    }
    Integer kept = training.bestEpoch();
    if (kept != null && kept <= history.epochs().size() && kept != end.epoch()) {
      Gap at = Gap.of(history.epochs().get(kept - 1));
      text.add(
          "The model has the weights of epoch "
              + kept
              + (at == null ? "." : ", where the gap is " + Figures.digits(at.size()) + "."));
    }
    return String.join(" ", text);
  }

  /** What the penalty did to the gap; empty if there is nothing to compare. */
  String verdict() {
    Gap mine = Gap.atEnd(run.history());
    Gap other = twin == null ? null : Gap.atEnd(twin.history());
    Gap mineBest = Gap.atBest(run.history());
    Gap otherBest = twin == null ? null : Gap.atBest(twin.history());
    if (mine == null || other == null || mineBest == null || otherBest == null) {
      return "";
    }
    String text = gaps(mine, other) + " " + losses(mine, other);
    if (!same(mine, other)
        && mine.size() < other.size()
        && mine.validation() > other.validation()) {
      text += " So here the smaller gap means a looser fit of the training rows, not better";
      text += " predictions.";
    }
    boolean bestAtEnd = mineBest.equals(mine) && otherBest.equals(other);
    return bestAtEnd ? text : text + " " + bests(mineBest, otherBest);
  }

  private String gaps(Gap mine, Gap other) {
    String with = words.with();
    String without = words.without();
    String g = Figures.digits(mine.size());
    String t = Figures.digits(other.size());
    String both = Text.of("%s %s, %s %s", with, g, without, t);
    if (same(mine, other)) {
      return Text.of("The gap is about the same: %s.", both);
    }
    if (other.size() <= 0) {
      return Text.of("There is no gap to reduce: %s.", both);
    }
    if (mine.size() <= 0) {
      return Text.of("The gap is closed: %s.", both);
    }
    if (mine.size() < other.size()) {
      return Text.of(
          "The gap is smaller %s: %s, against %s %s (%s less).",
          with, g, t, without, Figures.share(1 - mine.size() / other.size()));
    }
    return Text.of("The gap is not smaller %s: %s.", with, both);
  }

  private static boolean same(Gap mine, Gap other) {
    double larger = Math.max(Math.abs(mine.size()), Math.abs(other.size()));
    return Math.abs(mine.size() - other.size()) <= SAME * larger;
  }

  private String losses(Gap mine, Gap other) {
    String a = Figures.digits(mine.validation());
    String b = Figures.digits(other.validation());
    String epochs =
        mine.epoch() == other.epoch()
            ? "At the last epoch"
            : Text.of("At its last epoch (%s and %s)", mine.epoch(), other.epoch());
    if (a.equals(b)) {
      return Text.of("%s the validation data loss is %s in both.", epochs, a);
    }
    boolean lower = mine.validation() < other.validation();
    return Text.of(
        "%s the validation data loss is %s %s: %s, against %s %s.",
        epochs, lower ? "lower" : "higher", words.with(), a, b, words.without());
  }

  private String bests(Gap mine, Gap other) {
    return Text.of(
        "The least it reached is %s (epoch %s) %s and %s (epoch %s) %s.",
        Figures.digits(mine.validation()),
        mine.epoch(),
        words.with(),
        Figures.digits(other.validation()),
        other.epoch(),
        words.without());
  }

  /** How many weights are exactly zero, and what that means. */
  String zeros() {
    long zeros = run.model().weights().zeros();
    long all = run.model().weights().layout().kernels();
    String text =
        Text.of(
            "An exact zero is a weight that is 0 in the model file, not a small number that was"
                + " rounded: the connection is not there. In the final model %s of %s kernel"
                + " weights (%s) are exactly zero",
            Figures.count(zeros), Figures.count(all), Figures.share((double) zeros / all));
    if (twin != null) {
      long other = twin.model().weights().zeros();
      text += "; " + words.without() + " " + (other == 0 ? "none is" : Figures.count(other)) + ".";
    } else {
      text += ".";
    }
    return zeros == 0 && run.model().network().isPenalized()
        ? text
            + " The proximal form of the L1 penalty makes exact zeros; the subgradient form only"
            + " brings weights near zero."
        : text;
  }

  /** Which inputs the network uses. */
  String features(FirstKernel kernel) {
    int used = kernel.used().size();
    int all = kernel.inputs();
    if (used == 0) {
      return "No input is in use: the whole first kernel is zero, so the model predicts the same"
          + " for every row. A weaker penalty keeps more of it.";
    }
    String text =
        used == all
            ? Text.of("The network uses all of its %s.", Figures.count(all, "input"))
            : Text.of(
                "The network uses %s of %s; each of the other %s has only zeros in its row of the"
                    + " first kernel, so its value cannot change a prediction.",
                Figures.count(used), Figures.count(all, "input"), Figures.count(all - used));
    text +=
        " A longer bar means that the first layer gives the input more weight; inputs that say the"
            + " same share it among them.";
    return run.model().standardization() == null
        ? text
            + " The features were not standardised: a weight then also makes up for its feature’s"
            + " unit, so the bars do not rank the features."
        : text;
  }
}
