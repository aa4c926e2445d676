package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Activation.TANH;
import static io.lariat.backend.Penalty.l1;
import static io.lariat.train.Optimizer.adam;
import static io.lariat.train.Optimizer.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Initializer;
import io.lariat.model.InputGroup;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import io.lariat.optimality.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  private final Backend backend = Backends.open("reference");

  @AfterEach
  void close() {
    backend.close();
  }

  private static Network binary(int features, double lambda) {
    return Network.of(features).dense(16, RELU, l1(lambda)).dense(1, SIGMOID);
  }

  private static float[] parameters(Training run) {
    Weights weights = run.model().weights();
    float[] values = new float[weights.layout().size()];
    weights.copyTo(values);
    return values;
  }

  // ---- tasks -----------------------------------------------------------------------------------

  @Test
  void learnsABinaryTaskAndDropsTheNoise() {
    Dataset data = Synthetic.binary(600, 10, 1);
    Training run =
        Trainer.on(backend)
            .epochs(60)
            .batchSize(32)
            .optimizer(adam(0.01))
            .validationSplit(0.2)
            .seed(1)
            .fit(binary(10, 0.01), data);
    assertThat(run.evaluation().metrics().get("accuracy")).isGreaterThan(0.95);
    assertThat(run.evaluation().metrics().get("auc")).isGreaterThan(0.99);
    Weights weights = run.model().weights();
    assertThat(weights.usesInput(0)).isTrue();
    assertThat(weights.usesInput(1)).isTrue();
    assertThat(run.history().last().featuresUsed()).isLessThan(10);
  }

  @Test
  void learnsClasses() {
    Dataset data = Synthetic.multiclass(900, 5, 2);
    Network network = Network.of(5).dense(32, TANH).dense(3, SOFTMAX);
    Training run =
        Trainer.on(backend)
            .epochs(30)
            .batchSize(32)
            .optimizer(adam(0.01))
            .validationSplit(0.2)
            .fit(network, data);
    assertThat(run.evaluation().metrics().get("accuracy")).isGreaterThan(0.93);
    assertThat(run.model().predict(new float[] {5, 0, 0, 0, 0})[0]).isGreaterThan(0.9f);
    assertThat(run.model().predictClass(new float[] {0, 0, 5, 0, 0})).isEqualTo("2");
  }

  @Test
  void standardisedRegressionPredictsInTheTargetsUnits() {
    Dataset data = Synthetic.regression(600, 4, 3);
    Network network = Network.of(4).dense(16, TANH).dense(1, IDENTITY);
    Training run =
        Trainer.on(backend)
            .epochs(40)
            .batchSize(32)
            .optimizer(adam(0.01))
            .validationSplit(0.2)
            .standardize()
            .fit(network, data);
    assertThat(run.evaluation().metrics().get("r2")).isGreaterThan(0.98);
    assertThat(run.model().predict(new float[] {1, 0, 0, 0})[0]).isCloseTo(250, within(15f));
    double mae = run.evaluation().metrics().get("mae");
    assertThat(run.history().last().validation().metric()).isCloseTo(mae, within(1e-3 * mae));
    // The loss stays in the units that were trained in: shares of the target's variance.
    assertThat(run.history().last().dataLoss()).isLessThan(0.05);
  }

  // ---- activations -----------------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(names = {"GELU", "SILU", "ELU", "LEAKY_RELU"})
  void learnsWithActivationsThatAreNotZeroForNegatives(Activation f) {
    Dataset data = Synthetic.multiclass(300, 4, 2);
    Network network = Network.of(4).dense(12, f).dropout(0.1).dense(8, f).dense(3, SOFTMAX);
    Training run =
        Trainer.on(backend)
            .epochs(20)
            .batchSize(32)
            .optimizer(adam(0.01))
            .validationSplit(0.2)
            .fit(network, data);
    double first = run.history().epochs().getFirst().dataLoss();
    assertThat(run.history().last().dataLoss()).isLessThan(first / 2);
    assertThat(run.evaluation().metrics().get("accuracy")).isGreaterThan(0.85);
  }

  /** A step of plain gradient descent against finite differences of the loss in double. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EXP", "SOFTMAX"}) // which are for the last layer
  void aStepGoesAgainstTheGradient(Activation f) {
    Dataset data = Synthetic.binary(50, 4, 3);
    Network network = Network.of(4).dense(6, f).dense(5, f).dense(1, SIGMOID);
    Weights start = Weights.initial(network, new Random(1));
    Training run =
        Trainer.on(backend)
            .initialWeights(start)
            .epochs(1)
            .batchSize(50)
            .optimizer(sgd(1))
            .fit(network, data);
    double[] w = start.doubles();
    float[] after = parameters(run);
    Objective objective = Objective.of(network, data, 50, run.model().standardization(), null);
    double h = 1e-5;
    for (int e = 0; e < w.length; e++) {
      double at = w[e];
      w[e] = at + h;
      double above = objective.dataLoss(w);
      w[e] = at - h;
      double below = objective.dataLoss(w);
      w[e] = at;
      // roundings of weights, activations and sums in float, each 6e-8 of about 1
      assertThat(at - after[e])
          .as("%s, parameter %d", f, e)
          .isCloseTo((above - below) / (2 * h), within(2e-6));
    }
  }

  // ---- groups and protected columns ------------------------------------------------------------

  /** The penalty empties the network but for the columns that it may not touch. */
  @ParameterizedTest
  @EnumSource
  void keptColumnsAreNotPenalised(PenaltyMethod method) {
    Dataset data = Synthetic.binary(200, 4, 1);
    Trainer trainer = Trainer.on(backend).penaltyMethod(method).epochs(40).optimizer(sgd(0.05));
    Training run = trainer.keep(List.of("x1", "x2")).fit(binary(4, 0.8), data);
    float[] all = parameters(run);
    for (int feature = 0; feature < 4; feature++) {
      boolean kept = feature == 1 || feature == 2;
      double largest = 0;
      for (int j = 0; j < 16; j++) {
        largest = Math.max(largest, Math.abs(all[16 * feature + j]));
      }
      if (kept) {
        assertThat(largest).as("feature %d", feature).isGreaterThan(0.2);
      } else if (method == PenaltyMethod.PROXIMAL) {
        assertThat(largest).as("feature %d", feature).isZero();
      } else {
        assertThat(largest).as("feature %d", feature).isLessThan(0.1);
      }
    }
    assertThat(run.model().network().inputGroups())
        .containsExactly(
            InputGroup.SINGLE, new InputGroup(1, 0), new InputGroup(1, 0), InputGroup.SINGLE);
  }

  /** Factors are the penalty's: of one step of one weight each, by hand. */
  @Test
  void aGroupsFactorMultipliesItsPenalty() {
    Dataset data =
        Dataset.of(new float[][] {{0, 0, 0}, {0, 0, 0}}, new float[] {1, -1}, Task.REGRESSION);
    List<InputGroup> groups =
        List.of(new InputGroup(1, 2), new InputGroup(1, 0), new InputGroup(1, 0.5));
    Network network = Network.of(3).inputGroups(groups).dense(1, IDENTITY, l1(0.1));
    Weights start =
        Weights.copyOf(Weights.initial(network, new Random(1)).layout(), new float[] {1, 1, 1, 0});
    Training run =
        Trainer.on(backend).epochs(1).optimizer(sgd(1)).initialWeights(start).fit(network, data);
    assertThat(parameters(run)).containsExactly(new float[] {0.8f, 1, 0.95f, 0}, within(1e-6f));
    // the penalty before the only step: 0.1 * (2 + 0 + 0.5)
    assertThat(run.history().last().penalty()).isCloseTo(0.25, within(1e-6));
  }

  @Test
  void columnsToKeepMustFit() {
    Dataset data = Synthetic.binary(20, 2, 1);
    assertThatThrownBy(() -> Trainer.on(backend).keep(List.of("x9")).fit(binary(2, 0.1), data))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("no input column 'x9'; did you mean");
    Network grouped = binary(2, 0.1).inputGroups(List.of(new InputGroup(2, 1)));
    assertThatThrownBy(() -> Trainer.on(backend).keep(List.of("x1")).fit(grouped, data))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("the network has input groups of its own");
  }

  // ---- determinism -----------------------------------------------------------------------------

  @Test
  void sameSeedSameBits() {
    Dataset data = Synthetic.binary(200, 6, 4);
    Network network = Network.of(6).dense(8, RELU, l1(0.001)).dropout(0.3).dense(1, SIGMOID);
    Trainer trainer = Trainer.on(backend).epochs(3).batchSize(32).seed(7);
    assertThat(parameters(trainer.fit(network, data)))
        .containsExactly(parameters(trainer.fit(network, data)));
    float[] first = parameters(trainer.fit(network, data));
    assertThat(parameters(trainer.seed(8).fit(network, data))).isNotEqualTo(first);
  }

  @Test
  void withoutShufflingTheSeedOnlyDrawsWeights() {
    Dataset data = Synthetic.binary(100, 6, 4);
    Weights start = Trainer.on(backend).epochs(1).fit(binary(6, 0), data).model().weights();
    Trainer trainer = Trainer.on(backend).epochs(2).shuffle(false).initialWeights(start);
    float[] first = parameters(trainer.seed(1).fit(binary(6, 0), data));
    assertThat(parameters(trainer.seed(2).fit(binary(6, 0), data))).containsExactly(first);
  }

  // ---- penalties -------------------------------------------------------------------------------

  @Test
  void proximalGivesExactZerosAndSubgradientDoesNot() {
    Dataset data = Synthetic.binary(300, 10, 5);
    Trainer trainer = Trainer.on(backend).epochs(30).batchSize(32).optimizer(adam(0.01));
    Training proximal = trainer.fit(binary(10, 0.01), data);
    assertThat(proximal.history().last().totalZeros()).isGreaterThan(50);
    Training subgradient =
        trainer.penaltyMethod(PenaltyMethod.SUBGRADIENT).fit(binary(10, 0.01), data);
    assertThat(subgradient.history().last().totalZeros()).isZero();
  }

  @Test
  void zerosOfTheHistoryAreThoseOfTheModel() {
    Training run =
        Trainer.on(backend)
            .epochs(10)
            .optimizer(adam(0.01))
            .fit(binary(10, 0.02), Synthetic.binary(300, 10, 5));
    Weights weights = run.model().weights();
    assertThat(run.history().last().zeros())
        .containsExactly((long) weights.zeros(0), (long) weights.zeros(1));
  }

  @Test
  void penaltyIsThatOfTheWeightsBeforeTheStep() {
    Network network = Network.of(4).dense(3, RELU, l1(0.5)).dense(1, SIGMOID);
    Dataset data = Synthetic.binary(32, 4, 6);
    Training none = Trainer.on(backend).epochs(1).optimizer(sgd(1e-30)).fit(network, data);
    Weights start = none.model().weights();
    double sum = 0;
    for (float w : start.kernel(0)) {
      sum += Math.abs(w);
    }
    assertThat(none.history().last().penalty()).isCloseTo(0.5 * sum, within(1e-6));
    assertThat(none.history().last().loss())
        .isEqualTo(none.history().last().dataLoss() + none.history().last().penalty());
  }

  // ---- dropout, initialisation ------------------------------------------------------------------

  @Test
  void dropoutActsInTrainingOnly() {
    Dataset data = Synthetic.binary(400, 4, 8);
    Network plain = Network.of(4).dense(32, RELU).dense(1, SIGMOID);
    Network network = Network.of(4).dense(32, RELU).dropout(0.5).dense(1, SIGMOID);
    Trainer trainer =
        Trainer.on(backend).epochs(1).batchSize(400).optimizer(sgd(1e-30)).validationSplit(0.5);
    Epoch with = trainer.fit(network, data).history().last();
    Epoch without = trainer.fit(plain, data).history().last();
    assertThat(with.validation().dataLoss()).isEqualTo(without.validation().dataLoss());
    assertThat(with.dataLoss()).isNotEqualTo(without.dataLoss());
  }

  @Test
  void dropoutStillLearns() {
    Dataset data = Synthetic.binary(600, 4, 9);
    Network network = Network.of(4).dense(32, TANH).dropout(0.3).dense(1, SIGMOID);
    Training run =
        Trainer.on(backend)
            .epochs(40)
            .batchSize(32)
            .optimizer(adam(0.01))
            .validationSplit(0.2)
            .fit(network, data);
    assertThat(run.evaluation().metrics().get("accuracy")).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @EnumSource
  void initializersHaveTheirVariance(Initializer initializer) {
    Network network = Network.of(300).dense(200, RELU).initializer(initializer);
    Weights weights = Weights.initial(network, new java.util.Random(3));
    double square = 0;
    for (float w : weights.kernel(0)) {
      square += (double) w * w;
    }
    double expected =
        switch (initializer) {
          case GLOROT_UNIFORM, GLOROT_NORMAL -> 2.0 / 500;
          case HE_UNIFORM, HE_NORMAL -> 2.0 / 300;
        };
    assertThat(square / 60000).isCloseTo(expected, within(0.02 * expected));
    assertThat(weights.bias(0)).containsOnly(0f);
  }

  // ---- stopping --------------------------------------------------------------------------------

  @Test
  void callbacksSeeStepsAndEpochsAndCanStop() {
    List<String> seen = new ArrayList<>();
    TrainingCallback callback =
        new TrainingCallback() {
          @Override
          public void onStep(int epoch, int step, int steps) {
            seen.add(epoch + ":" + step + "/" + steps);
          }

          @Override
          public Next onEpochEnd(Epoch epoch) {
            seen.add("end " + epoch.number());
            return epoch.number() == 2 ? Next.STOP : Next.CONTINUE;
          }
        };
    Training run =
        Trainer.on(backend)
            .epochs(9)
            .batchSize(50)
            .callback(callback)
            .fit(binary(4, 0), Synthetic.binary(90, 4, 1));
    assertThat(seen).containsExactly("1:1/2", "1:2/2", "end 1", "2:1/2", "2:2/2", "end 2");
    assertThat(run.stopReason()).isEqualTo(StopReason.CALLBACK);
    assertThat(run.history().epochs()).hasSize(2);
  }

  @Test
  void anotherThreadCancels() throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    CountDownLatch started = new CountDownLatch(1);
    Thread canceller =
        new Thread(
            () -> {
              try {
                started.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              cancellation.cancel();
            });
    canceller.start();
    Training run =
        Trainer.on(backend)
            .epochs(1_000_000_000)
            .cancellation(cancellation)
            .callback(
                new TrainingCallback() {
                  @Override
                  public Next onEpochEnd(Epoch epoch) {
                    started.countDown();
                    return Next.CONTINUE;
                  }
                })
            .fit(binary(4, 0), Synthetic.binary(64, 4, 1));
    canceller.join();
    assertThat(run.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(run.history().epochs()).isNotEmpty();
  }

  @Test
  void earlyStoppingRestoresTheBestEpoch() {
    Dataset data = Synthetic.binary(60, 30, 11);
    Trainer trainer =
        Trainer.on(backend)
            .epochs(500)
            .batchSize(16)
            .optimizer(adam(0.02))
            .validationSplit(0.5)
            .earlyStopping(EarlyStopping.patience(5));
    Training run = trainer.fit(binary(30, 0), data);
    assertThat(run.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
    int best = run.bestEpoch();
    assertThat(run.history().epochs()).hasSize(best + 5);
    float[] restored = parameters(run);
    Trainer again = Trainer.on(backend).batchSize(16).optimizer(adam(0.02)).validationSplit(0.5);
    assertThat(restored).containsExactly(parameters(again.epochs(best).fit(binary(30, 0), data)));
  }

  @Test
  void overfittingIsSeen() {
    Training run =
        Trainer.on(backend)
            .epochs(100)
            .batchSize(16)
            .optimizer(adam(0.02))
            .validationSplit(0.5)
            .fit(binary(30, 0), Synthetic.binary(60, 30, 11));
    assertThat(run.history().overfits()).isTrue();
  }

  // ---- refusals --------------------------------------------------------------------------------

  @Test
  void divergenceNamesTheStep() {
    assertThatThrownBy(
            () ->
                Trainer.on(backend)
                    .epochs(50)
                    .batchSize(16)
                    .optimizer(sgd(1e20))
                    .fit(
                        Network.of(4).dense(8, RELU).dense(1, IDENTITY),
                        Synthetic.regression(64, 4, 1)))
        .isInstanceOfSatisfying(
            DivergedException.class,
            e -> {
              assertThat(e.epoch()).isEqualTo(1);
              assertThat(e.step()).isBetween(2, 4);
              assertThat(e)
                  .hasMessageMatching(
                      "the loss became (NaN|Infinity) at step \\d of epoch 1; use a learning rate"
                          + " lower than 1.0E20");
            });
  }

  @Test
  void headAndTaskMustMatch() {
    assertThatThrownBy(
            () ->
                Trainer.on(backend)
                    .fit(Network.of(4).dense(1, SIGMOID), Synthetic.multiclass(50, 4, 1)))
        .hasMessage(
            "the network ends in dense(1, SIGMOID), the multiclass target 'y' needs dense(3,"
                + " SOFTMAX)");
    assertThatThrownBy(
            () ->
                Trainer.on(backend)
                    .fit(Network.of(5).dense(1, SIGMOID), Synthetic.binary(50, 4, 1)))
        .hasMessage("the network has 5 inputs, data set has 4 features");
    assertThatThrownBy(
            () -> Trainer.on(backend).fit(Network.of(4).dense(1, RELU), Synthetic.binary(50, 4, 1)))
        .hasMessageContaining("the last layer's activation must be SIGMOID");
  }

  @Test
  void splitMustLeaveRowsOnBothSides() {
    Dataset data = Synthetic.binary(6, 2, 3);
    assertThatThrownBy(() -> Trainer.on(backend).validationSplit(0.9).fit(binary(2, 0), data))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(
            "too few for a validation split of 0.9: 0 to train on, 6 to validate");
  }

  @Test
  void oneClassInTheTrainingRowsIsRefused() {
    float[][] x = Synthetic.gaussian(10, 2, 1);
    float[] y = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
    assertThatThrownBy(
            () ->
                Trainer.on(backend)
                    .validationSplit(0.2)
                    .fit(binary(2, 0), Dataset.of(x, y, Task.BINARY)))
        .hasMessage(
            "data set: all 8 training rows are of one class, 0; the file may be sorted by its"
                + " target: shuffle its rows");
  }

  @Test
  void earlyStoppingNeedsValidationRows() {
    assertThatThrownBy(
            () ->
                Trainer.on(backend)
                    .earlyStopping(EarlyStopping.patience(1))
                    .fit(binary(4, 0), Synthetic.binary(50, 4, 1)))
        .hasMessage("early stopping needs validation rows; set a validation split above 0");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void splitOutsideItsRangeIsRefused(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trainer.on(backend).validationSplit(share))
        .withMessage("validation split: expected a number in [0, 1), found " + share);
  }

  @Test
  void aBatchLargerThanTheDataIsTheData() {
    Dataset data = Synthetic.binary(20, 3, 2);
    float[] all = parameters(Trainer.on(backend).epochs(2).batchSize(20).fit(binary(3, 0), data));
    float[] more = parameters(Trainer.on(backend).epochs(2).batchSize(999).fit(binary(3, 0), data));
    assertThat(more).containsExactly(all);
  }
}
