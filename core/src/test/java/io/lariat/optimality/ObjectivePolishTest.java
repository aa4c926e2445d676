package io.lariat.optimality;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.model.Network;
import io.lariat.model.Safetensors;
import io.lariat.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Polished parameters satisfy the optimality conditions. */
class ObjectivePolishTest {
  private static final Path GOLDEN = Path.of(System.getProperty("lariat.data"), "golden");

  private static Objective breastCancer(Network network) {
    Safetensors t = Safetensors.read(GOLDEN.resolve("inputs/breast_cancer_all569_f64.safetensors"));
    return Objective.of(network, t.tensor("x").doubles(), t.tensor("y").doubles());
  }

  private static double[] start(Network network, long seed) {
    Weights weights = Weights.initial(network, new Random(seed));
    float[] floats = new float[weights.layout().size()];
    weights.copyTo(floats);
    double[] w = new double[floats.length];
    for (int e = 0; e < w.length; e++) {
      w[e] = floats[e];
    }
    return w;
  }

  private static double value(Objective objective, double[] w) {
    return objective.dataLoss(w) + NetworkPenalty.of(objective.network()).value(w);
  }

  /** Without a hidden layer the result is the Lasso, whatever it starts from. */
  @ParameterizedTest
  @ValueSource(longs = {0, 7})
  void withoutAHiddenLayerItIsTheLasso(long seed) throws IOException {
    String text = Files.readString(GOLDEN.resolve("logistic_lasso.json"));
    JsonArray solutions =
        JsonParser.parseString(text).getAsJsonObject().getAsJsonArray("solutions");
    assertThat(solutions).hasSize(5);
    for (JsonElement element : solutions) {
      JsonObject golden = element.getAsJsonObject();
      double lambda = golden.get("lambda_").getAsDouble();
      Network network = Network.of(30).dense(1, SIGMOID, Penalty.l1(lambda));
      Objective objective = breastCancer(network);
      double[] from = seed == 0 ? new double[31] : start(network, seed);
      ObjectivePolish.Result result = ObjectivePolish.of(objective).tolerance(1e-9).run(from);

      assertThat(result.reason()).isEqualTo(ObjectivePolish.Reason.REACHED);
      assertThat(result.residual().value()).isLessThanOrEqualTo(1e-9 * lambda);
      double[] w = result.parameters();
      assertThat(value(objective, w))
          .isCloseTo(golden.get("objective").getAsDouble(), within(1e-12));
      assertThat(w[30]).isCloseTo(golden.get("intercept").getAsDouble(), within(1e-6));
      JsonArray coefficients = golden.getAsJsonArray("coefficients");
      for (int j = 0; j < 30; j++) {
        double expected = coefficients.get(j).getAsDouble();
        assertThat(w[j]).as("lambda %s, feature %d", lambda, j).isCloseTo(expected, within(1e-6));
        assertThat(w[j] == 0).isEqualTo(expected == 0);
      }
    }
  }

  /** Two starts can end in two minima; at these lambdas all four end in the same one. */
  @ParameterizedTest
  @CsvSource({"TANH, 0.003, 0.0752940165091", "SOFTPLUS, 0.01, 0.1312087962"})
  void aSmoothNetworkReachesAMillionthOfLambdaFromFourStarts(
      Activation f, double lambda, double expected) {
    Penalty l1 = Penalty.l1(lambda);
    Network network = Network.of(30).dense(16, f, l1).dense(1, SIGMOID, l1);
    Objective objective = breastCancer(network);
    for (long seed = 1; seed <= 4; seed++) {
      ObjectivePolish.Result result = ObjectivePolish.of(objective).run(start(network, seed));

      assertThat(result.reason()).as("start %d", seed).isEqualTo(ObjectivePolish.Reason.REACHED);
      double[] g = new double[result.parameters().length];
      objective.dataLossAndGradient(result.parameters(), g);
      KktResidual again = NetworkPenalty.of(network).residual(result.parameters(), g);
      assertThat(again.value()).isLessThanOrEqualTo(1e-6 * lambda);
      assertThat(again).isEqualTo(result.residual());
      // along a flat valley a residual of 1e-8 still is a few 1e-9 of the objective
      assertThat(value(objective, result.parameters())).isCloseTo(expected, within(5e-9));
      for (double w : result.parameters()) {
        assertThat(w == 0)
            .isEqualTo((float) w == 0); // the float used for prediction has the same zeros
      }
    }
  }

