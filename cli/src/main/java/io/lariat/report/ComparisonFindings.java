package io.lariat.report;

import static io.lariat.compare.Regularization.L1;
import static io.lariat.compare.Regularization.L2;
import static io.lariat.compare.Regularization.NONE;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.compare.ComparisonResult;
import io.lariat.compare.ComparisonRow;
import io.lariat.compare.LambdaScore;
import io.lariat.compare.Spread;
import io.lariat.model.Metric;
import io.lariat.train.History;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The sentences and key figures of a comparison's report, whichever way the numbers turned out. */
final class ComparisonFindings {
  private final ComparisonResult result;
  private final Metric metric;

  ComparisonFindings(ComparisonResult result) {
    this.result = result;
    metric = result.head().metric();
  }

  /** What was compared on what. */
  String lede(String dataName) {
    return Text.of(
        "A dense network (%s units) trained with %s regularizations on %s to predict %s. %s of %s"
            + " were kept for the test and not looked at before. Mean and standard deviation are"
            + " over %s.",
        new Wording(result.network()).shape(),
        result.rows().size(),
        dataName,
        result.head().describe(result.schema().target()),
        Figures.count(result.testRows()),
        Figures.count(result.dataRows(), "row"),
        Figures.count(result.seeds(), "seed"));
  }

  /** How far the test figures can be trusted; empty if there is nothing to warn of. */
  String caution() {
    return Wording.caution(result.testRows(), "test row", metric);
  }

  String metricName() {
    return metric.label();
  }

  String aboutTable() {
    return Text.of(
        "Each seed has one of the %s folds for validation and trains on the others; the test rows"
            + " are the same for all. The gap is the validation rows’ data loss less that of the"
            + " rows trained on. Parameters, kB and the time to predict one row are those of the"
            + " network without what is dead.%s",
        result.folds(),
        metric.isShare()
            ? ""
            : " Losses are squared errors in the target’s units, the MAE is in the target’s"
                + " units.");
  }

  String aboutLosses() {
    return "The first seed of each, all on one scale. Data loss is without the penalty, so the"
        + " distance between the curves is a real gap. The training curve is the mean over an"
        + " epoch’s steps, with dropout where there is dropout; the validation curve is measured at"
        + " the epoch’s end."
        + (metric.isShare()
            ? ""
            : " If the target was standardised, these losses are in its variance.");
  }

  String aboutLambda() {
    return Text.of(
        "The data loss of rows that were not trained on, in %s folds of the rows that are not for"
            + " the test. The λ of the least mean is taken.",
        result.folds());
  }

  /** The gap of a row, and whether it opened. */
  String gap(ComparisonRow row) {
    String text = "Gap over the seeds: " + spread(row.gap()) + ".";
    History first = row.histories().getFirst();
    Gap best = Gap.atBest(first);
    Gap end = Gap.atEnd(first);
    return best == null || end == null || !first.overfits()
        ? text
        : Text.of(
            "%s Since epoch %s the validation loss has risen from %s to %s, while the training loss"
                + " fell.",
            text,
            best.epoch(),
            Figures.digits(best.validation()),
            Figures.digits(end.validation()));
  }

  /** Which lambda was chosen, and whether the choice had room on both sides. */
  String choice(ComparisonRow row) {
    Double lambda = row.lambda();
    if (lambda == null) {
      return "";
    }
    List<Double> tried = row.crossValidation().stream().map(LambdaScore::lambda).sorted().toList();
    String text = "Chosen: λ = " + Figures.setting(lambda) + ".";
    if (tried.size() > 1 && lambda.equals(tried.getLast())) {
      return text + " It is the largest that was tried; a larger one may do better.";
    }
    if (tried.size() > 1 && lambda.equals(tried.getFirst())) {
      return text + " It is the smallest that was tried; a smaller one may do better.";
    }
    return text;
  }

  List<Tile> tiles() {
    Comparator<ComparisonRow> byMetric = Comparator.comparingDouble(r -> r.testMetric().mean());
    return List.of(
        tile(
            "Best test " + metricName(),
            metric.isMoreBetter() ? byMetric.reversed() : byMetric,
            r -> value(r.testMetric().mean())),
        tile(
            "Smallest gap",
            Comparator.comparingDouble(r -> r.gap().mean()),
            r -> Figures.digits(r.gap().mean())),
        tile(
            "Most exact zeros",
            Comparator.<ComparisonRow>comparingDouble(r -> r.zeros().mean()).reversed(),
            r -> Figures.share(r.zeros().mean())),
        tile(
            "Fewest parameters",
            Comparator.comparingDouble(r -> r.parameters().mean()),
            r -> Figures.count(Math.round(r.parameters().mean()))));
  }

  private Tile tile(
      String label, Comparator<ComparisonRow> order, Function<ComparisonRow, String> value) {
    ComparisonRow best = result.rows().stream().min(order).orElseThrow();
    return new Tile(
        label,
        value.apply(best),
        best.regularization() == NONE
            ? List.of(best.regularization().label())
            : List.of(
                best.regularization().label(),
                NONE.label() + ": " + value.apply(result.row(NONE))));
  }

  /** L1 beside L2 and beside no penalty. */
  String verdict() {
    ComparisonRow one = result.row(L1);
    ComparisonRow two = result.row(L2);
    ComparisonRow none = result.row(NONE);
    double difference = Math.abs(one.testMetric().mean() - two.testMetric().mean());
    double spread = Math.max(one.testMetric().deviation(), two.testMetric().deviation());
    return Text.of(
        "With L1 %s of the kernel weights are exactly zero and %s of %s features are used; with L2"
            + " %s and %s. Their test %s is %s and %s%s. The gap is %s with L1, %s with L2 and %s"
            + " without a penalty.",
        Figures.share(one.zeros().mean()),
        Figures.digits(one.features().mean()),
        Figures.count(result.network().inputs()),
        Figures.share(two.zeros().mean()),
        Figures.digits(two.features().mean()),
        metricName(),
        value(one.testMetric().mean()),
        value(two.testMetric().mean()),
        result.seeds() < 2
            ? ""
            : difference <= spread
                ? ", a difference within the spread over the seeds"
                : ", a difference larger than the spread over the seeds",
        Figures.digits(one.gap().mean()),
        Figures.digits(two.gap().mean()),
        Figures.digits(none.gap().mean()));
  }

  private String value(double mean) {
    return Figures.digits(mean, metric);
  }

  String metric(Spread values) {
    return metric.isShare() ? percent(values) : spread(values);
  }

  static String percent(Spread share) {
    return Text.of("%s ± %.1f", Figures.share(share.mean()), 100 * share.deviation());
  }

  static String spread(Spread spread) {
    return Figures.digits(spread.mean()) + " ± " + Figures.digits(spread.deviation(), 2);
  }
}
