package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that stand in for each other: copies, and those that are strongly correlated. */
class ClustersTest {

  /**
   * Columns: 0 and 1 matter; 2 is 0 again, 3 in another unit, 4 turned round, 5 in another unit up
   * to six digits; four of noise.
   */
  private static Dataset copies(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] x = new double[300][10];
    double[] y = new double[300];
    for (int i = 0; i < y.length; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      row[2] = row[0];
      row[3] = 1.8 * row[0] + 32;
      row[4] = 7 - row[0];
      row[5] = Math.round(1e6 * (3 * row[0] + 1)) / 1e6;
      y[i] = 2 * row[0] - row[1] + random.nextGaussian();
    }
    return Dataset.of(x, y);
  }

  private static List<Integer> selected(Selection selection) {
    return selection.selected().stream().map(FeatureScore::index).sorted().toList();
  }

  @Tag("E5")
  @Tag("F16")
  @ParameterizedTest
  @ValueSource(ints = {0, 20})
  void ofCopiesTheFirstIsTakenAndStandsInForTheOthers(int hidden) {
    Selection selection = FeatureSelector.create().hidden(hidden).stability(5).fit(copies(1));

    assertThat(selected(selection)).containsExactly(0, 1);
    assertThat(selection.features().subList(2, 6))
        .allMatch(f -> f.evidence() == Evidence.COPY && f.importance() == 0);
    assertThat(selection.features().get(0).frequency()).isEqualTo(1);
    assertThat(selection.clusters()).hasSize(1);
    Cluster cluster = selection.clusters().getFirst();
    assertThat(cluster.columns()).containsExactly(0, 2, 3, 4, 5);
    assertThat(cluster.correlation()).isGreaterThan(0.999999);
    assertThat(cluster.frequency()).isEqualTo(1);
    assertThat(selection.stability().clusters()).isEqualTo(6);
    assertThat(selection.stability().stable()).isEqualTo(2);
    assertThat(selection.clusterOf(selection.features().get(4))).isEqualTo(cluster);
    assertThat(selection.clusterOf(selection.features().get(1))).isNull();
  }

  @Test
  @Tag("E5")
  @Tag("F16")
  void ofCopiesTheKeptOneIsTaken() {
    Selection one = FeatureSelector.create().linear().keep(List.of("x3")).fit(copies(2));
    assertThat(selected(one)).containsExactly(1, 3);
    assertThat(one.features().get(0).evidence()).isEqualTo(Evidence.COPY);
    assertThat(one.clusters().getFirst().kept()).isTrue();
    Selection two = FeatureSelector.create().linear().keep(List.of("x3", "x4")).fit(copies(2));
    assertThat(selected(two)).containsExactly(1, 3, 4);
    double[][] x =
        IntStream.range(0, 50).mapToObj(i -> new double[] {i, i}).toArray(double[][]::new);
    Dataset data = Dataset.of(x, IntStream.range(0, 50).mapToDouble(i -> i * 31 % 7).toArray());
    assertThatThrownBy(() -> FeatureSelector.create().keep(List.of("x0")).fit(data))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the same as one that is, so there is nothing to select");
  }

  @Test
  @Tag("E5")
  void categoriesThatDivideTheRowsAlikeAreCopies(@TempDir Path folder) throws IOException {
    RandomGenerator random = new SplittableRandom(3);
    StringBuilder csv = new StringBuilder("letter,sex,word,half,female,other,y\n");
    String[] words = {"one", "two", "three", "four"};
    for (int i = 0; i < 200; i++) {
      int level = random.nextInt(4);
      boolean isFemale = random.nextInt(3) == 0;
      csv.append("zyxw".charAt(level)).append(isFemale ? ",f," : ",m,");
      csv.append(words[level]).append(level < 2 ? ",low" : ",high");
      csv.append(isFemale ? ",1," : ",0,").append("pqrs".charAt(random.nextInt(4)));
      csv.append(',').append(random.nextGaussian()).append('\n');
    }
    Dataset data = Csv.read(Files.writeString(folder.resolve("d.csv"), csv), "y", Task.REGRESSION);
    SelectionData rows = SelectionData.of(data, List.of());
    int[] copyOf = new int[6];
    for (int g = 0; g < 6; g++) {
      int of = rows.copyOf[g];
      copyOf[rows.column[g]] = of == Copies.NONE ? Copies.NONE : rows.column[of];
    }
    assertThat(copyOf).as("word of letter, female of sex").containsExactly(-1, -1, 0, -1, 1, -1);
    assertThat(Clusters.of(rows, new BitSet()).byColumn()).containsExactly(0, 1, 0, 2, 1, 3);
  }

  /** Three factors, four readings of each with that correlation, six columns of noise. */
  private static Dataset readings(long seed, int rows, double correlation, boolean matter) {
    RandomGenerator random = new SplittableRandom(seed);
    double[][] x = new double[rows][18];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      y[i] = random.nextGaussian();
      for (int f = 0; f < 3; f++) {
        double factor = random.nextGaussian();
        y[i] += matter ? (f == 2 ? -factor : factor) : 0;
        for (int j = 4 * f; j < 4 * f + 4; j++) {
          row[j] = Math.sqrt(correlation) * factor + Math.sqrt(1 - correlation) * row[j];
        }
      }
    }
    return Dataset.of(x, y);
  }

  @Test
  @Tag("E3")
  void votesForStandInsAreCountedTogether() {
    Selection selection = FeatureSelector.create().stability(10).fit(readings(4, 250, 0.95, true));

    assertThat(selection.clusters())
        .extracting(Cluster::columns)
        .containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9, 10, 11));
    Stability stability = selection.stability();
    assertThat(stability.clusters()).isEqualTo(9);
    assertThat(stability.stable()).isEqualTo(3);
    assertThat(stability.isInformative()).isTrue();
    for (Cluster cluster : selection.clusters()) {
      double largest =
          cluster.columns().stream()
              .mapToDouble(c -> selection.features().get(c).frequency())
              .max()
              .orElseThrow();
      assertThat(cluster.correlation()).isBetween(0.9, 0.97);
      assertThat(cluster.frequency()).isGreaterThanOrEqualTo(largest).isGreaterThanOrEqualTo(0.9);
    }
    assertThat(selection.features())
        .filteredOn(f -> f.index() < 12 && stability.isStable(f.frequency()))
        .as("columns that are stable by themselves")
        .hasSizeLessThan(3);
  }

  @Test
  @Tag("E3")
  void clustersThatDoNotMatterAreNotStable() {
    for (int seed = 1; seed <= 5; seed++) {
      Selection selection =
          FeatureSelector.create().stability(5).fit(readings(seed, 150, 0.9, false));
      assertThat(selection.clusters()).hasSize(3);
      assertThat(selection.stability().stable()).isZero();
    }
  }

  @Test
  @Tag("E3")
  void everyTwoOfAClusterAreAlike() {
    double[][] x = new double[400][12];
    RandomGenerator random = new SplittableRandom(5);
    for (double[] row : x) {
      row[0] = random.nextGaussian();
      for (int j = 1;
          j < row.length;
          j++) { // a chain whose ends have nothing to do with each other
        row[j] = 0.9 * row[j - 1] + Math.sqrt(0.19) * random.nextGaussian();
      }
    }
    double[] y = Arrays.stream(x).mapToDouble(row -> row[0] > 0 ? 1 : 0).toArray();
    SelectionData data = SelectionData.of(Dataset.of(x, y), List.of());
    List<Cluster> clusters = Clusters.of(data, new BitSet()).list(null);
    assertThat(clusters).hasSizeGreaterThan(1);
    assertThat(clusters).allMatch(c -> c.correlation() >= 0.8 && c.frequency() == null);
  }

  @Test
  @Tag("E3")
  void inVeryWideTablesTheStandInsOfWhatIsSelectedAreFound() {
    double[][] x = new double[40][3200];
    RandomGenerator random = new SplittableRandom(6);
    for (double[] row : x) {
      Arrays.setAll(row, j -> random.nextGaussian());
      row[3100] = row[7] + 0.1 * random.nextGaussian();
      row[2000] = row[9] + 0.1 * random.nextGaussian();
    }
    double[] y = Arrays.stream(x).mapToDouble(row -> row[7]).toArray();
    SelectionData data = SelectionData.of(Dataset.of(x, y), List.of());
    BitSet selected = new BitSet();
    IntStream.range(0, data.groups()).filter(g -> data.column[g] == 7).forEach(selected::set);
    assertThat(Clusters.of(data, selected).list(null))
        .extracting(Cluster::columns)
        .contains(List.of(7, 3100))
        .doesNotContain(List.of(9, 2000));
  }
}