  @Test
  void collinearColumnsAreNoObstacle() {
    Random random = new Random(5);
    int rows = 60;
    int features = 90; // more than rows; the last 30 are the first 30 again
    double[] x = new double[rows * features];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < features; j++) {
        x[i * features + j] = j < 60 ? random.nextGaussian() : x[i * features + j - 60];
      }
      y[i] = 2 * x[i * features] - x[i * features + 1] + 0.1 * random.nextGaussian();
    }
    double lambda = 0.05;
    Network network = Network.of(features).dense(1, IDENTITY, Penalty.l1(lambda));
    ObjectivePolish.Result result =
        ObjectivePolish.of(Objective.of(network, x, y)).tolerance(1e-9).run(start(network, 1));
    assertThat(result.residual().value()).isLessThanOrEqualTo(1e-9 * lambda);
  }

  @Test
  void groupsAreZeroAsAWhole() {
    double lambda = 0.02;
    Network network =
        Network.of(30)
            .dense(4, TANH, new Penalty(0, 0, lambda))
            .dense(1, SIGMOID, Penalty.l1(lambda));
    ObjectivePolish.Result result =
        ObjectivePolish.of(breastCancer(network)).run(start(network, 2));
    assertThat(result.reason()).isEqualTo(ObjectivePolish.Reason.REACHED);
    assertThat(result.residual().value()).isLessThanOrEqualTo(1e-6 * lambda);
    int empty = 0;
    for (int j = 0; j < 30; j++) {
      boolean isZero = true;
      for (int k = 0; k < 4; k++) {
        isZero &= result.parameters()[4 * j + k] == 0;
      }
      empty += isZero ? 1 : 0;
    }
    assertThat(empty).isBetween(1, 29);
  }

  @Test
  void whatIsNotReachedIsSaid() {
    Network network = Network.of(30).dense(8, RELU, Penalty.l1(0.003)).dense(1, Activation.SIGMOID);
    Objective objective = breastCancer(network);
    double[] from = start(network, 1);
    ObjectivePolish.Result result = ObjectivePolish.of(objective).maxIterations(3).run(from);
    assertThat(result.reason()).isEqualTo(ObjectivePolish.Reason.ITERATIONS);
    assertThat(result.residual().value()).isGreaterThan(1e-6 * 0.003);
    assertThat(value(objective, result.parameters())).isLessThan(value(objective, from));

    ObjectivePolish.Result cancelled =
        ObjectivePolish.of(objective).cancelled(() -> true).run(from);
    assertThat(cancelled.reason()).isEqualTo(ObjectivePolish.Reason.CANCELLED);
    assertThat(cancelled.parameters()).isEqualTo(from);

    // Soon, and not only between iterations.
    long[] passes = {0};
    ObjectivePolish.Progress counted =
        new ObjectivePolish.Progress() {
          @Override
          public void onIteration(int iteration, double residual) {
            assertThat(iteration).isLessThan(2);
          }

          @Override
          public void onPass(long number) {
            passes[0] = number;
          }
        };
    ObjectivePolish.Result soon =
        ObjectivePolish.of(objective).progress(counted).cancelled(() -> passes[0] >= 5).run(from);
    assertThat(soon.reason()).isEqualTo(ObjectivePolish.Reason.CANCELLED);
    assertThat(passes[0]).isBetween(5L, 9L);
    assertThat(value(objective, soon.parameters())).isLessThan(value(objective, from));
  }
}
