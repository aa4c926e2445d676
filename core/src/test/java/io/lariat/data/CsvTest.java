package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  private static final Path SHIPPED = Path.of(System.getProperty("lariat.data"));

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), content);
  }

  private static float[] row(Dataset data, int i) {
    float[] row = new float[data.features()];
    data.copyFeatures(i, 1, row);
    return row;
  }

  @ParameterizedTest
  @CsvSource({
    "breast_cancer.csv,benign,569,30,BINARY,2",
    "wine.csv,class,178,13,MULTICLASS,3",
    "digits.csv,digit,1797,64,MULTICLASS,10",
    "fashion_mnist_5000_1000.csv.gz,label,6000,784,MULTICLASS,10",
    "diabetes.csv,progression,442,10,REGRESSION,0",
    "penguins.csv,species,333,10,MULTICLASS,3",
  })
  void readsTheShippedData(
      String name, String target, int rows, int features, Task task, int classes) {
    Dataset data = Csv.read(SHIPPED.resolve(name), target);
    assertThat(data.source()).isEqualTo(name);
    assertThat(data.rows()).isEqualTo(rows);
    assertThat(data.features()).isEqualTo(features);
    assertThat(data.task()).isEqualTo(task);
    assertThat(data.schema().target().name()).isEqualTo(target);
    assertThat(data.schema().target().classes()).hasSize(classes);
  }

  @Test
  void readsNumbersAsTheyAreWritten() {
    Dataset data = Csv.read(SHIPPED.resolve("breast_cancer.csv"), "benign");
    assertThat(data.feature(0, 0)).isEqualTo(17.99);
    assertThat(data.feature(1, 29)).isEqualTo(0.08902);
    assertThat(data.target(0)).isZero();
    assertThat(data.schema().columns().getFirst()).isEqualTo(Column.numeric("mean_radius"));
  }

  @Test
  void encodesTextsAsOneHotGroups() throws IOException {
    Dataset data = Csv.read(file("color, size ,y\nred, 1.5,0\n blue ,2,1\nred,3,0\n"), "y");
    assertThat(data.schema().columns())
        .containsExactly(new Column("color", List.of("blue", "red")), Column.numeric("size"));
    assertThat(data.schema().featureNames()).containsExactly("color=blue", "color=red", "size");
    assertThat(row(data, 0)).containsExactly(0, 1, 1.5f);
    assertThat(row(data, 1)).containsExactly(1, 0, 2);
    assertThat(row(data, 2)).containsExactly(0, 1, 3);
  }

  @Test
  void takesNumbersAmongManyTextsForLabels() throws IOException {
    Dataset data = Csv.read(file("size,y\nS,0\n7,1\nL,0\n7.0,1\nNA,1\nS,0\n"), "y");
    assertThat(data.schema().columns())
        .containsExactly(new Column("size", List.of("7", "7.0", "L", "NA", "S")));
    assertThat(row(data, 3)).containsExactly(0, 1, 0, 0, 0);
  }

  @Test
  void readsNumericColumnsOfFewAndOfManyValuesAlike() throws IOException {
    StringBuilder text = new StringBuilder("few,many,late,y\n");
    for (int i = 0; i < 500; i++) {
      text.append(i % 3).append(',').append(i / 7.0).append(',').append(Math.max(0, i - 300));
      text.append(',').append(i).append('\n');
    }
    Dataset data = Csv.read(file(text.toString()), "y");
    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    for (int i = 0; i < 500; i++) {
      assertThat(row(data, i)).containsExactly(i % 3, (float) (i / 7.0), Math.max(0, i - 300));
      assertThat(data.target(i)).isEqualTo(i);
    }
  }

  @Test
  void readsClasses() throws IOException {
    Dataset two = Csv.read(file("a,y\n1,no\n2,yes\n3,no\n"), "y");
    assertThat(two.schema().target()).isEqualTo(new Target("y", Task.BINARY, List.of("no", "yes")));
    assertThat(two.target(0)).isZero();
    assertThat(two.target(1)).isEqualTo(1);
    assertThat(Csv.read(file("a,y\n1,no\n2,yes\n3,no\n"), "y", Task.MULTICLASS).task())
        .isEqualTo(Task.MULTICLASS);

    Dataset numbers = Csv.read(file("y,a\n2,1\n-1,2\n2,3\n"), "y");
    assertThat(numbers.schema().target())
        .isEqualTo(new Target("y", Task.BINARY, List.of("-1", "2")));
    assertThat(numbers.target(0)).isEqualTo(1);
    assertThat(Csv.read(file("y,a\n0,1\n1,2\n1,3\n"), "y", Task.REGRESSION).task())
        .isEqualTo(Task.REGRESSION);

    Dataset three = Csv.read(file("y,a\nc,1\na,2\nb,3\nc,4\na,5\nb,6\n"), "y");
    assertThat(three.schema().target())
        .isEqualTo(new Target("y", Task.MULTICLASS, List.of("a", "b", "c")));
    assertThat(three.target(0)).isEqualTo(2);
  }

  @Test
  void knowsGzipByItsBytesToo() throws IOException {
    Path path = folder.resolve("data.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(Files.readAllBytes(SHIPPED.resolve("wine.csv")));
    }
    assertThat(Csv.read(path, "class").rows()).isEqualTo(178);
  }

  @Test
  void tellsItsProgress() {
    Path path = SHIPPED.resolve("fashion_mnist_5000_1000.csv.gz");
    List<Long> seen = new ArrayList<>();
    List<Long> totals = new ArrayList<>();
    Csv.read(
        path,
        "label",
        null,
        (read, total) -> {
          seen.add(read);
          totals.add(total);
        });
    long size = path.toFile().length();
    assertThat(seen).isSorted().hasSizeGreaterThan(10).last().isEqualTo(size);
    assertThat(totals).containsOnly(size);
  }

  @Test
  void letsTheListenerStopIt() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Csv.read(
                    SHIPPED.resolve("digits.csv"),
                    "digit",
                    null,
                    (read, total) -> {
                      throw new IllegalStateException("stop");
                    }))
        .withMessage("stop");
  }

  @Test
  void diabetesIsTheTableOfTheGoldenNumbers() {
    Dataset data = Csv.read(SHIPPED.resolve("diabetes.csv"), "progression");
    Standardization s = Standardization.ofFeatures(data, 397);
    assertThat(s.mean()[0]).isCloseTo(48.433249370277075, within(1e-5));
    assertThat(s.deviation()[0]).isCloseTo(13.177482617395833, within(1e-5));
    Standardization y = Standardization.ofTarget(data, 397);
    assertThat(y.mean()[0]).isCloseTo(152.04030226700252, within(1e-9));
    assertThat(y.deviation()[0]).isCloseTo(77.28333417345922, within(1e-9));
  }
}
