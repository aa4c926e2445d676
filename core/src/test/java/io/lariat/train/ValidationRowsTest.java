package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Network;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that validate and are no share of those that are trained on. */
class ValidationRowsTest {
  private static final int ROWS = 200;

  private final Backend backend = Backends.open("reference");

  @AfterEach
  void close() {
    backend.close();
  }

  /** The last tenth by itself is what a share of a tenth is, bit for bit. */
  @Test
  void theLastRowsByThemselvesAreAShareOfThem() {
    Network network = Network.of(6).dense(8, RELU, l1(0.01)).dropout(0.2).dense(1, IDENTITY);
    checkShare(Synthetic.regression(ROWS, 6, 3), network, true);
  }

  @Test
  void soAreSparseRows() {
    float[] values = new float[2 * ROWS];
    int[] columns = new int[2 * ROWS];
    int[] starts = new int[ROWS + 1];
    float[] y = new float[ROWS];
    for (int i = 0; i < ROWS; i++) {
      starts[i + 1] = 2 * (i + 1);
      columns[2 * i] = i % 5;
      columns[2 * i + 1] = 5 + i % 3;
      values[2 * i] = 1 + i % 7;
      values[2 * i + 1] = -1 - i % 4;
      y[i] = i % 5 < 2 ? 1 : 0;
    }
    Dataset data = Dataset.of(SparseRows.of(8, starts, columns, values), y, Task.BINARY);
    checkShare(data, Network.of(8).dense(4, RELU, l1(0.01)).dense(1, SIGMOID), false);
  }

  private void checkShare(Dataset data, Network network, boolean standardize) {
    int first = ROWS - ROWS / 10;
    Training share = trainer(standardize).validationSplit(0.1).fit(network, data);
    Training own =
        trainer(standardize)
            .validation(data.rows(IntStream.range(first, ROWS).toArray()))
            .fit(network, data.rows(IntStream.range(0, first).toArray()));
    assertThat(own.trainingRows()).isEqualTo(share.trainingRows());
    assertThat(own.model().weights()).isEqualTo(share.model().weights());
    assertThat(own.evaluation()).isEqualTo(share.evaluation());
    for (int i = 0; i < share.history().epochs().size(); i++) {
      Epoch a = share.history().epochs().get(i);
      Epoch b = own.history().epochs().get(i);
      assertThat(b.validation()).isEqualTo(a.validation()).isNotNull();
      assertThat(b.dataLoss()).isEqualTo(a.dataLoss());
    }
  }

  private Trainer trainer(boolean standardize) {
    Trainer trainer = Trainer.on(backend).epochs(4).batchSize(32).seed(5);
    return standardize ? trainer.standardize() : trainer;
  }

  /** They are taken under the schema of the training rows: these have three classes, those two. */
  @Test
  void rowsThatLackAClassAreOfTheSameTask() {
    Dataset data = Synthetic.multiclass(ROWS, 4, 1);
    int[] some = IntStream.range(0, ROWS).filter(i -> data.target(i) < 2).limit(20).toArray();
    Network network = Network.of(4).dense(3, SOFTMAX);
    Training run = trainer(true).validation(data.rows(some)).fit(network, data);
    assertThat(run.trainingRows()).isEqualTo(ROWS);
    assertThat(run.evaluation()).isNotNull();
    assertThat(run.evaluation().rows()).isEqualTo(20);
  }

  @Test
  void theyCanStopATraining() {
    Dataset data = Synthetic.binary(ROWS, 4, 1);
    Dataset noise = Synthetic.binary(50, 4, 2);
    float[][] x = Synthetic.gaussian(50, 4, 2);
    float[] wrong = new float[50];
    for (int i = 0; i < 50; i++) {
      wrong[i] = 1 - (float) noise.target(i);
    }
    Training run =
        trainer(true)
            .epochs(50)
            .validation(Dataset.of(x, wrong, Task.BINARY))
            .earlyStopping(EarlyStopping.patience(2))
            .fit(Network.of(4).dense(1, SIGMOID), data);
    assertThat(run.stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
    assertThat(run.epochsRun()).isEqualTo(3);
  }

  @Test
  void refusals() {
    Dataset data = Synthetic.binary(ROWS, 4, 1);
    Network network = Network.of(4).dense(1, SIGMOID);
    assertThatThrownBy(() -> trainer(true).validation(data).validationSplit(0.1).fit(network, data))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "validation rows are given and a validation split of 0.1 is set; use one of them");
    Dataset wider = Synthetic.binary(ROWS, 5, 1);
    assertThatThrownBy(() -> trainer(true).validation(wider).fit(network, data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its 5 features are not the model's 4");
    Dataset sparse =
        Dataset.of(
            SparseRows.of(4, new int[] {0, 1, 2, 3}, new int[] {0, 1, 3}, new float[] {1, 2, 3}),
            new float[] {0, 1, 1},
            Task.BINARY);
    assertThatThrownBy(() -> trainer(false).validation(data).fit(network, sparse))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("has sparse rows, and data set, which is to validate, has none");
  }
}
