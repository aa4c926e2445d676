package io.lariat.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Folds;
import io.lariat.data.Task;
import io.lariat.train.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinearPathTest {
  private static final Path DATA = Path.of(System.getProperty("lariat.data", "../src-test-data"));

  private static Dataset csv(String name, String target) {
    return Csv.read(DATA.resolve(name), target, null, (read, total) -> {});
  }

  /** Solved by another program to a residual below 1e-14. */
  @Test
  void logisticLassoIsTheGoldenOne() throws IOException {
    JsonObject golden =
        JsonParser.parseString(Files.readString(DATA.resolve("golden/logistic_lasso.json")))
            .getAsJsonObject();
    JsonArray solutions = golden.getAsJsonArray("solutions");
    double[] lambdas = new double[solutions.size()];
    for (int i = 0; i < lambdas.length; i++) {
      lambdas[i] = solutions.get(i).getAsJsonObject().get("lambda_").getAsDouble();
    }
    LambdaPath<LinearSolution> path =
        LinearPath.standardized().lambdas(lambdas).fit(csv("breast_cancer.csv", "benign"));
    for (JsonElement element : solutions) {
      JsonObject expected = element.getAsJsonObject();
      double lambda = expected.get("lambda_").getAsDouble();
      LinearSolution found =
          path.points().stream()
              .map(LambdaPath.Point::solution)
              .filter(s -> s.lambda() == lambda)
              .findFirst()
              .orElseThrow();
      double norm = 0;
      for (int j = 0; j < 30; j++) {
        double w = expected.getAsJsonArray("coefficients").get(j).getAsDouble();
        assertThat(found.coefficients()[0][j]).isCloseTo(w, within(1e-6));
        assertThat(found.coefficients()[0][j] == 0).as("zero %d", j).isEqualTo(w == 0);
        norm += Math.abs(found.coefficients()[0][j]);
      }
      assertThat(found.intercept()[0])
          .isCloseTo(expected.get("intercept").getAsDouble(), within(1e-6));
      assertThat(found.loss() + lambda * norm)
          .isCloseTo(expected.get("objective").getAsDouble(), within(1e-9));
    }
  }

  @Test
  void wholePathIsOptimalAndStartsEmpty() {
    Dataset data = csv("breast_cancer.csv", "benign");
    LambdaPath<LinearSolution> path = LinearPath.standardized().folds(10).seed(1).fit(data);
    assertThat(path.points()).hasSize(50);
    assertThat(path.points().getFirst().solution().lambda())
        .isCloseTo(0.38368324447763896, within(1e-12));
    assertThat(path.points().getFirst().solution().zeros()).isEqualTo(30);
    assertOptimal(path);
    int min = path.chosen(LambdaPath.Rule.MIN);
    int sparse = path.chosen(LambdaPath.Rule.ONE_SE);
    assertThat(sparse).isLessThanOrEqualTo(min);
    assertThat(path.points().get(min).metric()).isGreaterThan(0.96);
    float[] row = new float[30];
    data.copyFeatures(0, 1, row);
    assertThat(path.model(min).predict(row)[0]).isBetween(0f, 1f);
  }

  private static void assertOptimal(LambdaPath<LinearSolution> path) {
    for (LambdaPath.Point<LinearSolution> p : path.points()) {
      double lambda = p.solution().lambda();
      assertThat(p.solution().kkt()).as("lambda %s", lambda).isLessThanOrEqualTo(1e-9 * lambda);
    }
  }

  /** The conditions of optimality, by sums that are written out here, on random data. */
  @ParameterizedTest
  @EnumSource(Task.class)
  void meetsTheOptimalityConditions(Task task) {
    int n = 70;
    int p = 12;
    double l2 = task == Task.BINARY ? 0.01 : 0;
    Random random = new Random(11);
    double[][] x = new double[n][p];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double common = random.nextGaussian();
      for (int j = 0; j < p; j++) {
        x[i][j] = 100 + 10 * j * (random.nextGaussian() + common);
      }
      double z = 0.02 * (x[i][3] - x[i][7]) + random.nextGaussian();
      y[i] = task == Task.REGRESSION ? 5 + 3 * z : task == Task.BINARY ? (z > 0 ? 1 : 0) : i % 3;
    }
    LambdaPath<LinearSolution> path =
        LinearPath.standardized().l2(l2).lambdas(6).folds(0).fit(Dataset.of(x, y, task));
    double[][] z = standardized(x);
    double[] target = task == Task.REGRESSION ? column(standardized(rows(y)), 0) : y;
    for (LambdaPath.Point<LinearSolution> point : path.points()) {
      LinearSolution s = point.solution();
      for (int k = 0; k < s.intercept().length; k++) {
        double[] slope = new double[n];
        for (int i = 0; i < n; i++) {
          slope[i] = slope(s, z[i], target[i], task, k) / n;
        }
        assertThat(Arrays.stream(slope).sum()).isCloseTo(0, within(1e-9));
        for (int j = 0; j < p; j++) {
          double w = s.coefficients()[k][j];
          double g = 2 * l2 * w;
          for (int i = 0; i < n; i++) {
            g += slope[i] * z[i][j];
          }
          if (w == 0) {
            assertThat(Math.abs(g)).isLessThanOrEqualTo(s.lambda() + 1e-9);
          } else {
            assertThat(g).isCloseTo(-s.lambda() * Math.signum(w), within(1e-9));
          }
        }
      }
    }
  }

  /** The derivative of a row's loss by the score of output {@code k}. */
  private static double slope(LinearSolution s, double[] x, double y, Task task, int k) {
    double[] score = new double[s.intercept().length];
    for (int c = 0; c < score.length; c++) {
      score[c] = s.intercept()[c];
      for (int j = 0; j < x.length; j++) {
        score[c] += s.coefficients()[c][j] * x[j];
      }
    }
    return switch (task) {
      case REGRESSION -> 2 * (score[0] - y);
      case BINARY -> 1 / (1 + Math.exp(-score[0])) - y;
      case MULTICLASS ->
          Math.exp(score[k]) / Arrays.stream(score).map(Math::exp).sum() - (y == k ? 1 : 0);
    };
  }

  private static double[][] standardized(double[][] x) {
    double[][] z = new double[x.length][x[0].length];
    for (int j = 0; j < x[0].length; j++) {
      double[] column = column(x, j);
      double mean = Arrays.stream(column).average().orElseThrow();
      double square = Arrays.stream(column).map(v -> (v - mean) * (v - mean)).sum();
      double deviation = Math.sqrt(square / x.length);
      for (int i = 0; i < x.length; i++) {
        z[i][j] = deviation == 0 ? 0 : (x[i][j] - mean) / deviation;
      }
    }
    return z;
  }

  private static double[] column(double[][] x, int j) {
    return Arrays.stream(x).mapToDouble(row -> row[j]).toArray();
  }

  private static double[][] rows(double[] y) {
    return Arrays.stream(y).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
  }

  /** With orthogonal columns of mean square 1 the solution is a soft threshold of x'y / n. */
  @Test
  void regressionOnOrthogonalColumnsIsTheSoftThreshold() {
    int n = 16;
    double[][] x = new double[n][4];
    double[] y = new double[n];
    Random random = new Random(5);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 4; j++) {
        x[i][j] = (i >> j & 1) == 0 ? 1 : -1;
      }
      y[i] = 3 * x[i][0] - x[i][1] + 0.2 * x[i][2] + random.nextGaussian() + 7;
    }
    Dataset data = Dataset.of(x, y, Task.REGRESSION);
    double l2 = 0.25;
    LambdaPath<LinearSolution> path =
        LinearPath.unstandardized().l2(l2).lambdas(2.0, 0.5, 0.01).folds(2).fit(data);
    for (LambdaPath.Point<LinearSolution> point : path.points()) {
      double lambda = point.solution().lambda();
      for (int j = 0; j < 4; j++) {
        double product = 0;
        for (int i = 0; i < n; i++) {
          product += x[i][j] * y[i] / n;
        }
        double size = Math.max(0, Math.abs(product) - lambda / 2);
        assertThat(point.solution().coefficients()[0][j])
            .isCloseTo(Math.copySign(size, product) / (1 + l2), within(1e-12));
      }
    }
  }

  @Test
  void moreFeaturesThanRowsWithEqualAndConstantColumns() {
    int n = 40;
    double[][] x = new double[n][120];
    double[] y = new double[n];
    Random random = new Random(6);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 118; j++) {
        x[i][j] = random.nextGaussian();
      }
      x[i][118] = x[i][0];
      x[i][119] = 4;
      y[i] = 2 * x[i][0] - x[i][1] + 0.1 * random.nextGaussian();
    }
    LambdaPath<LinearSolution> path =
        LinearPath.standardized().fit(Dataset.of(x, y, Task.REGRESSION));
    assertOptimal(path);
    assertThat(path.points().getLast().solution().coefficients()[0][119]).isZero();
    double least = path.points().getLast().solution().lambda();
    assertThat(least / path.points().getFirst().solution().lambda()).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void separableClassesStayFinite() {
    double[][] x = new double[40][1];
    double[] y = new double[40];
    for (int i = 0; i < 40; i++) {
      x[i][0] = i;
      y[i] = i < 20 ? 0 : 1;
    }
    LambdaPath<LinearSolution> path =
        LinearPath.standardized().lambdas(0.1, 1e-3, 1e-5).fit(Dataset.of(x, y));
    assertOptimal(path);
  }

  @Test
  void classesAndKeptColumns() {
    LambdaPath<LinearSolution> path =
        LinearPath.standardized()
            .keep(List.of("alcohol"))
            .lambdas(0.2, 0.05, 0.01)
            .fit(csv("wine.csv", "class"));
    assertOptimal(path);
    LinearSolution first = path.points().getFirst().solution();
    assertThat(first.coefficients()[0][0]).isNotZero();
    assertThat(path.points().getLast().metric()).isGreaterThan(0.95);
  }

  @Test
  void threadsDoNotMatter() {
    Dataset data = csv("diabetes.csv", csvTarget());
    LambdaPath<LinearSolution> one = LinearPath.standardized().threads(1).fit(data);
    LambdaPath<LinearSolution> three = LinearPath.standardized().threads(3).fit(data);
    for (int i = 0; i < 50; i++) {
      assertThat(three.points().get(i).cvMean()).isEqualTo(one.points().get(i).cvMean());
      assertThat(three.points().get(i).solution().coefficients()[0])
          .isEqualTo(one.points().get(i).solution().coefficients()[0]);
    }
    assertOptimal(one);
  }

  private static String csvTarget() {
    try {
      String header = Files.readAllLines(DATA.resolve("diabetes.csv")).getFirst();
      return header.substring(header.lastIndexOf(',') + 1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void foldsAreStratifiedAndSeeded() {
    Dataset data = csv("breast_cancer.csv", "benign");
    Folds folds = Folds.of(data, 5, 3);
    for (int f = 0; f < 5; f++) {
      long benign = Arrays.stream(folds.validation(f)).filter(i -> data.target(i) == 1).count();
      assertThat(benign).isBetween(71L, 72L);
      assertThat(folds.training(f).length + folds.validation(f).length).isEqualTo(569);
    }
    assertThat(Folds.of(data, 5, 3).validation(0)).isEqualTo(folds.validation(0));
    assertThat(Folds.of(data, 5, 4).validation(0)).isNotEqualTo(folds.validation(0));
  }

  @Test
  void refusals() {
    Dataset data = csv("wine.csv", "class");
    assertThatThrownBy(() -> LinearPath.standardized().keep(List.of("ghost")).fit(data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no input column 'ghost'");
    assertThatThrownBy(() -> LinearPath.standardized().folds(100).fit(data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too few for 100 folds");
    Dataset lone =
        Dataset.of(new double[][] {{1}, {2}, {3}, {4}}, new double[] {0, 0, 0, 1}, Task.BINARY);
    assertThatThrownBy(() -> LinearPath.standardized().folds(2).fit(lone))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has 1 row");
    assertThatThrownBy(() -> LinearPath.standardized().lambdas(0.1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    Cancellation cancelled = new Cancellation();
    cancelled.cancel();
    assertThatThrownBy(() -> LinearPath.standardized().cancellation(cancelled).fit(data))
        .isInstanceOf(CancellationException.class);
  }
}
