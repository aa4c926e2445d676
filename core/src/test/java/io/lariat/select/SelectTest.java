package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.train.Cancellation;
import io.lariat.train.MemoryParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectTest {

  /** Standard normal columns and a target made of each row, with noise of that deviation. */
  private static Dataset planted(
      long seed, int rows, int columns, double noise, ToDoubleFunction<double[]> target) {
    return Dataset.of(normal(seed, rows, columns), targets(seed, rows, columns, noise, target));
  }

  private static double[][] normal(long seed, int rows, int columns) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] x = new double[rows][columns];
    for (double[] row : x) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return x;
  }

  private static double[] targets(
      long seed, int rows, int columns, double noise, ToDoubleFunction<double[]> target) {
    double[][] x = normal(seed, rows, columns);
    RandomGenerator random = new SplittableRandom(~seed);
    double[] y = new double[rows];
    Arrays.setAll(y, i -> target.applyAsDouble(x[i]) + noise * random.nextGaussian());
    return y;
  }

  /** The published benchmark's target: pairs of columns that matter by their distance. */
  private static ToDoubleFunction<double[]> pairs(int relevant) {
    return row -> {
      double sum = 0;
      for (int k = 0; k < relevant; k += 2) {
        sum += 10 * Math.abs(row[k] - row[k + 1]);
      }
      return sum;
    };
  }

  private static List<Integer> indices(Selection selection) {
    return selection.selected().stream().map(FeatureScore::index).sorted().toList();
  }

  private static List<Integer> first(int count) {
    List<Integer> first = new ArrayList<>();
    for (int j = 0; j < count; j++) {
      first.add(j);
    }
    return first;
  }

  @ParameterizedTest
  @CsvSource({
    "11, 0, 1",
    "12, 0, 1",
    "13, 0, 1",
    "11, 4, 1",
    "12, 4, 1",
    "13, 4, 1",
    "11, 8, 1",
    "12, 8, 1",
    "13, 8, 1",
    "11, 10, 1",
    "11, 12, 1",
    "11, 8, 10"
  })
  void thePlantedColumnsAndNoOthers(long seed, int relevant, double noise) {
    Dataset data = planted(seed, 500, 50, noise, pairs(relevant));
    assertThat(indices(FeatureSelector.create().seed(seed).fit(data))).isEqualTo(first(relevant));
  }

  @Test
  void noiseAloneSelectsNothing() {
    int selections = 0;
    for (int seed = 0; seed < 100; seed++) {
      Dataset noise = planted(seed, 100, 20, 1, row -> 0);
      selections += FeatureSelector.create().seed(seed).fit(noise).selected().isEmpty() ? 0 : 1;
    }
    // 1 is expected at level 0.01; more than 6 have a probability below 1e-4
    assertThat(selections).as("of 100 draws of noise").isLessThanOrEqualTo(6);
  }

  @Test
  void theOrderOfColumnsDoesNotMatter() {
    double[][] x = normal(3, 300, 12);
    double[] y = targets(3, 300, 12, 3, pairs(4));
    double[][] reversed = new double[300][12];
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 12; j++) {
        reversed[i][11 - j] = x[i][j];
      }
    }
    Selection one = FeatureSelector.create().fit(Dataset.of(x, y));
    Selection other = FeatureSelector.create().fit(Dataset.of(reversed, y));
    assertThat(indices(one)).isEqualTo(first(4));
    for (FeatureScore f : one.features()) {
      FeatureScore g = other.features().get(11 - f.index());
      assertThat(g.importance()).as(f.name()).isEqualTo(f.importance());
      assertThat(g.leavesAt()).as(f.name()).isEqualTo(f.leavesAt());
      assertThat(g.selected()).as(f.name()).isEqualTo(f.selected());
    }
  }

  @Test
  void unitsDoNotMatter() {
    double[][] x = normal(5, 300, 12);
    double[] y = targets(5, 300, 12, 3, pairs(4));
    Selection one = FeatureSelector.create().fit(Dataset.of(x, y));
    for (double[] row : x) {
      for (int j = 0; j < 12; j++) {
        row[j] = row[j] * Math.pow(10, j - 6) + j;
      }
    }
    double[] scaled = Arrays.stream(y).map(v -> 1e4 * v - 7).toArray();
    Selection other = FeatureSelector.create().fit(Dataset.of(x, scaled));
    assertThat(indices(other)).isEqualTo(indices(one)).isEqualTo(first(4));
    assertThat(other.lambda()).isCloseTo(one.lambda(), within(1e-9));
  }

  @Test
  void sameSeedSameSelectionWhateverTheThreads() {
    Dataset data = planted(7, 200, 10, 2, pairs(4));
    Selection one = FeatureSelector.create().seed(9).stability(3).threads(1).fit(data);
    Selection other = FeatureSelector.create().seed(9).stability(3).threads(3).fit(data);
    assertThat(other.features()).isEqualTo(one.features());
    assertThat(other.stability()).isEqualTo(one.stability());
    float[] weights = new float[one.model().weights().layout().size()];
    float[] others = weights.clone();
    one.model().weights().copyTo(weights);
    other.model().weights().copyTo(others);
    assertThat(others).isEqualTo(weights);
  }

  @Test
  @Tag("D7")
  void anInterruptedSelectionGoesOnToTheSameEnd() {
    Dataset data = planted(8, 120, 10, 1, row -> 3 * row[1]);
    Selection whole = FeatureSelector.create().linear().stability(4).fit(data);
    MemoryParts cut = new MemoryParts(3);
    assertThatThrownBy(
            () ->
                FeatureSelector.create()
                    .linear()
                    .stability(4)
                    .parts(cut)
                    .cancellation(cut.cancellation)
                    .fit(data))
        .isInstanceOf(CancellationException.class);
    MemoryParts rest = new MemoryParts(Integer.MAX_VALUE);
    rest.parts.putAll(cut.parts);

    Selection resumed = FeatureSelector.create().linear().stability(4).parts(rest).fit(data);

    assertThat(rest.kept.get()).isEqualTo(8 - cut.kept.get());
    assertThat(resumed.features()).isEqualTo(whole.features());
    assertThat(resumed.stability()).isEqualTo(whole.stability());
  }

  @Test
  void stabilityIsOfHalvesAndHasItsBound() {
    Dataset data = planted(8, 400, 20, 2, pairs(4));
    List<Integer> reports = new ArrayList<>();
    Selection selection =
        FeatureSelector.create()
            .stability(4)
            .stabilityThreshold(0.8)
            .progress((done, all) -> reports.add(100 * done + all))
            .fit(data);
    Stability stability = selection.stability();
    assertThat(reports).containsExactly(109, 209, 309, 409, 509, 609, 709, 809, 909);
    double sum = 0;
    for (FeatureScore f : selection.features()) {
      assertThat(f.frequency()).isBetween(0.0, 1.0);
      assertThat(f.frequency() * 8 % 1).as("of 8 halves").isZero();
      sum += f.frequency();
    }
    assertThat(stability.subsamples()).isEqualTo(8);
    assertThat(stability.clusters()).isEqualTo(20);
    assertThat(stability.stable()).isEqualTo(4);
    assertThat(stability.meanSelected()).isCloseTo(sum, within(1e-12)).isBetween(3.5, 5.0);
    // 0.8 of 8 halves are 7: c = 1.25 / (4 (1/8 + 1/8))
    assertThat(stability.expectedFalse()).isCloseTo(sum * sum / (1.25 * 20), within(1e-12));
  }

  @Test
  void keptColumnsAreSelectedAndOthersStillFound() {
    Dataset data = planted(9, 400, 20, 1, pairs(4));
    Selection selection = FeatureSelector.create().keep(List.of("x17")).fit(data);
    assertThat(indices(selection)).containsExactly(0, 1, 2, 3, 17);
    FeatureScore kept = selection.features().get(17);
    assertThat(kept.kept()).isTrue();
    assertThat(kept.rank()).as("it matters least of the selected").isEqualTo(5);
    assertThat(kept.leavesAt()).isInfinite();
    assertThat(selection.features().get(0).leavesAt()).isGreaterThan(selection.lambda());
    assertThat(selection.features().get(5).leavesAt()).isLessThanOrEqualTo(selection.lambda());
  }

  @Test
  void ranksAreAPermutationSelectedFirst() {
    Selection selection = FeatureSelector.create().fit(planted(10, 300, 15, 1, pairs(4)));
    List<Integer> ranks = selection.features().stream().map(FeatureScore::rank).sorted().toList();
    assertThat(ranks).isEqualTo(first(16).subList(1, 16));
    assertThat(selection.selected()).extracting(FeatureScore::rank).containsExactly(1, 2, 3, 4);
    double last = Double.POSITIVE_INFINITY;
    for (FeatureScore f : selection.selected()) {
      assertThat(f.importance()).isPositive().isLessThanOrEqualTo(last);
      last = f.importance();
    }
    assertThat(selection.features())
        .filteredOn(f -> !f.selected())
        .allMatch(f -> f.importance() == 0);
  }

  @Test
  void aCategoricalColumnIsOneGroup(@TempDir Path folder) throws IOException {
    RandomGenerator random = new SplittableRandom(4);
    StringBuilder csv = new StringBuilder("size,color,shape,weight,y\n");
    String[] colors = {"blue", "green", "red", "white"};
    double[] effect = {0, 3, -2, 1};
    for (int i = 0; i < 300; i++) {
      int color = random.nextInt(4);
      double size = random.nextGaussian();
      double y = effect[color] + Math.abs(size) + 0.5 * random.nextGaussian();
      csv.append(size).append(',').append(colors[color]).append(',');
      csv.append(random.nextBoolean() ? "round" : "square").append(',');
      csv.append(random.nextGaussian()).append(',').append(y).append('\n');
    }
    Path file = folder.resolve("colors.csv");
    Files.writeString(file, csv);
    Selection selection = FeatureSelector.create().fit(Csv.read(file, "y", Task.REGRESSION));
    assertThat(selection.features())
        .extracting(FeatureScore::name)
        .containsExactly("size", "color", "shape", "weight");
    assertThat(indices(selection)).containsExactly(0, 1);
    assertThat(selection.model().features()).as("size and four colors").isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({"2, 20", "3, 20", "2, 0", "3, 0"})
  void classes(int classes, int hidden) {
    double[][] x = normal(21, 600, 20);
    double[] y = new double[600];
    for (int i = 0; i < 600; i++) {
      double score = hidden == 0 ? x[i][2] - x[i][5] : 2 * Math.abs(x[i][2] - x[i][5]) - 2.2;
      y[i] = score > 0.7 ? classes - 1 : score > -0.5 ? 1 : 0;
    }
    Task task = classes == 2 ? Task.BINARY : Task.MULTICLASS;
    Selection selection = FeatureSelector.create().hidden(hidden).fit(Dataset.of(x, y, task));
    assertThat(indices(selection)).containsExactly(2, 5);
    Model model = selection.model();
    int right = 0;
    for (int i = 0; i < 600; i++) {
      float[] row = {(float) x[i][2], (float) x[i][5]};
      right += model.predictClass(row).equals(Integer.toString((int) y[i])) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(hidden == 0 ? 540 : 560);
  }

  @Test
  void aLinearSelectionHasSigns() {
    ToDoubleFunction<double[]> target = row -> 2 * row[1] - 3 * row[4] + row[7];
    Selection selection = FeatureSelector.create().linear().fit(planted(2, 200, 30, 1, target));
    assertThat(indices(selection)).containsExactly(1, 4, 7);
    assertThat(selection.features())
        .extracting(FeatureScore::sign)
        .startsWith(0, 1, 0, 0, -1, 0, 0, 1, 0);
    assertThat(selection.selected()).extracting(FeatureScore::index).containsExactly(4, 1, 7);
    assertThat(selection.model().network().layers()).hasSize(1);
    float at0 = selection.model().predict(new float[] {0, 0, 0})[0];
    float at1 = selection.model().predict(new float[] {1, 0, 0})[0];
    assertThat(at1 - at0).as("not shrunk").isCloseTo(2, within(0.25f));
  }

  @Test
  void theModelPredictsFromTheSelectedColumns() {
    double[][] x = normal(14, 500, 50);
    double[] y = targets(14, 500, 50, 1, pairs(4));
    Model model = FeatureSelector.create().fit(Dataset.of(x, y)).model();
    assertThat(model.schema().featureNames()).containsExactly("x0", "x1", "x2", "x3");
    double[][] fresh = normal(15, 500, 50);
    double square = 0;
    for (double[] row : fresh) {
      float[] seen = {(float) row[0], (float) row[1], (float) row[2], (float) row[3]};
      double error = model.predict(seen)[0] - pairs(4).applyAsDouble(row);
      square += error * error / 500;
    }
    assertThat(square).as("mean squared error; the target's variance is 145").isLessThan(3);
  }

  @Test
  void withNothingSelectedTheModelIsAConstant() {
    double[] y = targets(1, 100, 5, 1, row -> 40);
    Selection selection = FeatureSelector.create().fit(Dataset.of(normal(1, 100, 5), y));
    assertThat(selection.selected()).isEmpty();
    float[] row = new float[selection.model().features()];
    double mean = Arrays.stream(y).average().orElseThrow();
    assertThat(selection.model().predict(row)[0]).isCloseTo((float) mean, within(1e-3f));
  }

  @Test
  void constantColumnsLeaveAndOfTwinsOneStays() {
    double[][] x = normal(16, 400, 10);
    double[] y = targets(16, 400, 10, 1, pairs(2));
    for (double[] row : x) {
      row[5] = 3;
      row[6] = row[0];
    }
    List<Integer> found = indices(FeatureSelector.create().fit(Dataset.of(x, y)));
    assertThat(found).containsExactly(0, 1);
  }

  @Test
  void moreColumnsThanRowsWithAnInteraction() {
    ToDoubleFunction<double[]> target =
        row -> 3 * row[0] - 2 * row[1] + 3 * row[2] * row[3] + 3 * Math.abs(row[4]);
    Dataset data = planted(17, 400, 1200, 0.5, target);
    assertThat(indices(FeatureSelector.create().fit(data))).isEqualTo(first(5));
  }

  @Test
  void fewRowsDoNotFail() {
    Selection selection = FeatureSelector.create().fit(planted(18, 12, 30, 1, pairs(2)));
    assertThat(selection.features()).hasSize(30);
    assertThat(selection.lambda()).isBetween(0.5, 1.0);
  }

  @Test
  void badInputIsOneSentence() {
    FeatureSelector selector = FeatureSelector.create();
    assertThatThrownBy(() -> selector.fit(planted(1, 9, 3, 1, row -> 0)))
        .isInstanceOf(DataException.class)
        .hasMessage("data set has 9 rows; selecting features needs at least 10");
    assertThatThrownBy(
            () ->
                selector.fit(
                    Dataset.of(new double[][] {{1}, {2}}, new double[] {3, 4}, Task.REGRESSION)
                        .rows(new int[10])))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data set: all rows have the same target, so no feature can matter; choose another"
                + " target or other rows");
    Dataset data = planted(1, 20, 3, 1, row -> 0);
    assertThatThrownBy(() -> FeatureSelector.create().keep(List.of("x9")).fit(data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no input column 'x9'");
    assertThatThrownBy(() -> FeatureSelector.create().keep(List.of("x0", "x1", "x2")).fit(data))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data set: every column is kept, constant or the same as one that is, so there is"
                + " nothing to select; keep fewer");
    assertThatThrownBy(
            () -> FeatureSelector.create().stability(1).fit(planted(1, 19, 3, 1, row -> 0)))
        .isInstanceOf(DataException.class)
        .hasMessage("data set has 19 rows; stability selection halves them and needs at least 20");
    assertThatThrownBy(() -> selector.hidden(-1))
        .hasMessage("hidden: expected at least 0 units, found -1");
    assertThatThrownBy(() -> selector.level(1))
        .hasMessage("level: expected a number from 5.0E-4 to below 1, found 1.0");
    assertThatThrownBy(() -> selector.stability(-1))
        .hasMessage("stability: expected at least 0 pairs, found -1");
    assertThatThrownBy(() -> selector.stabilityThreshold(0.5))
        .hasMessage("stability threshold: expected a number in (0.5, 1], found 0.5");
    assertThatThrownBy(() -> selector.threads(0))
        .hasMessage("threads: expected at least 1, found 0");
  }

  @Test
  void canBeCancelled() {
    Dataset data = planted(19, 200, 10, 1, pairs(2));
    Cancellation token = new Cancellation();
    FeatureSelector selector =
        FeatureSelector.create()
            .stability(50)
            .threads(2)
            .cancellation(token)
            .progress((done, all) -> token.cancel());
    assertThatThrownBy(() -> selector.fit(data)).isInstanceOf(CancellationException.class);
  }
}
