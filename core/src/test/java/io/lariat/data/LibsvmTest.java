package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibsvmTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rows.libsvm"), text);
  }

  private static float[] row(Dataset data, int i) {
    float[] row = new float[data.features()];
    data.copyFeatures(i, 1, row);
    return row;
  }

  @Test
  void readsRowsFromOne() throws IOException {
    Dataset data =
        Libsvm.read(file("# a comment\n+1 1:0.5 3:-2e-1\r\n\n-1 2:7 # more\n-1\n+1\t4:1  \n"));
    assertThat(data.source()).isEqualTo("rows.libsvm");
    assertThat(data.task()).isEqualTo(Task.BINARY);
    assertThat(data.schema().target().classes()).containsExactly("-1", "+1");
    assertThat(data.schema().featureNames()).containsExactly("f1", "f2", "f3", "f4");
    assertThat(data.rows()).isEqualTo(4);
    assertThat(row(data, 0)).containsExactly(0.5f, 0, -0.2f, 0);
    assertThat(row(data, 1)).containsExactly(0, 7, 0, 0);
    assertThat(row(data, 2)).containsExactly(0, 0, 0, 0);
    assertThat(data.feature(3, 3)).isEqualTo(1);
    assertThat(data.feature(3, 2)).isZero();
    assertThat(data.target(0)).isEqualTo(1);
    assertThat(data.target(1)).isZero();
    assertThat(data.sparseRows().elements()).isEqualTo(4);
  }

  @Test
  void readsRowsFromZeroAndDropsWrittenZeros() throws IOException {
    Dataset data = Libsvm.read(file("1.5 0:1 1:0 2:3\n2.5 1:2\n-7 0:1\n"));
    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    assertThat(data.schema().featureNames()).containsExactly("f0", "f1", "f2");
    assertThat(row(data, 0)).containsExactly(1, 0, 3);
    assertThat(data.sparseRows().elements()).isEqualTo(4);
    assertThat(data.target(2)).isEqualTo(-7);
  }

  @Test
  void readsGzip() throws IOException {
    Path path = folder.resolve("rows.svm.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write("0 1:1\n1 2:1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Libsvm.read(path).rows()).isEqualTo(2);
  }

  @Test
  void readsRowsToPredictWithOrWithoutALabel() throws IOException {
    Schema schema = Libsvm.read(file("0 1:1\n1 3:1\n")).schema();
    Features rows =
        Libsvm.readFeatures(file("1 1:5 4:9 7:1\n2:6\n\n0\n"), schema, ReadProgress.NONE);
    assertThat(rows.values()).containsExactly(5, 0, 0, 0, 6, 0, 0, 0, 0);
    assertThat(rows.ignored()).containsExactly("2 elements of other features");
  }

  @Test
  void refusesAModelWithNamedInputs() throws IOException {
    Path path = file("1 1:5\n");
    Target target = new Target("y", Task.REGRESSION, List.of());
    Schema schema = Schema.unnamed(3, target);
    assertThatThrownBy(() -> Libsvm.readFeatures(path, schema, ReadProgress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the model's inputs have names ('x0', ...)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 1:1;x 1:2 | line 2: expected a number as the label, found 'x'",
        "1,2 1:1 | line 1: found '1,2', several labels",
        "1 1:1;1:1 | line 2: has no label; put it first",
        "1 1:1 2 | line 1: expected index:value, found '2'; see the libsvm format",
        "1 a:1 | line 1: expected an index from 0 to 2147483646 before the colon, found 'a'",
        "1 -1:1 | line 1: expected an index from 0 to 2147483646 before the colon, found '-1'",
        "1 :1 | line 1: expected an index from 0 to 2147483646 before the colon, found ''",
        "1 99999999999:1 | line 1: expected an index from 0 to 2147483646",
        "1 2147483647:1 | line 1: expected an index from 0 to 2147483646",
        "1 2147483646:1 | line 1: index 2147483646 is above 10000000",
        "1 qid:3 1:1 | line 1: 'qid:3' says to which query a row belongs",
        "1 3:1 2:1 | line 1: index 2 comes after 3; sort the elements of the line",
        "1 3:1 3:1 | line 1: index 3 comes after 3",
        "1 3: | line 1: expected a number as the value of index 3, found ''",
        "1 3:nan | line 1: expected a number as the value of index 3, found 'nan'",
        "1 3:1e999 | line 1: the value of index 3, '1e999', is too large for a 64-bit double;"
            + " rescale",
        "1 3:1:2 | line 1: expected a number as the value of index 3, found '1:2'",
        "# nothing | is empty; expected lines 'label index:value ...'",
        "1;0 | no row has a feature that is not zero",
        "1 1:1;1 2:1 | target 'label' is 1 in every row"
      })
  void saysWhatIsWrongAndWhere(String text, String expected) throws IOException {
    Path path = file(text.replace(';', '\n'));
    assertThatThrownBy(() -> Libsvm.read(path))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(expected.strip());
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> Libsvm.read(folder.resolve("none.svm")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("none.svm: cannot be read: no such file or folder");
  }

  @Test
  void sparseRowsRefuseArraysThatDoNotGoTogether() {
    float[] one = {1};
    assertThatThrownBy(() -> SparseRows.of(3, new int[] {0, 2}, new int[1], one))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> SparseRows.of(3, new int[] {0, 1}, new int[] {3}, one))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 0 has feature 3 after -1");
    assertThatThrownBy(() -> SparseRows.of(3, new int[] {0, 1, 0}, new int[] {2}, one))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("row 1 goes from 1 to 0");
    assertThatThrownBy(
            () -> SparseRows.of(3, new int[] {0, 1}, new int[] {2}, new float[] {Float.NaN}))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("feature 2 of row 0 is NaN");
    SparseRows rows = SparseRows.of(3, new int[] {0, 1}, new int[] {2}, one);
    assertThatThrownBy(() -> Dataset.of(rows, new float[2]))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("1 rows and 2 targets");
  }

  @Test
  void sparseRowsCannotBeCutToColumns() throws IOException {
    Dataset data = Libsvm.read(file("1 1:1 2:1\n0 2:3\n"));
    assertThatThrownBy(() -> data.columns(data.schema()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows are sparse");
  }
}
