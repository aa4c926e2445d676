package io.lariat.train;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.SOFTMAX;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that is trained on by rows of another mean and spread. */
@Tag("B2")
class ContinueTest {
  private final Backend backend = Backends.open("reference");

  @AfterEach
  void close() {
    backend.close();
  }

  private static Network network(boolean hidden) {
    Network network = Network.of(4);
    return (hidden ? network.dense(16, RELU, l1(1e-3)) : network).dense(1, SIGMOID, l1(1e-3));
  }

  /** Classes by {@code x0 > threshold}, all columns {@code mean + deviation * normal}. */
  private static Dataset day(double mean, double deviation, double threshold) {
    float[][] x = Synthetic.gaussian(600, 4, 5);
    float[] y = new float[600];
    for (int i = 0; i < 600; i++) {
      for (int j = 0; j < 4; j++) {
        x[i][j] = (float) (mean + deviation * x[i][j]);
      }
      y[i] = x[i][0] > threshold ? 1 : 0;
    }
    return Dataset.of(x, y, Task.BINARY);
  }

  private static double accuracy(Model model, Dataset data) {
    return Evaluation.of(model, data).metrics().get("accuracy");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void atATinyLearningRateItPredictsAsBefore(boolean hidden) {
    Model old =
        Trainer.on(backend)
            .epochs(30)
            .optimizer(Optimizer.adam(0.01))
            .standardize()
            .fit(network(hidden), day(0, 1, 0))
            .model();
    Dataset next = day(10, 5, 0);
    double before = accuracy(old, next);
    assertThat(before).isGreaterThan(0.9);
    Trainer trainer =
        Trainer.on(backend).epochs(1).optimizer(Optimizer.sgd(1e-9)).continueFrom(old);
    for (Trainer same : new Trainer[] {trainer, trainer.standardize()}) {
      Model updated = same.fit(next).model();
      assertThat(accuracy(updated, next)).isEqualTo(before);
      assertThat(updated.standardization()).isEqualTo(old.standardization());
      assertThat(updated.schema()).isEqualTo(old.schema());
      assertThat(updated.network()).isEqualTo(old.network());
    }
  }

  @Test
  void itLearnsFromThere() {
    Trainer trainer = Trainer.on(backend).epochs(20).optimizer(Optimizer.adam(0.01));
    Model old = trainer.standardize().fit(network(true), day(0, 1, 0)).model();
    Dataset moved = day(0, 1, 0.5);
    double before = accuracy(old, moved);
    Model updated = trainer.continueFrom(old).fit(moved).model();
    assertThat(accuracy(updated, moved)).isGreaterThan(before + 0.1);
  }

  @Test
  void aRegressionKeepsItsTargetsScale() {
    Dataset data = Synthetic.regression(300, 4, 1);
    Network network = Network.of(4).dense(16, RELU, l1(1e-4)).dense(1, IDENTITY);
    Model old =
        Trainer.on(backend)
            .epochs(60)
            .optimizer(Optimizer.adam(0.01))
            .standardize()
            .fit(network, data)
            .model();
    float[][] x = Synthetic.gaussian(100, 4, 2);
    float[] y = new float[100];
    for (int i = 0; i < 100; i++) {
      y[i] = i % 2; // whole numbers of two kinds: by themselves classes
    }
    Dataset next = Dataset.of(x, y);
    assertThat(next.task()).isEqualTo(Task.BINARY);
    Training run =
        Trainer.on(backend)
            .epochs(1)
            .optimizer(Optimizer.sgd(1e-12))
            .continueFrom(old)
            .validationSplit(0.5)
            .fit(next);
    assertThat(run.model().targetStandardization()).isEqualTo(old.targetStandardization());
    assertThat(run.model().predict(x[0])[0]).isCloseTo(old.predict(x[0])[0], within(1e-3f));
    double mae = Evaluation.of(old, next.under(old.schema()), 50, 50).metrics().get("mae");
    assertThat(run.evaluation().metrics().get("mae")).isCloseTo(mae, within(1e-3 * mae));
  }

  @Test
  void rowsWithoutOneOfTheClassesAreNoOtherTask() {
    Network network = Network.of(3).dense(8, RELU).dense(3, SOFTMAX);
    float[][] x = Synthetic.gaussian(90, 3, 4);
    float[] all = new float[90];
    float[] some = new float[90];
    for (int i = 0; i < 90; i++) {
      all[i] = 1 + i % 3;
      some[i] = i % 2 == 0 ? 1 : 3;
    }
    Model old = Trainer.on(backend).standardize().fit(network, Dataset.of(x, all)).model();
    Dataset chunk = Dataset.of(x, some);
    assertThat(chunk.task()).isEqualTo(Task.BINARY);
    Model updated = Trainer.on(backend).epochs(30).continueFrom(old).fit(chunk).model();
    assertThat(updated.schema().target().classes()).containsExactly("1", "2", "3");
    assertThat(Evaluation.of(updated, chunk.under(old.schema())).metrics().get("accuracy"))
        .isGreaterThan(0.3);
    some[7] = 4;
    assertThatThrownBy(() -> Trainer.on(backend).continueFrom(old).fit(Dataset.of(x, some)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("is a class that the model does not know; it knows");
  }

  @Test
  void mistakesAreSaidInTheTrainersWords() {
    Dataset data = day(0, 1, 0);
    Model plain = Trainer.on(backend).epochs(1).fit(network(true), data).model();
    Weights weights = plain.weights();
    assertThatThrownBy(() -> Trainer.on(backend).standardize().continueFrom(plain).fit(data))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("takes features as they are");
    assertThatThrownBy(
            () -> Trainer.on(backend).initialWeights(weights).continueFrom(plain).fit(data))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("leave the initial weights out");
    assertThatThrownBy(() -> Trainer.on(backend).continueFrom(plain).fit(network(false), data))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            "the model to continue from is of a network 4-16-1, this one is 4-1; it must have the"
                + " same inputs and layers");
    assertThatIllegalStateException().isThrownBy(() -> Trainer.on(backend).fit(data));
    Dataset narrow = Synthetic.binary(20, 3, 1);
    assertThatThrownBy(() -> Trainer.on(backend).continueFrom(plain).fit(narrow))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its 3 features are not the model's 4");
    Model other = new Model(plain.network(), weights, plain.schema(), null, null, Map.of());
    assertThat(Trainer.on(backend).epochs(1).continueFrom(other).fit(data).model().schema())
        .isEqualTo(plain.schema());
  }
}
