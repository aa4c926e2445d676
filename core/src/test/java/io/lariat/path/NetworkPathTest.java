package io.lariat.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.optimality.NetworkPenalty;
import io.lariat.optimality.Objective;
import io.lariat.train.MemoryParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class NetworkPathTest {
  private static final Dataset CANCER =
      Csv.read(
          Path.of(System.getProperty("lariat.data", "../src-test-data"))
              .resolve("breast_cancer.csv"),
          "benign",
          null,
          (read, total) -> {});

  private static Backend backend() {
    return Backends.open("reference", new BackendOptions(1));
  }

  private static Network network(int units, Activation activation) {
    return Network.of(30).dense(units, activation).dense(1, Activation.SIGMOID);
  }

  private static NetworkPath small() {
    return NetworkPath.of(network(8, Activation.RELU)).standardize().folds(3).epochs(5).seed(3);
  }

  /** Only the first of the features counts, and not linearly. */
  private static Dataset bent(double scale) {
    Random random = new Random(7);
    double[][] x = new double[200][4];
    double[] y = new double[200];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 4; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = scale * (Math.abs(x[i][0]) + 0.1 * random.nextGaussian());
    }
    return Dataset.of(x, y, Task.REGRESSION);
  }

  private static NetworkPath bentPath() {
    Network network = Network.of(4).dense(10, Activation.RELU).dense(1, Activation.IDENTITY);
    return NetworkPath.of(network).standardize().folds(3).lambdas(8);
  }

  @Test
  void goesFromTheEmptyNetworkToADenseOne() {
    LambdaPath<NetworkSolution> path =
        NetworkPath.of(network(10, Activation.RELU))
            .standardize()
            .lambdas(12)
            .fit(CANCER, NetworkPathTest::backend);

    NetworkSolution first = path.points().getFirst().solution();
    NetworkSolution last = path.points().getLast().solution();
    assertThat(first.zeros()).isEqualTo(310);
    assertThat(first.features()).isZero();
    assertThat(last.features()).isGreaterThan(25);
    assertThat(last.lambda() / first.lambda()).isCloseTo(1e-3, within(1e-15));
    // the best constant: the share of the class
    assertThat(first.loss()).isCloseTo(0.660316349195221, within(1e-9));
    assertThat(path.points().get(path.chosen(LambdaPath.Rule.ONE_SE)).metric()).isGreaterThan(0.95);
    assertThat(path.points().get(path.chosen(LambdaPath.Rule.MIN)).metric()).isGreaterThan(0.96);
    assertThat(path.model(11).predict(new float[30])[0]).isBetween(0f, 1f);
  }

  @Test
  void residualIsThatOfTheWeights() {
    LambdaPath<NetworkSolution> path =
        NetworkPath.of(network(6, Activation.TANH))
            .standardize()
            .folds(0)
            .lambdas(0.05, 0.02)
            .fit(CANCER, NetworkPathTest::backend);
    for (LambdaPath.Point<NetworkSolution> point : path.points()) {
      NetworkSolution solution = point.solution();
      Objective objective =
          Objective.of(solution.network(), CANCER, 569, path.standardization(), null);
      double[] gradient = new double[solution.parameters().length];
      double loss = objective.dataLossAndGradient(solution.parameters(), gradient);
      double kkt =
          NetworkPenalty.of(solution.network()).residual(solution.parameters(), gradient).value();
      assertThat(solution.loss()).isEqualTo(loss);
      assertThat(solution.kkt()).isEqualTo(kkt);
      // few weights are left, and tanh is smooth: the Newton steps reach it
      assertThat(kkt).isLessThan(1e-6 * solution.lambda());
      assertThat(point.cvMean()).isNaN();
    }
  }

  @Test
  void threadsDoNotMatter() {
    LambdaPath<NetworkSolution> one = small().lambdas(5).fit(CANCER, NetworkPathTest::backend);
    LambdaPath<NetworkSolution> three =
        small().lambdas(5).threads(3).fit(CANCER, NetworkPathTest::backend);
    assertSame(three, one);
  }

  private static void assertSame(
      LambdaPath<NetworkSolution> found, LambdaPath<NetworkSolution> expected) {
    assertThat(found.points()).hasSameSizeAs(expected.points());
    for (int i = 0; i < expected.points().size(); i++) {
      LambdaPath.Point<NetworkSolution> a = found.points().get(i);
      LambdaPath.Point<NetworkSolution> b = expected.points().get(i);
      assertThat(a.solution().lambda()).isEqualTo(b.solution().lambda());
      assertThat(a.solution().parameters()).isEqualTo(b.solution().parameters());
      assertThat(a.solution().kkt()).isEqualTo(b.solution().kkt());
      assertThat(new double[] {a.cvMean(), a.cvSe(), a.metric()})
          .isEqualTo(new double[] {b.cvMean(), b.cvSe(), b.metric()});
    }
  }

  @Test
  void anInterruptedPathGoesOnToTheSameEnd() {
    LambdaPath<NetworkSolution> whole = small().lambdas(4).fit(CANCER, NetworkPathTest::backend);
    MemoryParts cut = new MemoryParts(7);
    assertThatThrownBy(
            () ->
                small()
                    .lambdas(4)
                    .parts(cut)
                    .cancellation(cut.cancellation)
                    .fit(CANCER, NetworkPathTest::backend))
        .isInstanceOf(CancellationException.class);
    MemoryParts rest = new MemoryParts(Integer.MAX_VALUE);
    rest.parts.putAll(cut.parts);

    LambdaPath<NetworkSolution> resumed =
        small().lambdas(4).parts(rest).fit(CANCER, NetworkPathTest::backend);

    assertSame(resumed, whole);
    assertThat(rest.kept.get() + cut.parts.size()).isEqualTo(1 + 4 * 4); // the lambdas, 4 paths
  }

  /** The loss is that of the standardised target, the metric in the target's own units. */
  @Test
  void regressionFindsTheFeatureWhateverTheUnits() {
    LambdaPath<NetworkSolution> path = bentPath().fit(bent(1), NetworkPathTest::backend);
    LambdaPath.Point<NetworkSolution> chosen =
        path.points().get(path.chosen(LambdaPath.Rule.ONE_SE));
    double[] norms = chosen.solution().traces()[0];
    assertThat(norms[0]).isGreaterThan(norms[1] + norms[2] + norms[3]);
    assertThat(chosen.cvMean()).isLessThan(0.15);
    assertThat(chosen.metric()).isBetween(0.05, 0.2);

    LambdaPath<NetworkSolution> scaled = bentPath().fit(bent(1024), NetworkPathTest::backend);
    LambdaPath.Point<NetworkSolution> same =
        scaled.points().get(path.chosen(LambdaPath.Rule.ONE_SE));
    assertThat(same.cvMean()).isCloseTo(chosen.cvMean(), within(1e-6));
    assertThat(same.metric()).isCloseTo(1024 * chosen.metric(), within(1e-3));
  }

  /** A feature that is used has a weight to every unit that is: the penalty is on all together. */
  @Test
  void byColumnAFeatureLeavesAsAWhole() {
    LambdaPath<NetworkSolution> path =
        NetworkPath.of(network(6, Activation.TANH))
            .standardize()
            .byColumn()
            .folds(0)
            .lambdas(0.05, 0.02)
            .fit(CANCER, NetworkPathTest::backend);
    for (LambdaPath.Point<NetworkSolution> point : path.points()) {
      NetworkSolution solution = point.solution();
      assertThat(solution.network().layers().getFirst().penalty().group())
          .isEqualTo(solution.lambda());
      assertThat(solution.kkt()).isLessThan(1e-6 * solution.lambda());
      assertThat(solution.features()).isBetween(1, 29);
      for (int k = 0; k < 6; k++) {
        int weights = 0;
        for (int j = 0; j < 30; j++) {
          weights += solution.parameters()[j * 6 + k] != 0 ? 1 : 0;
        }
        assertThat(weights).isIn(0, solution.features());
      }
    }
  }

  @Test
  void aKeptColumnIsNeverDropped() {
    LambdaPath<NetworkSolution> path =
        small()
            .keep(List.of("mean_radius"))
            .folds(0)
            .lambdas(3)
            .fit(CANCER, NetworkPathTest::backend);
    double[] norms = path.points().get(1).solution().traces()[0];
    assertThat(norms[0]).isPositive();
    assertThat(path.points().getFirst().solution().features()).isLessThanOrEqualTo(1);
  }

  @Test
  void refusals() {
    assertThatThrownBy(() -> small().keep(List.of("ghost")).fit(CANCER, NetworkPathTest::backend))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'ghost'");
    assertThatThrownBy(() -> small().folds(300).fit(CANCER, NetworkPathTest::backend))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too few for 300 folds");
    assertThatThrownBy(() -> small().folds(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> small().lambdas(0.1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
