package io.lariat.train;

import static io.lariat.backend.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.ElementLoss;
import io.lariat.backend.Huber;
import io.lariat.backend.Penalty;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.LinearSolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training by the losses of numbers; a backend's test opens the backend. */
public abstract class LossTrainingContract {
  private static final int ROWS = 300;

  /** Opens the backend under test. */
  protected abstract Backend open();

  /** {@code y} of noise and of the first two of four inputs. */
  private interface Rule {
    double y(double[] x, SplittableRandom random);
  }

  private static Dataset data(Rule rule) {
    SplittableRandom random = new SplittableRandom(17);
    double[][] x = new double[ROWS][4];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < 4; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = rule.y(x[i], random);
    }
    return Dataset.of(x, y, Task.REGRESSION);
  }

  private static Dataset counts() {
    return data(
        (x, random) -> Math.floor(Math.exp(0.5 * x[0] - 0.4 * x[1]) * 3 * random.nextDouble()));
  }

  /** One row in ten is far off. */
  private static Dataset outliers() {
    return data(
        (x, random) ->
            x[0] - 2 * x[1] + 0.1 * random.nextGaussian() + (random.nextInt(10) == 0 ? 100 : 0));
  }

  private static Network network(Head head, Dataset data, Penalty penalty) {
    return Network.of(4).withHead(head, data.schema().target(), penalty);
  }

  /** A linear model under l1 ends where a solver in double does. */
  private void endsAtTheLasso(ElementLoss loss, Dataset data, double lambda) {
    Head head = Heads.of(loss);
    LambdaPath<LinearSolution> path =
        LinearPath.unstandardized().head(head).lambdas(lambda).folds(0).fit(data);
    LinearSolution solution = path.points().getFirst().solution();
    try (Backend backend = open()) {
      Training run =
          Trainer.on(backend)
              .epochs(1500)
              .batchSize(ROWS)
              .optimizer(Optimizer.adam(0.02))
              .fit(network(head, data, Penalty.l1(lambda)), data);
      for (int j = 0; j < 4; j++) {
        assertThat((double) run.model().weights().kernel(0, j, 0))
            .as("%s, weight %d", loss, j)
            .isCloseTo(solution.coefficients()[0][j], within(1e-3));
      }
      assertThat((double) run.model().weights().bias(0)[0])
          .isCloseTo(solution.intercept()[0], within(1e-3));
      Epoch last = run.history().epochs().getLast();
      assertThat(last.dataLoss())
          .isCloseTo(solution.loss(), within(1e-4 * (1 + Math.abs(solution.loss()))));
      assertThat(last.metric()).isCloseTo(solution.metric(), within(1e-3 * solution.metric()));
      assertThat(run.history().metric()).isEqualTo(head.metric().name());
    }
  }

  @Test
  void poissonEndsAtItsLasso() {
    endsAtTheLasso(new Poisson(), counts(), 0.05);
  }

  @Test
  void huberEndsAtItsLasso() {
    endsAtTheLasso(new Huber(1.35), outliers(), 0.05);
  }

  /** As many targets are below the predictions as the level says. */
  @Test
  void quantilesCoverTheirShare() {
    Dataset data = data((x, random) -> x[0] + (1 + Math.abs(x[1])) * random.nextGaussian());
    try (Backend backend = open()) {
      for (double level : new double[] {0.1, 0.9}) {
        Head head = Heads.of(new Quantile(level));
        Network network =
            Network.of(4).dense(8, RELU).withHead(head, data.schema().target(), Penalty.NONE);
        Training run =
            Trainer.on(backend)
                .epochs(150)
                .batchSize(50)
                .optimizer(Optimizer.adam(0.005))
                .standardize()
                .seed(4)
                .fit(network, data);
        int below = 0;
        float[] row = new float[4];
        for (int i = 0; i < ROWS; i++) {
          data.copyFeatures(i, 1, row);
          below += data.target(i) < run.model().predict(row)[0] ? 1 : 0;
        }
        assertThat(below / (double) ROWS).as("level %s", level).isCloseTo(level, within(0.03));
      }
    }
  }

  /** Counts are not standardised, and a model's predictions are their mean. */
  @Test
  void poissonPredictsMeans(@TempDir Path folder) throws IOException {
    Dataset data = counts();
    Head head = Heads.of(new Poisson());
    Network network =
        Network.of(4).dense(6, RELU).withHead(head, data.schema().target(), Penalty.NONE);
    try (Backend backend = open()) {
      Training run =
          Trainer.on(backend)
              .epochs(60)
              .batchSize(50)
              .optimizer(Optimizer.adam(0.01))
              .standardize()
              .validationSplit(0.2)
              .fit(network, data);
      Model model = run.model();
      assertThat(model.targetStandardization()).isNull();
      assertThat(run.evaluation()).isNotNull();
      assertThat(run.evaluation().metrics()).containsOnlyKeys("deviance", "mae", "mse", "r2");
      double sum = 0;
      double targets = 0;
      float[] row = new float[4];
      for (int i = 0; i < run.trainingRows(); i++) {
        data.copyFeatures(i, 1, row);
        assertThat(model.predict(row)[0]).isPositive();
        sum += model.predict(row)[0];
        targets += data.target(i);
      }
      assertThat(sum / targets).isCloseTo(1, within(0.1));
      model.save(folder);
      Model loaded = Model.load(folder);
      assertThat(loaded.network()).isEqualTo(model.network());
      assertThat(loaded.predict(row)).containsExactly(model.predict(row));
    }
  }

  @Test
  void aPoissonTargetIsAtLeastZero() {
    Dataset data = data((x, random) -> x[0]);
    Network network = network(Heads.of(new Poisson()), data, Penalty.NONE);
    try (Backend backend = open()) {
      assertThatThrownBy(() -> Trainer.on(backend).fit(network, data))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("a Poisson target is a count or a rate, at least 0");
    }
  }
}
