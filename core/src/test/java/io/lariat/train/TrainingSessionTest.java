package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.elasticNet;
import static io.lariat.train.Optimizer.adam;
import static io.lariat.train.Optimizer.adamW;
import static io.lariat.train.Optimizer.sgd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A session's fits are what single fits are, one after the other, to the bit. */
class TrainingSessionTest {
  private final Backend backend = Backends.open("reference");
  private final Dataset data = Synthetic.binary(150, 5, 7);

  @AfterEach
  void close() {
    backend.close();
  }

  private static Network network(Penalty penalty) {
    return Network.of(5).dense(6, RELU, penalty).dropout(0.1).dense(1, SIGMOID, penalty);
  }

  private Trainer trainer(long seed) {
    return Trainer.on(backend)
        .epochs(3)
        .batchSize(32)
        .optimizer(adam(0.01))
        .standardize()
        .validationSplit(0.2)
        .seed(seed);
  }

  private static void assertSame(Training found, Training expected) {
    assertThat(found.model().weights()).isEqualTo(expected.model().weights());
    assertThat(found.model().network()).isEqualTo(expected.model().network());
    assertThat(found.evaluation()).isEqualTo(expected.evaluation());
    assertThat(found.history().stepLosses()).isEqualTo(expected.history().stepLosses());
  }

  @Test
  void eachFitStartsAnew() {
    Network network = network(elasticNet(0.01, 0.02));
    try (TrainingSession session = trainer(1).prepare(network, data)) {
      for (long seed = 1; seed <= 3; seed++) {
        assertSame(session.fit(trainer(seed)), trainer(seed).fit(network, data));
      }
      Trainer other = trainer(9).epochs(5).optimizer(adam(0.003));
      assertSame(session.fit(other), other.fit(network, data));
      Trainer scheduled = trainer(2).optimizer(adamW(0.01, 0.5)).schedule(Schedule.cosine(1));
      assertSame(session.fit(scheduled), scheduled.fit(network, data));
      Trainer falling = trainer(3).schedule(new Schedule.Plateau(0.5, 1, 0.1, 0, 0));
      assertSame(session.fit(falling), falling.fit(network, data));
      assertThat(session.fit(falling).history().learningRates()).containsExactly(0.01, 0.01, 0.005);
      Weights given = session.fit(trainer(4)).model().weights();
      Trainer warm = trainer(4).initialWeights(given);
      assertSame(session.fit(warm), warm.fit(network, data));
    }
  }

  /** Powers of two, with which a product rounds nothing. */
  @Test
  void strengthsArePenaltiesOfTheirProducts() {
    Trainer strong = trainer(1).strengths(0.125, 0.25);
    Trainer plain = trainer(1);
    Network network = network(elasticNet(0.125, 0.0625));
    try (TrainingSession session = trainer(1).prepare(network(elasticNet(1, 0.25)), data)) {
      assertSame(session.fit(strong), plain.fit(network, data));
      assertSame(session.fit(strong), strong.fit(network(elasticNet(1, 0.25)), data));
      assertThat(session.fit(trainer(1).strengths(0, 0)).model().network().isPenalized()).isFalse();
    }
  }

  /** Any lambda: its rest makes up for what a float cannot hold. */
  @Test
  void strengthsAreNotRounded() {
    try (TrainingSession session = trainer(1).prepare(network(elasticNet(1, 1)), data)) {
      for (double lambda : new double[] {0.1, 0.0123456789, 1.0 / 3}) {
        assertSame(
            session.fit(trainer(1).strengths(lambda, lambda / 7)),
            trainer(1).fit(network(elasticNet(lambda, lambda / 7)), data));
      }
    }
  }

  @Test
  void momentumAndDebtsOfSparseRowsAreForgotten() {
    int rows = 60;
    int[] starts = new int[rows + 1];
    Arrays.setAll(starts, i -> i);
    int[] columns = new int[rows];
    Arrays.setAll(columns, i -> i * i % 7);
    float[] values = new float[rows];
    Arrays.fill(values, 2);
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = columns[i] < 3 ? 1 : 0;
    }
    Dataset sparse = Dataset.of(SparseRows.of(7, starts, columns, values), y, Task.BINARY);
    Network network = Network.of(7).dense(3, RELU, Penalty.l1(0.01)).dense(1, SIGMOID);
    Trainer trainer = Trainer.on(backend).epochs(3).batchSize(8).optimizer(sgd(0.1, 0.9));
    try (TrainingSession session = trainer.prepare(network, sparse)) {
      for (long seed = 1; seed <= 2; seed++) {
        assertSame(session.fit(trainer.seed(seed).strengths(0.5, 1)), trainer.fit(network, sparse));
      }
    }
  }

  @Test
  void validationRowsMayBeGiven() {
    Dataset others = Synthetic.binary(40, 5, 8);
    Network network = network(Penalty.l1(0.01));
    Trainer trainer = trainer(2).validationSplit(0);
    try (TrainingSession session = trainer.prepare(network, data, others)) {
      assertSame(session.fit(trainer), trainer.fit(network, data));
      assertThat(session.fit(trainer).trainingRows()).isEqualTo(150);
    }
  }

  @Test
  void whatWasPreparedCannotChange() {
    Network network = network(Penalty.l1(0.01));
    try (TrainingSession session = trainer(1).prepare(network, data)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.fit(trainer(1).batchSize(16)))
          .withMessageStartingWith("session: it was prepared with another backend, batch size,");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> session.fit(trainer(1).optimizer(sgd(0.01))));
    }
  }

  @Test
  void weightsOfInputsThatAreNotShownAreRefused() {
    float[][] x = Synthetic.gaussian(50, 5, 1);
    float[] y = new float[50];
    for (int i = 0; i < 50; i++) {
      x[i][2] = 3;
      y[i] = x[i][0] > 0 ? 1 : 0;
    }
    Dataset constant = Dataset.of(x, y, Task.BINARY);
    Network network = network(Penalty.l1(0.01));
    ParameterLayout layout = new ParameterLayout(network);
    float[] ones = new float[layout.size()];
    Arrays.fill(ones, 1);
    Weights given = Weights.copyOf(layout, ones);
    try (TrainingSession session = trainer(1).prepare(network, constant)) {
      assertThatThrownBy(() -> session.fit(trainer(1).initialWeights(given)))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("use an input that is constant in the training rows");
    }
  }

  @Test
  void strengthsAreNumbersOfAtLeastZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(1).strengths(-1, 1))
        .withMessage("strength: expected a finite number of at least 0, found -1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> trainer(1).strengths(1, Double.NaN));
    Network network = network(Penalty.l1(1));
    assertThatThrownBy(() -> trainer(1).strengths(1e308, 1).fit(network, data))
        .isInstanceOf(TrainingException.class)
        .hasMessage("a penalty of 1.0E308 is too large for training in float32; use at most 3e38");
    assertThatThrownBy(() -> trainer(1).strengths(1, 1e308).fit(network, data))
        .isInstanceOf(TrainingException.class)
        .hasMessage("a strength of 1.0E308 is too large for training in float32; use at most 3e38");
  }
}
