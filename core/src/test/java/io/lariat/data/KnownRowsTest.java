package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data read by a model's schema. */
class KnownRowsTest {
  private static final String TABLE =
      "size,color,y\n0.1,red,1\n0.2,blue,0\n0.3,red,1\n0.123456789,blue,0\n";

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  private Dataset read(String text, Schema schema) throws IOException {
    return Csv.read(write(text), schema, ReadProgress.NONE);
  }

  private Dataset original() throws IOException {
    return Csv.read(write(TABLE), "y");
  }

  /** The same hash, so every number is the same, as is what the columns mean. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size,color,y;0.1,red,1;0.2,blue,0;0.3,red,1;0.123456789,blue,0",
        "y,color,size;1,red,0.10;0,blue,2e-1;1,red,0.3;0,blue,0.123456789",
        "more,size,y,color;?,0.1,1.0,red;x,0.2,0,blue;,0.3,1e0,red;3,.123456789,-0,blue"
      })
  void readsTheSameTableWhateverItsFile(String text) throws IOException {
    Dataset data = original();
    Dataset again = read(text.replace(';', '\n') + "\n", data.schema());
    assertThat(again.sha256(4)).isEqualTo(data.sha256(4));
    assertThat(again.schema()).isEqualTo(data.schema());
  }

  @Test
  void aFewOfTheColumns() throws IOException {
    Dataset data = original();
    Schema less = new Schema(List.of(data.schema().columns().get(1)), data.schema().target());
    assertThat(data.columns(less).sha256(4)).isEqualTo(read(TABLE, less).sha256(4));
    assertThat(data.columns(less).features()).isEqualTo(2);
    Schema other = new Schema(List.of(Column.numeric("width")), data.schema().target());
    assertThatIllegalArgumentException().isThrownBy(() -> data.columns(other));
  }

  @Test
  void textClasses() throws IOException {
    Target target = new Target("y", Task.MULTICLASS, List.of("1.0", "a", "b"));
    Schema schema = new Schema(List.of(Column.numeric("x")), target);
    Dataset data = read("x,y\n1,b\n2,1.0\n3,a\n", schema);
    assertThat(List.of(data.target(0), data.target(1), data.target(2)))
        .containsExactly(2.0, 0.0, 1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "size,color;0.1,red | no column 'y' for the target",
        "size,y;0.1,1 | lacks 1 of the model's 2 input columns: 'color'; add it",
        "size,color,y;0.1,green,1 | line 2, column 'color': 'green' is a category that the model",
        "size,color,y;0.1,red,2 | line 2, column 'y': '2' is a class that the model does not know;"
            + " it knows '0', '1'",
        "size,color,y;0.1,red, | line 2, column 'y': the cell is empty; fill it in",
        "size,color,y;tall,red,1 | line 2, column 'size': 'tall'"
      })
  void refusesOtherData(String text, String message) throws IOException {
    Schema schema = original().schema();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read(text.replace(';', '\n') + "\n", schema))
        .withMessageContaining(message);
  }

  @Test
  void refusesATargetThatIsNoNumber() {
    Schema schema =
        new Schema(List.of(Column.numeric("x")), new Target("y", Task.REGRESSION, List.of()));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> read("x,y\n1,2\n2,many\n", schema))
        .withMessageContaining("line 3, column 'y': 'many' ");
  }
}
