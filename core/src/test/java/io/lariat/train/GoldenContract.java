package io.lariat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.ConstantFeatures;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.model.Safetensors;
import io.lariat.model.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds training on a backend against {@link GoldenCase}s: Keras's numbers. A backend's test
 * extends this and opens the backend.
 */
public abstract class GoldenContract {

  /** Opens the backend under test. */
  protected abstract Backend open();

  static List<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void lossesAndMetricsOfEveryEpoch(GoldenCase golden) {
    try (Backend backend = open()) {
      History history = golden.trainer(backend).fit(golden.network(), golden.data()).history();
      double tolerance = golden.lossTolerance();
      assertSeries(golden, history, "loss", tolerance, Epoch::loss);
      assertSeries(golden, history, "val_loss", tolerance, e -> validation(e).loss());
      assertSeries(
          golden, history, "val_loss_without_penalty", tolerance, e -> validation(e).dataLoss());
      // A step of gradient through a jump of sign() moves the penalty as it moves the loss.
      assertSeries(
          golden, history, "penalty_at_epoch_end", tolerance, e -> validation(e).penalty());
      // One row on the other side of 0.5 is rounding, two are not.
      int rows = golden.data().rows();
      int trainingRows = (int) Math.floor(rows * 0.9);
      boolean accuracy = history.metric().equals("accuracy");
      double row = accuracy ? 1.01 / trainingRows : tolerance;
      double validationRow = accuracy ? 1.01 / (rows - trainingRows) : tolerance;
      assertSeries(golden, history, history.metric(), row, Epoch::metric);
      assertSeries(
          golden, history, "val_" + history.metric(), validationRow, e -> validation(e).metric());
      double[] stepLosses = golden.expected("step_loss");
      assertThat(history.stepLosses()).hasSameSizeAs(stepLosses);
      for (int i = 0; i < stepLosses.length; i++) {
        assertThat(history.stepLosses()[i])
            .as("loss of step %d", i)
            .isCloseTo(stepLosses[i], within(10 * tolerance));
      }
      assertThat(history.stepLosses()[0])
          .as("loss of the first step")
          .isCloseTo(stepLosses[0], within(1e-6 * stepLosses[0]));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void earlyStoppingStopsAndRestoresWhereKerasDoes(GoldenCase golden) {
    try (Backend backend = open()) {
      Training run = golden.trainer(backend).fit(golden.network(), golden.data());
      boolean stopsEarly = golden.history.has("epochs_run");
      assertThat(run.history().epochs()).hasSize(golden.expected("loss").length);
      assertThat(run.stopReason())
          .isEqualTo(stopsEarly ? StopReason.EARLY_STOPPING : StopReason.COMPLETED);
      if (stopsEarly) {
        assertThat(run.bestEpoch())
            .isEqualTo(golden.history.get("best_epoch_0based").getAsInt() + 1);
      }
    }
  }

  /**
   * A weight that crosses zero within rounding is sent up to about a learning rate elsewhere by the
   * jump of sign(w), so the bulk of the weights is compared, not the worst.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void finalWeights(GoldenCase golden) {
    try (Backend backend = open()) {
      Weights weights =
          golden.trainer(backend).fit(golden.network(), golden.data()).model().weights();
      Safetensors expected = golden.finalWeights();
      double[] errors = new double[weights.layout().size()];
      int at = 0;
      for (int i = 0; i < weights.layout().layers(); i++) {
        at = addErrors(weights.kernel(i), expected, "dense_" + i + ".kernel", errors, at);
        at = addErrors(weights.bias(i), expected, "dense_" + i + ".bias", errors, at);
      }
      Arrays.sort(errors);
      assertThat(at).isEqualTo(errors.length);
      boolean regression = golden.config.get("loss").getAsString().equals("mean_squared_error");
      assertThat(errors[errors.length / 2]).as("median").isLessThan(regression ? 2e-3 : 2e-6);
      assertThat(errors[errors.length * 9 / 10])
          .as("90 % quantile")
          .isLessThan(regression ? 2e-2 : 2e-5);
    }
  }

  private static int addErrors(
      float[] found, Safetensors expected, String name, double[] errors, int at) {
    double[] values = expected.tensor(name).doubles();
    assertThat(found).hasSameSizeAs(values);
    for (int i = 0; i < found.length; i++) {
      errors[at + i] = Math.abs(found[i] - values[i]);
    }
    return at + found.length;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientOfTheFirstBatch(GoldenCase golden) {
    Network network = golden.network();
    Dataset data = golden.data();
    Weights initial = golden.initialWeights();
    int batch = golden.config.get("batch_size").getAsInt();
    try (Backend backend = open();
        Arena memory = backend.arena()) {
      ConstantInputs constant =
          ConstantInputs.of(
              data, ConstantFeatures.of(data, batch), null, initial, ConstantInputs.Origin.GIVEN);
      Split split = Split.of(data, 0, null);
      ResidentData rows = new ResidentData(backend, memory, split, null, null, constant);
      ParameterBlock parameters =
          new ParameterBlock(backend, memory, network, golden.rule(), initial, false);
      InputLayer input =
          new DenseInput(backend, memory, parameters, Objects.requireNonNull(rows.x), batch);
      TrainingStep step =
          new TrainingStep(
              backend,
              memory,
              network,
              input,
              rows.y,
              parameters,
              golden.rule(),
              PenaltyMethod.SUBGRADIENT,
              batch,
              batch);
      int[] order = new int[batch];
      Arrays.setAll(order, i -> i);
      step.replay(order, 0, new int[network.layers().size()], new StepRates(0, 0, 1, 1, 0));
      Safetensors expected = golden.firstGradient();
      for (int i = 0; i < network.layers().size(); i++) {
        Penalty penalty = network.layers().get(i).penalty();
        float[] kernel = read(backend, parameters.kernelGradient(i));
        float[] w = initial.kernel(i);
        for (int k = 0; k < w.length; k++) {
          kernel[k] += (float) (penalty.l1() * Math.signum(w[k]) + 2 * penalty.l2() * w[k]);
        }
        assertGradient(kernel, expected, "dense_" + i + ".kernel");
        float[] bias = read(backend, parameters.biasGradient(i));
        assertGradient(bias, expected, "dense_" + i + ".bias");
      }
    }
  }

  private static float[] read(Backend backend, Matrix matrix) {
    float[] values = new float[(int) matrix.size()];
    backend.read(matrix, values, 0);
    return values;
  }

  /**
   * Relative to the tensor's largest element: a sum that nearly cancels has no digits of its own.
   */
  private static void assertGradient(float[] found, Safetensors expected, String name) {
    double[] values = expected.tensor(name).doubles();
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    assertThat(found).hasSameSizeAs(values);
    for (int i = 0; i < values.length; i++) {
      assertThat((double) found[i])
          .as("%s[%d]", name, i)
          .isCloseTo(values[i], within(1e-6 * largest));
    }
  }

  private static void assertSeries(
      GoldenCase golden,
      History history,
      String name,
      double tolerance,
      ToDoubleFunction<Epoch> value) {
    double[] expected = golden.expected(name);
    assertThat(history.epochs()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(value.applyAsDouble(history.epochs().get(i)))
          .as("%s of epoch %d", name, i + 1)
          .isCloseTo(expected[i], within(tolerance));
    }
  }

  private static Epoch.Validation validation(Epoch epoch) {
    Epoch.Validation validation = epoch.validation();
    assertThat(validation).as("validation of epoch %d", epoch.number()).isNotNull();
    return validation;
  }
}
