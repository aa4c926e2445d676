package io.lariat.train;

import static io.lariat.backend.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.model.Safetensors;
import io.lariat.model.Weights;
import io.lariat.optimality.NetworkPenalty;
import io.lariat.optimality.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Without a hidden layer proximal training on all rows ends at the Lasso, by every rule, as close
 * as float32 can tell; a backend's test opens the backend.
 */
public abstract class LassoTrainingContract {
  private static final double UNIT = 0x1p-24;
  private static final int ROWS = 569;
  private static final int FEATURES = 30;

  /** Opens the backend under test. */
  protected abstract Backend open();

  /** The rules, each with what it takes to come to rest: phases of a learning rate. */
  enum Rule {
    SGD,
    MOMENTUM_HALF,
    MOMENTUM,
    NESTEROV,
    MOMENTUM_BY_STEPS,
    RMSPROP,
    ADAM;

    /** Adam's and RMSprop's steps near a weight at rest are learning rate / lambda long. */
    List<Phase> phases(double lambda) {
      return switch (this) {
        case SGD -> List.of(new Phase(Optimizer.sgd(0.6), 6000));
        case MOMENTUM_HALF -> List.of(new Phase(Optimizer.sgd(0.6, 0.5), 3000));
        case MOMENTUM -> List.of(new Phase(Optimizer.sgd(0.6, 0.9), 2000));
        case NESTEROV -> List.of(new Phase(Optimizer.nesterov(0.4, 0.9), 2000));
        case MOMENTUM_BY_STEPS ->
            List.of(new Phase(Optimizer.sgd(0.6, 0.9), 3000, Schedule.step(1000, 0.7)));
        case RMSPROP ->
            List.of(
                new Phase(Optimizer.rmsprop(0.5 * lambda), 6000),
                new Phase(Optimizer.rmsprop(lastRmsProp(lambda)), 1000));
        case ADAM -> List.of(new Phase(Optimizer.adam(0.5 * lambda), 6000));
      };
    }

    static double lastRmsProp(double lambda) {
      return 0.0005 * lambda;
    }
  }

  /** So many steps. */
  record Phase(Optimizer optimizer, int epochs, Schedule schedule) {
    Phase(Optimizer optimizer, int epochs) {
      this(optimizer, epochs, Schedule.constant());
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainingEndsAtTheLasso(Rule rule) throws IOException {
    double lambda = 0.1;
    Safetensors inputs =
        Safetensors.read(
            GoldenFolder.find().resolve("inputs/breast_cancer_all569_f64.safetensors"));
    double[] x = inputs.tensor("x").doubles();
    double[] y = inputs.tensor("y").doubles();
    Network network = Network.of(FEATURES).dense(1, SIGMOID, Penalty.l1(lambda));
    NetworkPenalty penalty = NetworkPenalty.of(network);
    Objective objective = Objective.of(network, x, y);
    double[] w = train(network, data(x, y), rule.phases(lambda));
    double[] golden = golden(lambda);

    double[] g = new double[FEATURES + 1];
    double loss = objective.dataLossAndGradient(w, g);
    double residual = penalty.residual(w, g).value();
    double bound = residualBound(rule, lambda, x, w);
    assertThat(residual).as("%s: KKT residual", rule).isLessThan(bound);

    // F is convex: F(w) - F* <= s (w - w*) for each subgradient s at w, the residual is one's size
    double distance = 0;
    for (int e = 0; e < w.length; e++) {
      distance += Math.abs(w[e] - golden[e]);
    }
    double best = objective.dataLoss(golden) + penalty.value(golden);
    assertThat(loss + penalty.value(w) - best)
        .as("%s: objective above the golden one", rule)
        .isBetween(-1e-12, Math.min(1e-6, residual * distance + 1e-12));

    objective.dataLossAndGradient(golden, g);
    for (int j = 0; j < FEATURES; j++) {
      if (golden[j] == 0) {
        assertThat(lambda - Math.abs(g[j])).as("how surely %d is zero", j).isGreaterThan(bound);
        assertThat(Float.floatToRawIntBits((float) w[j])).as("%s: bits of %d", rule, j).isZero();
      } else {
        assertThat(w[j] * golden[j]).as("%s: weight %d, with its sign", rule, j).isPositive();
      }
    }
  }

  /**
   * How well float32 can do. A weight rests when its step, the residual times the step's length of
   * at least a half, is less than half the spacing of floats near it; the gradient has the rounding
   * errors of sums over rows and features. RMSprop never stops moving the intercept by its learning
   * rate, as its scale there shrinks with the gradient: a move of all by d changes the gradient by
   * at most (features + 1) / 4 d, for features of variance 1.
   */
  private static double residualBound(Rule rule, double lambda, double[] x, double[] w) {
    double largest = 0;
    double meanSize = 0;
    for (double weight : w) {
      largest = Math.max(largest, Math.abs(weight));
    }
    for (int j = 0; j < FEATURES; j++) {
      double sum = 0;
      for (int i = 0; i < ROWS; i++) {
        sum += Math.abs(x[i * FEATURES + j]);
      }
      meanSize = Math.max(meanSize, sum / ROWS);
    }
    double rounding = (ROWS + FEATURES + 10) * UNIT * meanSize + 2 * UNIT * largest;
    double moving = rule == Rule.RMSPROP ? Rule.lastRmsProp(lambda) : 0;
    return rounding + (FEATURES + 1) / 4.0 * moving;
  }

  private double[] train(Network network, Dataset data, List<Phase> phases) {
    try (Backend backend = open()) {
      Weights weights = Weights.initial(network, new Random(1));
      for (Phase phase : phases) {
        weights =
            Trainer.on(backend)
                .epochs(phase.epochs())
                .batchSize(ROWS)
                .shuffle(false)
                .optimizer(phase.optimizer())
                .schedule(phase.schedule())
                .initialWeights(weights)
                .fit(network, data)
                .model()
                .weights();
      }
      float[] floats = new float[FEATURES + 1];
      weights.copyTo(floats);
      double[] w = new double[floats.length];
      for (int e = 0; e < w.length; e++) {
        w[e] = floats[e];
      }
      return w;
    }
  }

  private static Dataset data(double[] x, double[] y) {
    float[] floats = new float[x.length];
    float[] targets = new float[y.length];
    for (int e = 0; e < floats.length; e++) {
      floats[e] = (float) x[e];
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) y[i];
    }
    return Dataset.of(floats, FEATURES, targets, Task.BINARY);
  }

  /** The coefficients, then the intercept. */
  private static double[] golden(double lambda) throws IOException {
    String text = Files.readString(GoldenFolder.find().resolve("logistic_lasso.json"));
    for (JsonElement element :
        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("solutions")) {
      JsonObject solution = element.getAsJsonObject();
      if (solution.get("lambda_").getAsDouble() == lambda) {
        JsonArray coefficients = solution.getAsJsonArray("coefficients");
        double[] golden = new double[FEATURES + 1];
        for (int j = 0; j < FEATURES; j++) {
          golden[j] = coefficients.get(j).getAsDouble();
        }
        golden[FEATURES] = solution.get("intercept").getAsDouble();
        return golden;
      }
    }
    throw new IllegalStateException("no golden solution for lambda " + lambda);
  }
}
