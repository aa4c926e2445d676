package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.model.InputGroup;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.optimality.KktResidual;
import io.lariat.optimality.NetworkPenalty;
import io.lariat.optimality.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training with a penalty on groups of inputs; a backend's test opens the backend. */
public abstract class GroupTrainingContract {

  /** Opens the backend under test. */
  protected abstract Backend open(int threads);

  /** Two numbers and a place decide; a colour and two numbers do not. */
  private static Dataset planted(Path folder) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("a,colour,noise,place,b,other,y\n");
    String[] colours = {"red", "green", "blue", "grey"};
    String[] places = {"north", "south", "east"};
    double[] effects = {1.5, -1.5, 0};
    for (int i = 0; i < 400; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      int place = random.nextInt(3);
      double y = a - 1.5 * b + effects[place] + 0.3 * random.nextGaussian();
      text.append(
          String.format(
              Locale.ROOT,
              "%.4f,%s,%.4f,%s,%.4f,%.4f,%.4f%n",
              a,
              colours[random.nextInt(4)],
              random.nextGaussian(),
              places[place],
              b,
              random.nextGaussian(),
              y));
    }
    Path file = folder.resolve("planted.csv");
    Files.writeString(file, text);
    return Csv.read(file, "y");
  }

  private static Network network(Dataset data, Penalty first) {
    return Network.of(data.features()).dense(8, TANH, first).dense(1, IDENTITY, Penalty.l2(0.01));
  }

  /** The inputs of a column go together, and those that matter stay. */
  @Test
  void columnsGoToZeroTogetherOrNotAtAll(@TempDir Path folder) throws IOException {
    Dataset data = planted(folder);
    assertThat(data.features()).isEqualTo(11);
    for (Optimizer optimizer :
        List.of(
            Optimizer.adam(0.01),
            Optimizer.rmsprop(0.003),
            Optimizer.sgd(0.1),
            Optimizer.sgd(0.02, 0.9),
            Optimizer.nesterov(0.02, 0.9))) {
      Training run = fit(data, network(data, Penalty.group(0.1)), optimizer, 300, 1);
      float[] kernel = run.model().weights().kernel(0);
      // a | red green blue grey | noise | north south east | b | other
      int[] rows = {1, 4, 1, 3, 1, 1};
      boolean[] matters = {true, false, false, true, true, false};
      for (int group = 0, at = 0; group < rows.length; group++) {
        int end = at + rows[group] * 8;
        for (; at < end; at++) {
          String what =
              String.format(Locale.ROOT, "%s: weight %d of group %d", optimizer, at, group);
          if (matters[group]) {
            assertThat(kernel[at]).as(what).isNotZero();
          } else {
            assertThat(Float.floatToRawIntBits(kernel[at])).as(what).isZero();
          }
        }
      }
      assertThat(run.history().last().featuresUsed()).isEqualTo(5);
      assertThat(run.model().network().inputGroups())
          .extracting(InputGroup::rows)
          .containsExactly(1, 4, 1, 3, 1, 1);
    }
  }

  /** With l1 beside it single weights go as well; kept columns stay whatever the penalty. */
  @Test
  void l1AndKeptColumnsGoWithGroups(@TempDir Path folder) throws IOException {
    Dataset data = planted(folder);
    Network network = network(data, new Penalty(0.03, 0, 0.1));
    try (Backend backend = open(1)) {
      Training run =
          Trainer.on(backend)
              .epochs(300)
              .batchSize(400)
              .optimizer(Optimizer.adam(0.01))
              .standardize()
              .keep(List.of("colour"))
              .fit(network, data);
      Weights weights = run.model().weights();
      assertThat(weights.usesInput(5) || weights.usesInput(10)).as("noise").isFalse();
      assertThat(weights.usesInput(0) && weights.usesInput(9)).as("a and b").isTrue();
      int zerosOfUsed = 0;
      for (int k = 0; k < 8; k++) {
        for (int colour = 1; colour <= 4; colour++) {
          assertThat(weights.kernel(0, colour, k)).as("colour %d", colour).isNotZero();
        }
        zerosOfUsed += weights.kernel(0, 0, k) == 0 ? 1 : 0;
        zerosOfUsed += weights.kernel(0, 9, k) == 0 ? 1 : 0;
      }
      assertThat(zerosOfUsed).isPositive();
    }
  }

  private Training fit(
      Dataset data, Network network, Optimizer optimizer, int epochs, int threads) {
    try (Backend backend = open(threads)) {
      return Trainer.on(backend)
          .epochs(epochs)
          .batchSize(400)
          .optimizer(optimizer)
          .standardize()
          .seed(7)
          .fit(network, data);
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsWithAnyNumberOfThreads(@TempDir Path folder) throws IOException {
    Dataset data = planted(folder);
    Network network = Network.of(11).dense(700, TANH, new Penalty(1e-4, 1e-4, 0.003));
    network = network.dense(16, TANH, Penalty.l1(1e-4)).dense(1, IDENTITY);
    float[] one = weights(fit(data, network, Optimizer.adam(0.003), 3, 1));
    assertThat(weights(fit(data, network, Optimizer.adam(0.003), 3, 2))).isEqualTo(one);
    assertThat(weights(fit(data, network, Optimizer.adam(0.003), 3, 3))).isEqualTo(one);
  }

  private static float[] weights(Training run) {
    Weights weights = run.model().weights();
    float[] values = new float[weights.layout().size()];
    weights.copyTo(values);
    return values;
  }

  /** The history's penalty is that of the weights before the step, groups and all. */
  @ParameterizedTest
  @EnumSource
  void theEpochsPenaltyHasTheGroups(PenaltyMethod method) {
    Dataset data = Synthetic.binary(64, 5, 1);
    Penalty first = new Penalty(0.01, 0.02, 0.03);
    List<InputGroup> groups =
        List.of(new InputGroup(2, 1), new InputGroup(1, 0), new InputGroup(2, 0.5));
    Network network =
        Network.of(5).inputGroups(groups).dense(7, TANH, first).dense(1, SIGMOID, Penalty.l1(0.1));
    Weights start = Weights.initial(network, new Random(4));
    try (Backend backend = open(1)) {
      Training run =
          Trainer.on(backend)
              .epochs(2)
              .penaltyMethod(method)
              .optimizer(Optimizer.sgd(0.1))
              .validationSplit(0.25)
              .initialWeights(start)
              .fit(network, data);
      double[] before = new double[start.layout().size()];
      float[] floats = new float[before.length];
      start.copyTo(floats);
      for (int e = 0; e < before.length; e++) {
        before[e] = floats[e];
      }
      double expected = NetworkPenalty.of(network).value(before);
      assertThat(run.history().epochs().getFirst().penalty()).isCloseTo(expected, within(1e-6));
      for (int e = 0; e < before.length; e++) {
        before[e] = weights(run)[e];
      }
      expected = NetworkPenalty.of(network).value(before);
      assertThat(run.history().last().validation().penalty()).isCloseTo(expected, within(1e-6));
    }
  }

  /**
   * Long training on all rows ends where the conditions of optimality hold, as far as float32 can
   * tell: a step of {@code learningRate * residual / (1 - momentum)} that is below half the spacing
   * of floats near a weight moves it no more, and the gradient itself has the rounding errors of
   * its sums: over 120 rows, through 3 layers' sums of at most 6, of sizes below 1. A group's
   * residual is the norm over at most 15 weights.
   */
  @Test
  void longTrainingReachesTheConditionsOfOptimality() {
    Dataset data = Synthetic.multiclass(120, 6, 2);
    double lambda = 0.05;
    Network network =
        Network.of(6)
            .inputGroups(List.of(new InputGroup(2, 1), new InputGroup(1, 1), new InputGroup(3, 1)))
            .dense(5, TANH, Penalty.group(lambda))
            .dense(3, SOFTMAX, Penalty.elasticNet(lambda, lambda));
    try (Backend backend = open(1)) {
      Training run =
          Trainer.on(backend)
              .epochs(2000)
              .batchSize(120)
              .shuffle(false)
              .optimizer(Optimizer.sgd(0.2, 0.9))
              .seed(5)
              .fit(network, data);
      double[] w = new double[new ParameterLayout(network).size()];
      float[] floats = weights(run);
      double largest = 0;
      for (int e = 0; e < w.length; e++) {
        w[e] = floats[e];
        largest = Math.max(largest, Math.abs(w[e]));
      }
      Objective objective = Objective.of(network, data, 120, null, null);
      double[] g = new double[w.length];
      objective.dataLossAndGradient(w, g);
      KktResidual residual = NetworkPenalty.of(network).residual(w, g);
      double error = (120 + 3 * 6) * 0x1p-24 + 0x1p-24 * largest / (2 * 0.2);
      assertThat(residual.value())
          .as("residual at %s, lambda %s", residual.worst(), lambda)
          .isLessThan(error * Math.sqrt(15));
      assertThat(run.history().last().zeros().getFirst()).as("the group of noise").isEqualTo(15);
    }
  }

  @Test
  void sparseRowsAreRefused() {
    SparseRows rows = SparseRows.of(2, new int[] {0, 1, 2}, new int[] {0, 1}, new float[] {1, 2});
    Dataset data = Dataset.of(rows, new float[] {0, 1});
    Network network = Network.of(2).dense(1, SIGMOID, Penalty.group(0.1));
    try (Backend backend = open(1)) {
      Trainer trainer = Trainer.on(backend);
      assertThatThrownBy(() -> trainer.fit(network, data))
          .isInstanceOf(TrainingException.class)
          .hasMessageEndingWith(
              ": has sparse rows, of which a step touches a few features; what a group owes for the"
                  + " steps that left it out depends on all its weights and has no closed form; use"
                  + " l1, or give the rows densely");
    }
  }

  @Test
  void factorsBeyondFloatAreRefused() {
    Dataset data = Synthetic.binary(20, 2, 1);
    Network network =
        Network.of(2)
            .inputGroups(List.of(new InputGroup(1, 1e39), InputGroup.SINGLE))
            .dense(1, SIGMOID, Penalty.group(0.1));
    try (Backend backend = open(1)) {
      Trainer trainer = Trainer.on(backend);
      assertThatThrownBy(() -> trainer.fit(network, data))
          .isInstanceOf(TrainingException.class)
          .hasMessage(
              "input group 0: a factor of 1.0E39 is too large for training in float32; use at most"
                  + " 3e38");
    }
  }
}
