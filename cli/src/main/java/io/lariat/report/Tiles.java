package io.lariat.report;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.model.Metric;
import io.lariat.train.Evaluation;
import io.lariat.train.Training;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key figures at the top of the report. */
final class Tiles {
  private final Training run;
  private final @Nullable Training twin;
  private final Wording words;

  Tiles(Study study) {
    run = study.run();
    twin = study.unpenalized();
    words = new Wording(run.model().network());
  }

  /** The tiles, in order. */
  List<Tile> all() {
    return List.of(quality(), zeros(), features(), gap());
  }

  private Tile quality() {
    Evaluation evaluation = run.evaluation();
    if (evaluation == null) {
      return training();
    }
    List<String> details = new ArrayList<>();
    Metric metric = run.model().head().metric();
    Double auc = evaluation.metrics().get("auc");
    Double r2 = evaluation.metrics().get("r2");
    if (metric.isShare()) {
      details.add(
          Text.of(
              "%s of %s right",
              Figures.count(Math.round(evaluation.metric() * evaluation.rows())),
              Figures.count(evaluation.rows(), "validation row")));
    } else {
      details.add(
          Text.of(
              "mean absolute error of %s, in the target’s units",
              Figures.count(evaluation.rows(), "validation row")));
    }
    if (auc != null) {
      details.add("AUC " + Figures.digits(auc, 4));
    }
    if (r2 != null) {
      details.add("R\u00b2 " + Figures.digits(r2));
    }
    Evaluation other = twin == null ? null : twin.evaluation();
    if (other != null) {
      details.add(words.without() + ": " + brief(other));
    }
    return new Tile(
        "Validation " + metric.label(), Figures.digits(evaluation.metric(), metric), details);
  }

  private String brief(Evaluation evaluation) {
    Double auc = evaluation.metrics().get("auc");
    Double r2 = evaluation.metrics().get("r2");
    return Figures.digits(evaluation.metric(), run.model().head().metric())
        + (auc != null ? ", AUC " + Figures.digits(auc, 4) : "")
        + (r2 != null ? ", R\u00b2 " + Figures.digits(r2) : "");
  }

  /** In place of the validation metrics, where there are no validation rows. */
  private Tile training() {
    Metric metric = run.model().head().metric();
    String label = "Training " + metric.label();
    if (run.history().epochs().isEmpty()) {
      return new Tile(label, "\u2013", List.of("no epoch was completed"));
    }
    return new Tile(
        label,
        Figures.digits(run.history().last().metric(), metric),
        List.of(
            run.model().certificate() == null
                ? "mean over the last epoch's steps"
                : "of the polished weights",
            "no validation rows"));
  }

  private Tile zeros() {
    long all = run.model().weights().layout().kernels();
    long zeros = run.model().weights().zeros();
    List<String> details = new ArrayList<>();
    details.add(Text.of("%s of %s kernel weights", Figures.count(zeros), Figures.count(all)));
    if (twin != null) {
      details.add(
          words.without() + ": " + Figures.share((double) twin.model().weights().zeros() / all));
    }
    return new Tile("Exact zeros", Figures.share((double) zeros / all), details);
  }

  private Tile features() {
    int all = run.model().features();
    List<String> details = new ArrayList<>();
    details.add("inputs that have a weight other than 0");
    if (twin != null) {
      details.add(words.without() + ": " + Figures.count(used(twin)));
    }
    return new Tile(
        "Features used",
        Text.of("%s of %s", Figures.count(used(run)), Figures.count(all)),
        details);
  }

  private static int used(Training training) {
    int used = 0;
    for (int j = 0; j < training.model().features(); j++) {
      used += training.model().weights().usesInput(j) ? 1 : 0;
    }
    return used;
  }

  private Tile gap() {
    Gap gap = Gap.atEnd(run.history());
    Gap other = twin == null ? null : Gap.atEnd(twin.history());
    if (gap == null) {
      return new Tile("Generalisation gap", "\u2013", List.of("not known: no validation figures"));
    }
    List<String> details = new ArrayList<>();
    details.add("validation minus training data loss, epoch " + gap.epoch());
    if (other != null) {
      details.add(words.without() + ": " + Figures.digits(other.size()));
    }
    return new Tile("Generalisation gap", Figures.digits(gap.size()), details);
  }
}
