package io.lariat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that goes on from a state ends with the same bits; a backend's test opens it. */
@Tag("D7")
public abstract class ResumeContract {
  private static final int EPOCHS = 5;

  /** Opens the backend under test. */
  protected abstract Backend open();

  /** What is trained. */
  record Case(String name, Network network, Dataset data, UnaryOperator<Trainer> settings) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Dataset binary = Synthetic.binary(70, 6, 1);
    Dataset regression = Synthetic.regression(50, 4, 2);
    Network plain = Network.of(6).dense(7, Activation.RELU, Penalty.l1(0.01));
    Network small = plain.dense(1, Activation.SIGMOID, Penalty.NONE);
    Network grouped =
        Network.of(4)
            .dense(5, Activation.TANH, new Penalty(0, 0, 0.05))
            .dense(1, Activation.IDENTITY, new Penalty(0, 0.01));
    return Stream.of(
        new Case("adam", small, binary, t -> t),
        new Case("sgd", small, binary, t -> t.optimizer(Optimizer.sgd(0.1))),
        new Case("momentum", small, binary, t -> t.optimizer(Optimizer.nesterov(0.05, 0.9))),
        new Case("rmsprop", small, binary, t -> t.optimizer(Optimizer.rmsprop(0.01))),
        new Case("unshuffled", small, binary, t -> t.shuffle(false)),
        new Case(
            "dropout",
            plain.dropout(0.4).dense(1, Activation.SIGMOID, Penalty.NONE),
            binary,
            t -> t),
        new Case(
            "early stopping",
            small,
            binary,
            t -> t.optimizer(Optimizer.adam(0.3)).earlyStopping(EarlyStopping.patience(2))),
        new Case(
            "adamw by a cosine",
            small,
            binary,
            t -> t.optimizer(Optimizer.adamW(0.02, 0.5)).schedule(Schedule.cosine(2))),
        new Case(
            "momentum by steps",
            small,
            binary,
            t -> t.optimizer(Optimizer.sgd(0.1, 0.9)).schedule(Schedule.step(2, 0.1))),
        new Case(
            "plateau",
            small,
            binary,
            t ->
                t.optimizer(Optimizer.nesterov(0.3, 0.5))
                    .schedule(new Schedule.Plateau(0.5, 1, 0.1, 1, 0.01))),
        new Case("groups", grouped, regression, Trainer::standardize),
        new Case("sparse adam", small, sparse(binary), t -> t),
        new Case("sparse sgd", small, sparse(binary), t -> t.optimizer(Optimizer.sgd(0.1))),
        new Case(
            "sparse momentum by steps",
            small,
            sparse(binary),
            t -> t.optimizer(Optimizer.sgd(0.1, 0.9)).schedule(Schedule.step(1, 0.5))),
        new Case(
            "sparse momentum", small, sparse(binary), t -> t.optimizer(Optimizer.sgd(0.1, 0.9))));
  }

  /** The same rows without their small values. */
  private static Dataset sparse(Dataset dense) {
    int[] starts = new int[dense.rows() + 1];
    List<Integer> columns = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    double[] row = new double[dense.features()];
    double[] y = new double[dense.rows()];
    for (int i = 0; i < dense.rows(); i++) {
      dense.copyFeatures(i, 1, row);
      y[i] = dense.target(i);
      for (int j = 0; j < row.length; j++) {
        if (Math.abs(row[j]) > 0.8) {
          columns.add(j);
          values.add(row[j]);
        }
      }
      starts[i + 1] = columns.size();
    }
    float[] floats = new float[values.size()];
    for (int k = 0; k < floats.length; k++) {
      floats[k] = values.get(k).floatValue();
    }
    float[] targets = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      targets[i] = (float) y[i];
    }
    SparseRows rows =
        SparseRows.of(
            dense.features(), starts, columns.stream().mapToInt(c -> c).toArray(), floats);
    return Dataset.of(rows, targets, Task.BINARY);
  }

  private static Trainer trainer(Backend backend, Case of) {
    return of.settings()
        .apply(
            Trainer.on(backend)
                .epochs(EPOCHS)
                .batchSize(16)
                .optimizer(Optimizer.adam(0.02))
                .validationSplit(0.2)
                .seed(7));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aResumedTrainingEndsWithTheSameBits(Case of) {
    List<byte[]> states = new ArrayList<>();
    Training whole;
    try (Backend backend = open()) {
      whole = trainer(backend, of).fit(of.network(), of.data());
    }
    try (Backend backend = open()) {
      Training watched =
          trainer(backend, of)
              .checkpoint(state -> states.add(state.bytes()))
              .fit(of.network(), of.data());
      assertSame(watched, whole);
    }
    assertThat(states).hasSize(whole.history().epochs().size());
    for (byte[] state : states) {
      List<Integer> told = new ArrayList<>();
      try (Backend backend = open()) {
        Training resumed =
            trainer(backend, of)
                .resume(TrainingState.of(state))
                .callback(
                    new TrainingCallback() {
                      @Override
                      public Next onEpochEnd(Epoch epoch) {
                        told.add(epoch.number());
                        return Next.CONTINUE;
                      }
                    })
                .fit(of.network(), of.data());
        assertSame(resumed, whole);
        assertThat(told).hasSize(states.size()).isSorted().startsWith(1);
      }
    }
  }

  private static void assertSame(Training a, Training b) {
    assertThat(a.model().weights().doubles()).isEqualTo(b.model().weights().doubles());
    assertThat(a.history().stepLosses()).isEqualTo(b.history().stepLosses());
    assertThat(a.history().learningRates()).isEqualTo(b.history().learningRates());
    assertThat(a.stopReason()).isEqualTo(b.stopReason());
    assertThat(a.bestEpoch()).isEqualTo(b.bestEpoch());
    // all but the seconds, which no two runs have in common
    assertThat(a.history().epochs().stream().map(ResumeContract::untimed).toList())
        .isEqualTo(b.history().epochs().stream().map(ResumeContract::untimed).toList());
  }

  private static Epoch untimed(Epoch epoch) {
    return new Epoch(
        epoch.number(),
        epoch.dataLoss(),
        epoch.penalty(),
        epoch.metric(),
        epoch.validation(),
        epoch.zeros(),
        epoch.featuresUsed(),
        0);
  }

  /** What is cancelled in the middle of an epoch goes on from the epoch's beginning. */
  @Test
  void aCancelledTrainingGoesOn() {
    Case of = cases().findFirst().orElseThrow();
    Cancellation cancellation = new Cancellation();
    List<TrainingState> states = new ArrayList<>();
    AtomicInteger steps = new AtomicInteger();
    try (Backend backend = open()) {
      Training whole = trainer(backend, of).fit(of.network(), of.data());
      Training cut =
          trainer(backend, of)
              .cancellation(cancellation)
              .checkpoint(states::add)
              .callback(
                  new TrainingCallback() {
                    @Override
                    public void onStep(int epoch, int step, int count) {
                      if (steps.incrementAndGet() == 2 * count + 1) {
                        cancellation.cancel();
                      }
                    }
                  })
              .fit(of.network(), of.data());
      assertThat(cut.stopReason()).isEqualTo(StopReason.CANCELLED);
      Training resumed = trainer(backend, of).resume(states.getLast()).fit(of.network(), of.data());
      assertThat(states.getLast().epochsRun()).isEqualTo(2);
      assertSame(resumed, whole);
    }
  }

  @Test
  void aStateOfAnotherTrainingIsRefused() {
    List<Case> cases = cases().toList();
    List<TrainingState> states = new ArrayList<>();
    try (Backend backend = open()) {
      Case adam = cases.getFirst();
      trainer(backend, adam).checkpoint(states::add).fit(adam.network(), adam.data());
      Case grouped =
          cases.stream().filter(c -> c.name().equals("groups")).findFirst().orElseThrow();
      for (Case other : List.of(cases.get(1), cases.get(2), grouped)) {
        assertThatThrownBy(
                () ->
                    trainer(backend, other)
                        .resume(states.getFirst())
                        .fit(other.network(), other.data()))
            .isInstanceOf(TrainingException.class)
            .hasMessageContaining("of another training");
      }
      assertThatThrownBy(
              () ->
                  trainer(backend, adam)
                      .epochs(2)
                      .resume(states.getLast())
                      .fit(adam.network(), adam.data()))
          .hasMessageContaining("of another training");
    }
    byte[] bytes = states.getFirst().bytes();
    assertThat(bytes).hasSize((int) states.getFirst().size());
    for (int length : new int[] {0, 3, 20, bytes.length / 2, bytes.length - 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> TrainingState.of(Arrays.copyOf(bytes, length)));
    }
    bytes[3]++;
    assertThatIllegalArgumentException().isThrownBy(() -> TrainingState.of(bytes));
  }
}
