package io.lariat.report;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Penalty.l1;

import io.lariat.data.Column;
import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.train.Epoch;
import io.lariat.train.Evaluation;
import io.lariat.train.History;
import io.lariat.train.StopReason;
import io.lariat.train.Training;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Studies to report on, made up from numbers instead of trained. */
final class Studies {
  String dataName = "made_up";
  Target target = new Target("y", Task.BINARY, List.of("no", "yes"));
  List<Column> columns = numeric(12);
  int units = 16;
  int epochs = 20;
  boolean validated = true;
  boolean twin = true;
  boolean penalized = true;
  double unused = 0.25;
  StopReason stopReason = StopReason.COMPLETED;
  @Nullable Integer bestEpoch;

  /** Validation minus training data loss at the end, of the run and of its twin. */
  double gap = 0.02;

  double twinGap = 0.1;

  static List<Column> numeric(int count) {
    return IntStream.range(0, count).mapToObj(i -> Column.numeric("feature_" + i)).toList();
  }

  Study study() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epochs", Integer.toString(epochs));
    settings.put("seed", "42");
    return study(settings, List.of("a note"));
  }

  Study study(Map<String, Object> settings, List<String> notes) {
    Schema schema = new Schema(columns, target);
    Network plain =
        Network.of(schema.features()).dense(units, RELU).dense(8, RELU).dense(outputs(), head());
    Network with =
        Network.of(schema.features())
            .dense(units, RELU, l1(0.001))
            .dense(8, RELU, l1(0.001))
            .dense(outputs(), head());
    return new Study(
        dataName,
        null,
        training(penalized ? with : plain, schema, unused, gap),
        twin ? training(plain, schema, 0, twinGap) : null,
        settings,
        "none",
        notes);
  }

  private int outputs() {
    return target.outputs();
  }

  private io.lariat.backend.Activation head() {
    return switch (target.task()) {
      case BINARY -> SIGMOID;
      case MULTICLASS -> SOFTMAX;
      case REGRESSION -> IDENTITY;
    };
  }

  private Training training(Network network, Schema schema, double unusedShare, double gapAtEnd) {
    ParameterLayout layout = new ParameterLayout(network);
    float[] values = new float[layout.size()];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int dead = (int) Math.round(unusedShare * schema.features());
    for (int i = 0; i < dead * units; i++) {
      values[i] = 0;
    }
    Weights weights = Weights.copyOf(layout, values);
    Model model = new Model(network, weights, schema, null, null, Map.of());
    return new Training(
        model,
        history(layout, schema, weights, dead, gapAtEnd),
        stopReason,
        bestEpoch,
        900,
        validated ? evaluation() : null);
  }

  private History history(
      ParameterLayout layout, Schema schema, Weights weights, int dead, double gapAtEnd) {
    List<Epoch> list = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      double done = (double) e / epochs;
      double loss = 0.7 / (1 + 9 * done);
      List<Long> zeros = new ArrayList<>();
      for (int i = 0; i < layout.layers(); i++) {
        zeros.add(Math.round(done * weights.zeros(i)));
      }
      list.add(
          new Epoch(
              e,
              loss,
              1 - 0.5 * done,
              0.5 + 0.4 * done,
              validated
                  ? new Epoch.Validation(loss + gapAtEnd * done, 0.5, 0.5 + 0.3 * done)
                  : null,
              zeros,
              schema.features() - (int) (done * dead),
              0.01));
    }
    String metric = target.task() == Task.REGRESSION ? "mae" : "accuracy";
    return new History(metric, list, new double[0], List.of());
  }

  private Evaluation evaluation() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    switch (target.task()) {
      case BINARY -> {
        metrics.put("accuracy", 0.97);
        metrics.put("auc", 0.99);
      }
      case MULTICLASS -> metrics.put("accuracy", 0.8);
      case REGRESSION -> {
        metrics.put("mae", 16_835.2);
        metrics.put("mse", 4e8);
        metrics.put("r2", 0.91);
      }
    }
    return new Evaluation(100, metrics);
  }
}
