package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets hold the doubles of their files and arrays; the hash of a data set. */
final class ExactDataTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("data.csv"), text);
  }

  private static Dataset read(Path path) {
    return Csv.read(path, "y");
  }

  /** Numbers of all sizes, more than a column may have categories, and a few again and again. */
  @Test
  void numbersOfAFileComeBackAsDoubles() throws IOException {
    RandomGenerator random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder("a,color,few,y\n");
    List<double[]> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double a = random.nextGaussian() * Math.pow(10, random.nextInt(-20, 20));
      double few = random.nextInt(5) / 7.0;
      double y = 1e6 + random.nextGaussian();
      String color = i % 2 == 0 ? "red" : "blue";
      text.append(a).append(',').append(color).append(", ").append(few).append(',').append(y);
      text.append('\n');
      expected.add(new double[] {a, i % 2, 1 - i % 2, few, y});
    }
    Dataset data = read(file(text.toString()));
    double[] x = new double[300 * 4];
    double[] y = new double[300];
    data.copyFeatures(0, 300, x);
    data.copyTargets(0, 300, y);

    for (int i = 0; i < 300; i++) {
      double[] row = expected.get(i);
      for (int j = 0; j < 4; j++) {
        assertThat(x[4 * i + j]).isEqualTo(row[j]);
        assertThat(data.feature(i, j)).isEqualTo(row[j]);
      }
      assertThat(y[i]).isEqualTo(row[4]);
    }
  }

  @Test
  void arraysOfFloatsAreWidened() {
    Dataset data = Dataset.of(new float[][] {{0.1f}, {0.3f}}, new float[] {0, 1});
    double[] x = new double[1];
    double[] y = new double[2];
    data.copyFeatures(1, 1, x);
    data.copyTargets(0, 2, y);

    assertThat(x[0]).isEqualTo(0.3f);
    assertThat(y).containsExactly(0, 1);
  }

  @Test
  void arraysOfDoubles() {
    double[][] x = {{0.1, 1.0 / 3}, {-7e-9, 123456789.123}, {5, 0}};
    double[] y = {0.7, 1e-3, 1234.56789};
    Dataset data = Dataset.of(x, y);
    double[] row = new double[2];
    double[] target = new double[1];
    for (int i = 0; i < 3; i++) {
      data.copyFeatures(i, 1, row);
      data.copyTargets(i, 1, target);
      assertThat(row).containsExactly(x[i]);
      assertThat(target[0]).isEqualTo(y[i]);
    }
    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    assertThat(Dataset.of(x, new double[] {0, 1, 0}).task()).isEqualTo(Task.BINARY);
    assertThatThrownBy(() -> Dataset.of(new double[][] {{1 / 0.0}, {1}}, new double[] {1, 2}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Infinity");
  }

  /** 16777217 is no float: as floats the deviation would be that of other numbers. */
  @Test
  void standardisationIsOfTheDoubles() {
    double[][] x = {{16777216}, {16777217}, {16777218}, {16777219}};
    Dataset data =
        Dataset.of(x, new double[] {16777217, 16777218, 16777219, 16777216.5}, Task.REGRESSION);

    Standardization s = Standardization.ofFeatures(data, 3);
    Standardization t = Standardization.ofTarget(data, 3);

    assertThat(s.mean()[0]).isEqualTo(16777217);
    assertThat(s.deviation()[0]).isCloseTo(Math.sqrt(2.0 / 3), within(1e-12));
    assertThat(t.mean()[0]).isEqualTo(16777218);
    double[] z = {16777216, 16777219};
    s.apply(z, 2);
    assertThat(z[1]).isCloseTo(2 / Math.sqrt(2.0 / 3), within(1e-12));
  }

  @Test
  void theHashIsOfWhatTheDataSays() throws IOException {
    String plain = "a,c,y\n0.1,u,0\n-0,v,1\n2,u,1\n";
    Dataset data = read(file(plain));
    String hash = data.sha256(3);

    assertThat(hash).matches("[0-9a-f]{64}");
    assertThat(read(file(plain.replace("0.1,u", "\"1e-1\", u ").replace("-0", "0"))).sha256(3))
        .isEqualTo(hash);
    for (String other :
        List.of(
            plain.replace("0.1", "0.10000000000001"),
            plain.replace("a,c,y", "b,c,y"),
            plain.replace("2,u,1", "2,v,1"),
            plain.replace("2,u,1", "2,u,0"),
            plain.replace("u", "w"))) {
      assertThat(read(file(other)).sha256(3)).as(other).isNotEqualTo(hash);
    }
    assertThat(data.sha256(2)).isNotEqualTo(hash);
    assertThat(data.rounded(Rounding.FLOAT).sha256(3)).isNotEqualTo(hash);
    assertThat(data.rounded(Rounding.TWO_FLOATS).sha256(3)).isNotEqualTo(hash);
    assertThat(data.rounded(Rounding.NONE).sha256(3)).isEqualTo(hash);
    assertThatThrownBy(() -> data.sha256(4)).hasMessageContaining("0 to 3 rows, found 4");
  }

  @Test
  void theHashOfSparseRows() {
    float[] y = {0, 1, 1};
    int[] starts = {0, 1, 1, 3};
    SparseRows rows = SparseRows.of(4, starts, new int[] {2, 0, 3}, new float[] {1, 2, 3});
    SparseRows moved =
        SparseRows.of(4, new int[] {0, 1, 2, 3}, new int[] {2, 0, 3}, new float[] {1, 2, 3});

    assertThat(Dataset.of(rows, y).sha256(3))
        .isEqualTo(Dataset.of(rows, Arrays.copyOf(y, 3)).sha256(3))
        .isNotEqualTo(Dataset.of(moved, y).sha256(3));
  }
}
