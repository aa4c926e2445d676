package io.lariat.report;

import io.lariat.backend.Activation;
import io.lariat.compare.ComparisonResult;
import io.lariat.compare.ComparisonRow;
import io.lariat.compare.LambdaScore;
import io.lariat.compare.Regularization;
import io.lariat.compare.Spread;
import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Comparisons to report on, made up from numbers instead of trained. */
final class Comparisons {
  Target target = new Target("y", Task.BINARY, List.of("no", "yes"));
  List<Regularization> compared = List.of(Regularization.values());
  List<Double> lambdas = List.of(0.1, 0.01, 0.001);
  double chosen = 0.01;
  int epochs = 12;

  ComparisonResult result() {
    Schema schema = Schema.unnamed(10, target);
    Network network =
        Network.of(10)
            .dense(4, Activation.RELU)
            .dense(
                target.outputs(),
                target.task() == Task.REGRESSION ? Activation.IDENTITY : Activation.SIGMOID);
    List<ComparisonRow> rows = compared.stream().map(this::row).toList();
    return new ComparisonResult(network, schema, rows, 500, 100, 5, 2);
  }

  private ComparisonRow row(Regularization kind) {
    int i = List.of(Regularization.values()).indexOf(kind);
    boolean sparse = kind.name().startsWith("L1") || kind == Regularization.ELASTIC_NET;
    List<Double> tried = kind.hasLambda() ? lambdas : List.of(0.0);
    return new ComparisonRow(
        kind,
        kind.hasLambda() ? chosen : null,
        tried.stream().map(l -> new LambdaScore(l, curve(l))).toList(),
        new Spread(0.91 + 0.01 * i, 0.012),
        new Spread(0.30 - 0.01 * i, 0.02),
        new Spread(0.90 + 0.01 * i, 0.015),
        new Spread(0.33 - 0.01 * i, 0.03),
        new Spread(0.20 / (1 + i), 0.004),
        new Spread(sparse ? 0.6 : 0, 0.05),
        new Spread(sparse ? 4.5 : 10, 0.7),
        new Spread(sparse ? 23 : 49, 2),
        0.05,
        List.of(history(kind), history(kind)));
  }

  /** A lambda of 1 and more diverges. */
  private static Spread curve(double lambda) {
    return lambda >= 1
        ? new Spread(Double.POSITIVE_INFINITY, Double.NaN)
        : new Spread(0.3 + Math.pow(Math.log10(Math.max(lambda, 1e-6)) + 2, 2) / 10, 0.02);
  }

  private History history(Regularization kind) {
    int count = kind == Regularization.L1_EARLY_STOPPING ? Math.max(1, epochs - 3) : epochs;
    List<Epoch> list = new ArrayList<>();
    for (int e = 1; e <= count; e++) {
      double loss = 0.7 / e;
      double rise = kind == Regularization.NONE ? 0.03 * e : 0.01;
      list.add(
          new Epoch(
              e,
              loss,
              0.1,
              0.9,
              new Epoch.Validation(loss + rise, 0.1, 0.9),
              Arrays.asList(3L, 0L),
              8,
              0.01));
    }
    return new History("accuracy", list, new double[0], List.of());
  }
}
