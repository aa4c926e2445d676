package io.lariat.simd.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Recording;
import io.lariat.backend.UpdateRule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recorded steps: how few stages they have, what they refuse. */
class StepPlanTest {
  private static final int ROWS = 40;
  private static final int BATCH = 8;

  private final Backend backend = Backends.open("simd", new BackendOptions(2));
  private final Matrix data = matrix("data", ROWS, 3);
  private final Matrix targets = matrix("targets", ROWS, 1);
  private final Matrix epochLosses = matrix("row losses", ROWS, 2);
  private final Indices rows = backend.allocateIndices(BATCH);
  private final Matrix x = matrix("x", BATCH, 3);
  private final Matrix y = matrix("y", BATCH, 1);
  private final Matrix hidden = matrix("hidden", BATCH, 5);
  private final Matrix logits = matrix("logits", BATCH, 1);
  private final Matrix rowLosses = matrix("rowLosses", BATCH, 2);
  private final Matrix hiddenGrad = matrix("hidden gradient", BATCH, 5);
  private final Matrix logitGrad = matrix("logit gradient", BATCH, 1);
  private final Matrix weights = matrix("weights", 1, 3 * 5 + 5 + 5 + 1);
  private final Matrix gradient = matrix("gradient", 1, 3 * 5 + 5 + 5 + 1);
  private final Matrix state = matrix("state", 2, 3 * 5 + 5 + 5 + 1);
  private final Matrix rates = matrix("rates", 1, UpdateRule.RATES);
  private final Matrix penalty = matrix("penalty", 1, 1);

  @AfterEach
  void close() {
    backend.close();
  }

  private Matrix matrix(String name, int height, int width) {
    return Matrix.of(name, backend.allocate((long) height * width), height, width);
  }

  private static Matrix part(Matrix of, int from, int height, int width) {
    return new Matrix(of.name() + from, of.storage(), from, height, width);
  }

  private void trainingStep() {
    backend.gatherRows(data, rows, x);
    backend.gatherRows(targets, rows, y);
    backend.dense(x, part(weights, 0, 3, 5), part(weights, 20, 1, 5), Activation.TANH, hidden);
    Matrix w2 = part(weights, 15, 5, 1);
    backend.dense(hidden, w2, part(weights, 25, 1, 1), Activation.IDENTITY, logits);
    backend.rowLossesAndGrad(new BinaryCrossEntropy(), logits, y, rowLosses, logitGrad);
    backend.scatterRows(rowLosses, rows, epochLosses);
    Matrix w2Grad = part(gradient, 15, 5, 1);
    backend.parameterGrad(hidden, logitGrad, w2Grad, part(gradient, 25, 1, 1));
    backend.inputGrad(logitGrad, w2, Activation.TANH, hidden, hiddenGrad);
    backend.parameterGrad(x, hiddenGrad, part(gradient, 0, 3, 5), part(gradient, 20, 1, 5));
    backend.penaltyAndUpdate(
        new UpdateRule.Adam(0.9, 0.999, 1e-7),
        Penalty.l1(0.01),
        PenaltyMethod.PROXIMAL,
        weights,
        gradient,
        state,
        rates,
        penalty);
  }

  @Test
  void aTrainingStepHasThreeStagesAndASerialEnd() {
    StepPlan plan = (StepPlan) backend.record(this::trainingStep);
    assertThat(plan.describe())
        .containsExactly(
            "RowOperations RowOperations MatrixProduct Activations MatrixProduct Losses"
                + " RowOperations MatrixProduct ActivationGradients",
            "MatrixProduct RowSums MatrixProduct RowSums",
            "WeightUpdate",
            "PenaltyTotal");
  }

  @Test
  void aJobThatNeedsAllRowsOfAnotherWaitsForIt() {
    Matrix square = matrix("square", 4, 4);
    Matrix other = matrix("other", 4, 4);
    Matrix sum = matrix("sum", 1, 4);
    StepPlan plan =
        (StepPlan)
            backend.record(
                () -> {
                  backend.activate(Activation.RELU, square, other); // by rows
                  backend.sumRows(other, sum); // all rows
                  backend.activate(Activation.RELU, other, other); // overwrites what is summed
                  backend.activate(Activation.RELU, part(other, 4, 2, 4), part(square, 0, 2, 4));
                });
    assertThat(plan.describe())
        .containsExactly("Activations", "RowSums", "Activations", "Activations");
  }

  @Test
  void refusesWhatIsNoOperation() {
    float[] one = new float[1];
    assertRefused("read", () -> backend.read(penalty, one, 0));
    assertRefused("write", () -> backend.write(one, 0, penalty));
    assertRefused("allocate", () -> backend.allocate(1));
    assertRefused("record", () -> backend.record(() -> {}).close());
    backend.read(penalty, one, 0); // a recording that failed is over
  }

  private void assertRefused(String operation, Runnable step) {
    assertThatThrownBy(() -> backend.record(step).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(operation + ": not while a step is recorded; do it before each replay");
  }

  @Test
  void checksTheRowsOfEveryReplayBeforeItChangesAnything() {
    backend.write(new float[] {1e-3f, 1e-3f, 1, 1, 0, 0, 0}, 0, rates);
    Recording step = backend.record(this::trainingStep);
    step.replay();
    float[] before = new float[(int) state.size()];
    backend.read(state, before, 0);
    backend.write(new int[] {0, 1, 2, 3, 4, 5, 6, ROWS}, 0, rows);
    assertThatThrownBy(step::replay)
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("40");
    float[] after = new float[(int) state.size()];
    backend.read(state, after, 0);
    assertThat(after).isEqualTo(before);
    step.close();
  }

  @Test
  void refusesToReplayWithoutItsMemory() {
    Recording step = backend.record(this::trainingStep);
    hidden.storage().close();
    assertThatThrownBy(step::replay)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("hidden [8x5]: its storage is closed");
    step.close();
    assertThatThrownBy(step::replay)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the recording is closed");
  }

  @Test
  void refusesToReplayWithoutItsIndices() {
    Recording step = backend.record(this::trainingStep);
    rows.close();
    assertThatThrownBy(step::replay)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("indices [8]: they are closed");
    step.close();
  }
}
