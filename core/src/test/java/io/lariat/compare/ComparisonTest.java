package io.lariat.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Cancellation;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import io.lariat.train.MemoryParts;
import io.lariat.train.Optimizer;
import io.lariat.train.TrainingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regularizations side by side. */
final class ComparisonTest {

  /** Few rows and many features, of which two count: a network without a penalty overfits. */
  private static Dataset data() {
    RandomGenerator random = new SplittableRandom(11);
    float[][] x = new float[200][30];
    float[] y = new float[200];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = (float) random.nextGaussian();
      }
      y[i] = x[i][0] - x[i][1] + 0.5 * random.nextGaussian() > 0 ? 1 : 0;
    }
    return Dataset.of(x, y, Task.BINARY);
  }

  private static Network network() {
    return Network.of(30).dense(16, Activation.RELU).dense(1, Activation.SIGMOID);
  }

  private static Comparison comparison() {
    return Comparison.of(network())
        .training(t -> t.epochs(40).batchSize(32).optimizer(Optimizer.adam(0.01)).standardize())
        .lambdas(List.of(1e-4, 0.01, 0.03))
        .folds(3)
        .seeds(2);
  }

  private static Backend reference() {
    return Backends.open("reference", new BackendOptions(1));
  }

  @Test
  void l1ClosesTheGapAndMakesZeros() {
    List<String> progress = Collections.synchronizedList(new ArrayList<>());
    ComparisonResult result =
        comparison()
            .progress((done, all) -> progress.add(done + "/" + all))
            .fit(data(), ComparisonTest::reference);

    ComparisonRow none = result.row(Regularization.NONE);
    ComparisonRow l1 = result.row(Regularization.L1);
    ComparisonRow l2 = result.row(Regularization.L2);
    assertThat(result.rows())
        .extracting(ComparisonRow::regularization)
        .containsExactly(Regularization.values());
    assertThat(none.lambda()).isNull();
    assertThat(l1.lambda()).isIn(0.01, 0.03);
    assertThat(l1.gap().mean()).isLessThan(none.gap().mean() / 2);
    assertThat(l1.testLoss().mean()).isLessThan(none.testLoss().mean());
    assertThat(l1.zeros().mean()).isGreaterThan(0.5);
    assertThat(none.zeros().mean()).isZero();
    assertThat(l2.zeros().mean()).isZero();
    assertThat(l1.features().mean()).isLessThan(30);
    assertThat(l1.parameters().mean()).isLessThan(none.parameters().mean());
    assertThat(none.parameters()).isEqualTo(new Spread(30 * 16 + 16 + 16 + 1, 0));
    assertThat(l1.testMetric().mean()).isBetween(0.6, 1.0);
    assertThat(l1.microseconds()).isPositive();
    int all = (5 * 3 + 1) * 3 + 6 * 2;
    assertThat(progress).hasSize(all).endsWith(all + "/" + all);
  }

  /** The plain figures, worked out again from the curves and the chosen lambda. */
  @Test
  void figuresAreThoseOfTheTrainingsFromAllSeeds() {
    ComparisonResult result = comparison().seeds(4).fit(data(), ComparisonTest::reference);

    assertThat(result.dataRows()).isEqualTo(200);
    assertThat(result.testRows()).isEqualTo(40);
    assertThat(result.head().metric().name()).isEqualTo("accuracy");
    for (ComparisonRow row : result.rows()) {
      double[] metrics = new double[4];
      double[] losses = new double[4];
      for (int s = 0; s < 4; s++) {
        History history = row.histories().get(s);
        boolean stopped = row.regularization() == Regularization.L1_EARLY_STOPPING;
        Epoch kept = stopped ? bestOf(history) : history.last();
        metrics[s] = Objects.requireNonNull(kept.validation()).metric();
        losses[s] = Objects.requireNonNull(kept.validation()).dataLoss();
      }
      assertThat(row.validationMetric().mean()).isCloseTo(Spread.of(metrics).mean(), within(1e-6));
      assertThat(row.validationLoss().mean()).isCloseTo(Spread.of(losses).mean(), within(1e-4));
      assertThat(row.validationLoss().deviation())
          .isPositive()
          .isCloseTo(Spread.of(losses).deviation(), within(1e-4));
      if (row.lambda() != null) {
        assertThat(row.crossValidation())
            .extracting(LambdaScore::lambda)
            .containsExactly(1e-4, 0.01, 0.03);
        assertThat(row.lambda())
            .isEqualTo(
                row.crossValidation().stream()
                    .min(Comparator.comparingDouble(s -> s.loss().mean()))
                    .orElseThrow()
                    .lambda());
      }
    }
  }

  /** Early stopping goes by the loss with the penalty. */
  private static Epoch bestOf(History history) {
    return history.epochs().stream()
        .min(Comparator.comparingDouble(e -> Objects.requireNonNull(e.validation()).loss()))
        .orElseThrow();
  }

  @Test
  void asATable() {
    ComparisonResult result =
        comparison().lambdas(List.of(0.01)).fit(data(), ComparisonTest::reference);

    List<String> table = result.table();
    assertThat(table).hasSize(7).allMatch(line -> line.length() == table.getFirst().length());
    assertThat(table.getFirst()).contains("test accuracy", "gap", "zeros", "features", "us/row");
    assertThat(table.get(2)).startsWith("L1 ").contains("0.01", " +- ", " % ");
  }

  @Test
  void theNumberOfThreadsChangesNothing() {
    ComparisonResult one = comparison().fit(data(), ComparisonTest::reference);
    ComparisonResult three = comparison().threads(3).fit(data(), ComparisonTest::reference);

    assertThat(three.rows())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("microseconds", ".*\\.seconds")
        .ignoringFields("microseconds")
        .isEqualTo(one.rows());
  }

  @Test
  void withoutAHiddenLayerTheOnlyKernelIsPenalised() {
    ComparisonResult result =
        Comparison.of(Network.of(30).dense(1, Activation.SIGMOID))
            .training(t -> t.epochs(40).optimizer(Optimizer.adam(0.05)))
            .lambdas(List.of(0.05))
            .seeds(1)
            .fit(data(), ComparisonTest::reference);

    assertThat(result.rows())
        .hasSize(5)
        .noneMatch(r -> r.regularization() == Regularization.L1_DROPOUT);
    assertThat(result.row(Regularization.L1).features().mean()).isLessThan(15);
  }

  @Test
  void cancelling() {
    Cancellation token = new Cancellation();
    Comparison comparison =
        comparison()
            .cancellation(token)
            .progress(
                (done, all) -> {
                  if (done == 5) {
                    token.cancel();
                  }
                });

    assertThatThrownBy(() -> comparison.fit(data(), ComparisonTest::reference))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void whatGoesWrongInAThreadIsThrown() {
    Comparison wrong = Comparison.of(Network.of(7).dense(1, Activation.SIGMOID)).threads(2);
    assertThatThrownBy(() -> wrong.fit(data(), ComparisonTest::reference))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("7 inputs");

    Comparison wild = comparison().training(t -> t.epochs(3).optimizer(Optimizer.sgd(1e30)));
    assertThatThrownBy(() -> wild.fit(data(), ComparisonTest::reference))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("none: every training diverged; in one the ")
        .hasMessageContaining("learning rate lower than 1.0E30");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatIllegalArgumentException().isThrownBy(() -> comparison().folds(1));
    assertThatIllegalArgumentException().isThrownBy(() -> comparison().seeds(0));
    assertThatIllegalArgumentException().isThrownBy(() -> comparison().lambdas(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> comparison().lambdas(List.of(-1.0)));
  }

  @Test
  void spread() {
    assertThat(Spread.of(1, 2, 3)).isEqualTo(new Spread(2, 1));
    assertThat(Spread.of(5)).isEqualTo(new Spread(5, 0));
  }

  private static Comparison small() {
    return comparison()
        .training(t -> t.epochs(3).batchSize(32))
        .folds(2)
        .lambdas(List.of(0.01, 1.0));
  }

  /** In the cross-validation, and among the final trainings. */
  @ParameterizedTest
  @ValueSource(ints = {5, 25})
  @Tag("D7")
  void anInterruptedComparisonGoesOnToTheSameEnd(int most) {
    ComparisonResult whole = small().fit(data(), ComparisonTest::reference);
    MemoryParts cut = new MemoryParts(most);
    assertThatThrownBy(
            () ->
                small()
                    .parts(cut)
                    .cancellation(cut.cancellation)
                    .fit(data(), ComparisonTest::reference))
        .isInstanceOf(CancellationException.class);
    MemoryParts rest = new MemoryParts(Integer.MAX_VALUE);
    rest.parts.putAll(cut.parts);

    ComparisonResult resumed = small().parts(rest).fit(data(), ComparisonTest::reference);

    assertThat(cut.kept.get()).isGreaterThanOrEqualTo(most);
    assertThat(rest.parts.keySet()).containsAll(cut.parts.keySet());
    for (ComparisonRow row : whole.rows()) {
      ComparisonRow same = resumed.row(row.regularization());
      assertThat(same.crossValidation()).isEqualTo(row.crossValidation());
      assertThat(same.testLoss()).isEqualTo(row.testLoss());
      assertThat(same.validationLoss()).isEqualTo(row.validationLoss());
      assertThat(same.gap()).isEqualTo(row.gap());
      assertThat(same.zeros()).isEqualTo(row.zeros());
    }
  }
}
