package io.lariat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of rows by which a result may be too good to be true, and silence elsewhere. */
@Tag("E7")
class CautionTest {
  @TempDir private Path folder;

  private static List<String> of(Dataset data) {
    return Caution.of(data, data.rows(), j -> true);
  }

  /** Rows of standard normal columns and a target. */
  private static Dataset table(
      long seed,
      int rows,
      int columns,
      Task task,
      BiFunction<double[], RandomGenerator, Double> target) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] x = new double[rows][columns];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      y[i] = target.apply(row, random);
    }
    return Dataset.of(x, y, task);
  }

  private static double label(double score, RandomGenerator random) {
    return random.nextDouble() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }

  @Test
  void aCopyOfTheTarget() {
    Dataset data =
        table(
            1,
            300,
            4,
            Task.REGRESSION,
            (x, r) -> {
              double y = x[0] - x[1] + r.nextGaussian();
              x[2] = 100 - 7 * y + 0.3 * r.nextGaussian();
              return y;
            });
    assertThat(of(data))
        .singleElement()
        .asString()
        .startsWith("'x2' alone explains 99.9")
        .contains("of 'y', which is too good to be true", "take it out of the file");
    assertThat(Caution.of(data, 300, j -> j != 2)).as("of columns that are not used").isEmpty();
  }

  @Test
  void aColumnThatRisesWithTheTarget() {
    Dataset data =
        table(
            2,
            300,
            4,
            Task.REGRESSION,
            (x, r) -> {
              double y = 3 * r.nextGaussian();
              x[1] = Math.exp(y + 0.05 * r.nextGaussian());
              return y;
            });
    assertThat(of(data)).singleElement().asString().startsWith("'x1' alone explains 99.9");
  }

  @Test
  void numbersThatAddUpToTheTarget() {
    Dataset data =
        table(3, 300, 4, Task.REGRESSION, (x, r) -> x[0] + x[1] + x[3] + 0.001 * r.nextGaussian());
    assertThat(of(data))
        .singleElement()
        .asString()
        .startsWith("'x0', 'x1', 'x2', 'x3' together give 'y' up to 3e-05 % of its variance");
  }

  @ParameterizedTest
  @CsvSource({"2, BINARY", "4, MULTICLASS"})
  void aRunningNumberOfRowsSortedByClass(int classes, Task task) {
    int rows = 200;
    Dataset data = table(4, rows, 3, task, (x, r) -> 0.0 + r.nextInt(classes));
    double[][] x = new double[rows][3];
    double[] y = IntStream.range(0, rows).mapToDouble(data::target).sorted().toArray();
    RandomGenerator random = new SplittableRandom(5);
    for (int i = 0; i < rows; i++) {
      x[i] = new double[] {random.nextGaussian(), 100_000 + i, random.nextGaussian()};
    }
    assertThat(of(Dataset.of(x, y, task)))
        .singleElement()
        .asString()
        .contains("'x1' alone separates the classes of 'y' (AUC 1.0000; it counts the rows");

    int[] order = random.ints(0, rows).distinct().limit(rows).toArray();
    double[][] shuffled = Arrays.stream(order).mapToObj(i -> x[i]).toArray(double[][]::new);
    double[] theirs = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
    assertThat(of(Dataset.of(shuffled, theirs, task)))
        .singleElement()
        .asString()
        .contains("'x1' alone separates the classes of 'y' (AUC 1.0000)");
  }

  @ParameterizedTest
  @CsvSource({"200, true", "40, true", "20, false"})
  void fewRowsAreSeparatedByChance(int rows, boolean isSaid) {
    RandomGenerator random = new SplittableRandom(6);
    double[][] x = new double[rows][5000];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = i % 2;
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      row[4000] = y[i] + 0.1 * random.nextDouble();
    }
    assertThat(of(Dataset.of(x, y, Task.BINARY))).hasSize(isSaid ? 1 : 0);
  }

  private Dataset csv(String header, int rows, BiFunction<Integer, RandomGenerator, String> row)
      throws IOException {
    RandomGenerator random = new SplittableRandom(7);
    StringBuilder csv = new StringBuilder(header).append('\n');
    IntStream.range(0, rows).forEach(i -> csv.append(row.apply(i, random)).append('\n'));
    return Csv.read(Files.writeString(folder.resolve("d.csv"), csv), "y");
  }

  @Test
  void aCategoryThatNamesGroups() throws IOException {
    Dataset data =
        csv(
            "patient,site,x,y",
            300,
            (i, r) -> {
              int patient = r.nextInt(30);
              String label = patient % 2 == 0 ? "ill" : "well";
              return "p" + patient + ",s" + r.nextInt(5) + "," + r.nextGaussian() + "," + label;
            });
    assertThat(of(data))
        .singleElement()
        .asString()
        .startsWith("each of the 30 values of 'patient' goes with one class of 'y' only");
  }

  @Test
  void aCategoryThatHasTheTargetsMeans() throws IOException {
    Dataset data =
        csv(
            "level,x,y",
            300,
            (i, r) -> {
              int level = r.nextInt(8);
              return "l" + level + "," + r.nextGaussian() + "," + (level + 0.05 * r.nextGaussian());
            });
    assertThat(of(data)).singleElement().asString().startsWith("'level' alone explains 99.9");
  }

  @Test
  void randomWalksInOrderOfTime() {
    double[][] x = new double[300][5];
    double[] y = new double[300];
    RandomGenerator random = new SplittableRandom(8);
    for (int i = 1; i < y.length; i++) {
      for (int j = 0; j < 5; j++) {
        x[i][j] = j == 4 ? random.nextGaussian() : x[i - 1][j] + random.nextGaussian();
      }
      y[i] = y[i - 1] + random.nextGaussian();
    }
    assertThat(of(Dataset.of(x, y)))
        .singleElement()
        .asString()
        .contains("a row is like the next one in 'y' (correlation 0.9")
        .contains("in x0, x1, x2, x3:", "judge by the last rows");
    double[][] withTime =
        IntStream.range(0, 300)
            .mapToObj(i -> new double[] {x[i][0], 1.7e9 + 3600 * i, x[i][1]})
            .toArray(double[][]::new);
    assertThat(of(Dataset.of(withTime, y))).singleElement().asString().contains("x0, x1, x2:");
    double median = Arrays.stream(y).sorted().toArray()[150];
    double[] above = Arrays.stream(y).map(v -> v > median ? 1 : 0).toArray();
    assertThat(of(Dataset.of(x, above, Task.BINARY)))
        .singleElement()
        .asString()
        .contains("like the next one in 'y'");
  }

  /** Rows of groups whose means and target are the group's. */
  private static Dataset groups(int groups, int each, double within, Task task) {
    RandomGenerator random = new SplittableRandom(9);
    int rows = groups * each;
    int[] order = random.ints(0, rows).distinct().limit(rows).toArray();
    double[][] x = new double[rows][10];
    double[] y = new double[rows];
    for (int g = 0; g < groups; g++) {
      double[] means = new double[10];
      Arrays.setAll(means, j -> random.nextGaussian());
      double target = task == Task.REGRESSION ? random.nextGaussian() : g % 2;
      for (int i = 0; i < each; i++) {
        double[] row = x[order[g * each + i]];
        Arrays.setAll(row, j -> means[j] + within * random.nextGaussian());
        y[order[g * each + i]] = target;
      }
    }
    return Dataset.of(x, y, task);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 20, 0.3, BINARY",
    "40, 20, 0.3, REGRESSION",
    "60, 5, 0.1, BINARY",
    "25, 30, 0.2, REGRESSION",
    "100, 2, 0.01, BINARY",
    "100, 3, 0, BINARY"
  })
  void rowsOfTheSamePatients(int groups, int each, double within, Task task) {
    int rows = groups * each;
    assertThat(of(groups(groups, each, within, task)))
        .singleElement()
        .asString()
        .startsWith("rows come in groups: " + rows + " of " + rows + " that were looked at")
        .contains("leave whole groups out");
  }

  @Test
  void copiesShowInColumnsThatAreNotUsed() {
    Dataset data = groups(100, 3, 0.001, Task.REGRESSION);
    assertThat(Caution.of(data, 300, j -> j == 2))
        .singleElement()
        .asString()
        .startsWith("rows come in groups: 300 of 300");
    assertThat(Caution.of(data, 300, j -> false)).as("of a model that uses nothing").isEmpty();
  }

  @Test
  void oneRowThatIsMostOfTheVariance() {
    Dataset data =
        table(
            10,
            200,
            4,
            Task.REGRESSION,
            (x, r) -> x[0] + 0.5 * r.nextGaussian() + (x[1] > 2.6 ? 1000 : 0));
    long large = IntStream.range(0, 200).filter(i -> data.target(i) > 900).count();
    assertThat(large).isEqualTo(1);
    int row = IntStream.range(0, 200).filter(i -> data.target(i) > 900).sum() + 1;
    assertThat(of(data))
        .singleElement()
        .asString()
        .contains("row " + row + " alone, whose 'y' is 100", "of the target's variance");
  }

  @SuppressWarnings("ImmutableEnumChecker") // made of nothing that changes
  enum Ordinary {
    NOISE(Task.REGRESSION, (x, r) -> r.nextGaussian()),
    LINEAR(Task.REGRESSION, (x, r) -> x[0] - 0.5 * x[1] + r.nextGaussian()),
    STRONG(Task.REGRESSION, (x, r) -> 3 * x[0] - 2 * x[1] + 0.5 * r.nextGaussian()),
    SKEWED(
        Task.REGRESSION,
        (x, r) -> {
          Arrays.setAll(x, j -> Math.exp(x[j]));
          return x[0] + Math.exp(r.nextGaussian());
        }),
    CORRELATED(
        Task.REGRESSION,
        (x, r) -> {
          Arrays.setAll(x, j -> 0.9 * x[0] + 0.4 * x[j]);
          return x[1] + r.nextGaussian();
        }),
    ROUNDED(
        Task.REGRESSION,
        (x, r) -> {
          Arrays.setAll(x, j -> Math.rint(2 * x[j]));
          return x[0] + r.nextGaussian();
        }),
    COIN(Task.BINARY, (x, r) -> 0.0 + r.nextInt(2)),
    CLASSES(Task.BINARY, (x, r) -> label(2 * x[0] - x[1], r)),
    RARE(Task.BINARY, (x, r) -> label(2 * x[0] - 4, r)),
    THREE(Task.MULTICLASS, (x, r) -> label(2 * x[0], r) + label(x[1], r)),
    CLOUDS(
        Task.MULTICLASS,
        (x, r) -> {
          int cloud = r.nextInt(4);
          Arrays.setAll(x, j -> 0.5 * x[j] + (j % 4 == cloud ? 2 : 0));
          return 0.0 + cloud;
        });

    private final Task task;
    private final BiFunction<double[], RandomGenerator, Double> target;

    Ordinary(Task task, BiFunction<double[], RandomGenerator, Double> target) {
      this.task = task;
      this.target = target;
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsSaidOfOrdinaryTables(Ordinary kind) {
    for (int seed = 1; seed <= 20; seed++) {
      int rows = 40 + 50 * (seed % 8);
      Dataset data = table(seed, rows, 2 + seed % 9, kind.task, kind.target);
      assertThat(of(data)).as("seed %d", seed).isEmpty();
      assertThat(of(sorted(data, 0))).as("seed %d, sorted by a column", seed).isEmpty();
      assertThat(of(sorted(data, -1))).as("seed %d, sorted by the target", seed).isEmpty();
    }
  }

  /** The rows in order of a feature, or of the target. */
  private static Dataset sorted(Dataset data, int by) {
    double[] row = new double[data.features()];
    double[] keys = new double[data.rows()];
    for (int i = 0; i < keys.length; i++) {
      data.copyFeatures(i, 1, row);
      keys[i] = by < 0 ? data.target(i) : row[by];
    }
    return data.rows(
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> keys[i]))
            .mapToInt(i -> i)
            .toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "breast_cancer.csv, benign",
    "diabetes.csv, progression",
    "penguins.csv, species",
    "wine.csv, class",
    "digits.csv, digit"
  })
  void nothingIsSaidOfTheDataSetsThatComeWithTheProject(String file, String target) {
    assertThat(of(Csv.read(Path.of(System.getProperty("lariat.data"), file), target))).isEmpty();
  }

  @Test
  void nothingIsSaidOfVeryFewRows() {
    assertThat(of(table(1, 19, 2, Task.REGRESSION, (x, r) -> x[0]))).isEmpty();
  }
}
