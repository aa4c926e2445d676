package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.lariat.cli.words.Figures;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.LinearSolution;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The report of a path. */
final class PathReportTest {
  /** What the page has of a number. */
  private static final Percentage SEVEN_DIGITS = withinPercentage(1e-4);

  /** The third feature counts most, the first a little, the second not at all. */
  static Dataset data(Task task) {
    Random random = new Random(4);
    double[][] x = new double[90][3];
    double[] y = new double[90];
    for (int i = 0; i < 90; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = random.nextGaussian();
      }
      double z = 2 * x[i][2] - 0.5 * x[i][0] + 0.3 * random.nextGaussian();
      y[i] =
          switch (task) {
            case REGRESSION -> z;
            case BINARY -> z > 0 ? 1 : 0;
            case MULTICLASS -> z > 1 ? 2 : z > -1 ? 1 : 0;
          };
    }
    return Dataset.of(x, y, task);
  }

  private static LambdaPath<LinearSolution> path(Task task, int folds) {
    return LinearPath.standardized().lambdas(7).folds(folds).threads(1).fit(data(task));
  }

  private static ParsedPage page(LambdaPath<LinearSolution> path) {
    Integer chosen = path.folds() == 0 ? null : (Integer) path.chosen(LambdaPath.Rule.ONE_SE);
    return new ParsedPage(
        PathReport.html("made_up", path, chosen, Map.of("folds", "5"), List.of()));
  }

  private static double[] numbers(JsonArray array) {
    return array.asList().stream().mapToDouble(e -> e.getAsDouble()).toArray();
  }

  @Test
  void hasALineForEachFeatureTheLargestFirst() {
    LambdaPath<LinearSolution> path = path(Task.REGRESSION, 5);
    JsonObject data = page(path).data();
    JsonArray outputs = data.getAsJsonArray("outputs");
    assertThat(outputs).hasSize(1);
    JsonArray lines = outputs.get(0).getAsJsonObject().getAsJsonArray("lines");
    assertThat(lines.get(0).getAsJsonObject().get("name").getAsString()).isEqualTo("x2");
    assertThat(lines.get(1).getAsJsonObject().get("name").getAsString()).isEqualTo("x0");
    double[] values = numbers(lines.get(0).getAsJsonObject().getAsJsonArray("values"));
    double[] lambdas = numbers(data.getAsJsonArray("lambdas"));
    assertThat(lambdas).isSorted().hasSameSizeAs(values);
    // ascending lambdas: the whole coefficient first, nothing at the end
    assertThat(values[6]).isZero();
    assertThat(values[0])
        .isCloseTo(path.points().getLast().solution().coefficients()[0][2], SEVEN_DIGITS);
  }

  @Test
  void marksBothRulesAndSaysWhatTheyChose() {
    LambdaPath<LinearSolution> path = path(Task.BINARY, 5);
    ParsedPage page = page(path);
    int sparse = path.chosen(LambdaPath.Rule.ONE_SE);
    JsonArray rules = page.data().getAsJsonArray("rules");
    assertThat(rules.get(1).getAsJsonObject().get("name").getAsString()).isEqualTo("1se");
    assertThat(rules.get(1).getAsJsonObject().get("index").getAsInt()).isEqualTo(6 - sparse);
    double mean = path.points().get(sparse).cvMean();
    double se = path.points().get(sparse).cvSe();
    assertThat(numbers(page.data().getAsJsonArray("loss"))[6 - sparse])
        .isCloseTo(mean, SEVEN_DIGITS);
    assertThat(numbers(page.data().getAsJsonArray("error"))[6 - sparse])
        .isCloseTo(se, SEVEN_DIGITS);
    assertThat(page.text()).contains("within one standard error").contains(Figures.digits(mean));
    assertThat(
            page.data().getAsJsonArray("chosenRows").get(0).getAsJsonArray().get(0).getAsString())
        .isEqualTo("x2");
  }

  @Test
  void withoutFoldsNothingIsChosen() {
    ParsedPage page = page(path(Task.REGRESSION, 0));
    assertThat(page.data().get("loss").isJsonNull()).isTrue();
    assertThat(page.data().get("chosen").isJsonNull()).isTrue();
    assertThat(page.data().getAsJsonArray("rules")).isEmpty();
    assertThat(page.text()).contains("no cross-validation");
    assertThat(page.html()).doesNotContain("NaN");
  }

  @Test
  void hasAPlotForEachClass() {
    JsonObject data = page(path(Task.MULTICLASS, 3)).data();
    assertThat(data.getAsJsonArray("outputs")).hasSize(3);
    assertThat(data.getAsJsonArray("chosenColumns")).hasSize(2 + 3);
  }
}
