package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.data.SourceColumn.Cells;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that knows its columns' types, as a database does; and what is said of any source. */
class TableTest {
  private static final List<SourceColumn> COLUMNS =
      List.of(
          new SourceColumn("size", Cells.NUMBERS),
          new SourceColumn("code", Cells.TEXTS),
          new SourceColumn("y", Cells.NUMBERS));

  private static final Object[][] ROWS = {
    {1.5, "07", 0}, {2, "7", 1}, {-0.1, "07", 1}, {1e-300, "9", 0}
  };

  @TempDir Path folder;

  /** Rows of Double, Integer, String and null. */
  private record Memory(List<SourceColumn> columns, List<Object[]> rows) implements TableSource {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public void read(ReadProgress progress, TableSink sink) {
      int[] row = {0};
      RowSink cells = sink.rows(columns, () -> "memory row " + row[0]);
      for (@Nullable Object[] values : rows) {
        row[0]++;
        for (int j = 0; j < values.length; j++) {
          switch (values[j]) {
            case null -> cells.missing(j);
            case String text -> cells.text(j, text.toCharArray(), 0, text.length());
            case Number number -> cells.number(j, number.doubleValue());
            default -> throw new AssertionError(values[j]);
          }
        }
        cells.endRow();
      }
    }
  }

  private static Table table(Object[]... rows) {
    return Table.of(new Memory(COLUMNS, List.of(rows)));
  }

  private static Dataset read(Table table) {
    return table.read("y", null, ReadProgress.NONE);
  }

  @Test
  void typesSayWhatIsANumberAndWhatACategory() {
    Dataset data = read(table(ROWS));
    assertThat(data.schema().columns())
        .containsExactly(Column.numeric("size"), new Column("code", List.of("07", "7", "9")));
    assertThat(data.schema().target()).isEqualTo(new Target("y", Task.BINARY, List.of("0", "1")));
    double[] x = new double[16];
    data.copyFeatures(0, 4, x);
    assertThat(x).containsExactly(1.5, 1, 0, 0, 2, 0, 1, 0, -0.1, 1, 0, 0, 1e-300, 0, 0, 1);
    assertThat(data.target(1)).isEqualTo(1);
    assertThat(data.source()).isEqualTo("memory");
  }

  @Test
  void aDatasetKnowsItsTableAndThatIsReadAgain() {
    Dataset data = read(table(ROWS)).rows(new int[] {2, 0});
    Table table = Table.of(Objects.requireNonNull(data.origin()));
    Dataset again = table.read(data.schema(), ReadProgress.NONE);
    assertThat(again.sha256(4)).isEqualTo(read(table).sha256(4));
    assertThat(Dataset.of(new double[][] {{1}, {2}}, new double[] {0, 1}).origin()).isNull();
  }

  @Test
  void aFewRowsAreOfTheSameSchema() {
    Schema schema = read(table(ROWS)).schema();
    Table one = table(new Object[] {3, "9", 1});
    assertThat(one.features(schema, ReadProgress.NONE).values()).containsExactly(3, 0, 0, 1);
    List<Features> blocks = new ArrayList<>();
    assertThat(one.features(schema, ReadProgress.NONE, blocks::add)).containsExactly("y");
    assertThat(blocks.getFirst().values()).containsExactly(3, 0, 0, 1);
    assertThat(one.read(schema, ReadProgress.NONE).target(0)).isEqualTo(1);
  }

  @Test
  void numbersWhereTextsWereLearntAreCalledAsTheyAreWritten() {
    Schema schema = read(table(ROWS)).schema();
    List<SourceColumn> numbers =
        List.of(new SourceColumn("code", Cells.NUMBERS), new SourceColumn("size", Cells.NUMBERS));
    Table table = Table.of(new Memory(numbers, List.<Object[]>of(new Object[] {7, 1})));
    assertThat(table.features(schema, ReadProgress.NONE).values()).containsExactly(1, 0, 1, 0);
  }

  @Test
  void cellsThatCannotBeUsedHaveThePlaceThatTheSourceSays() {
    assertThatThrownBy(() -> read(table(ROWS[0], new Object[] {null, "a", 1})))
        .isInstanceOf(DataException.class)
        .hasMessage("memory row 2, column 'size': the cell is empty; fill it in or remove the row");
    assertThatThrownBy(() -> read(table(ROWS[0], new Object[] {Double.NaN, "a", 1})))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "memory row 2, column 'size': is NaN, which is not finite; fill it in or remove the"
                + " row");
    Schema schema = read(table(ROWS)).schema();
    assertThatThrownBy(() -> table(new Object[] {1, "8", 0}).features(schema, ReadProgress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "memory row 1, column 'code': '8' is a category that the model does not know; it knows"
                + " '07', '7', '9'");
  }

  @Test
  void columnsThatAreNotThereHaveTheSentencesOfCsv() {
    assertThatThrownBy(() -> table(ROWS).read("z", null, ReadProgress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage("memory: no column 'z' for the target; the columns are 'size', 'code', 'y'");
    assertThatThrownBy(() -> read(table()))
        .isInstanceOf(DataException.class)
        .hasMessage("memory: has a header but no rows; add rows");
  }

  /** Fails to read, or finds nothing. */
  private static Table failing(@Nullable IOException failure) {
    return Table.of(
        new TableSource() {
          @Override
          public String name() {
            return "x";
          }

          @Override
          public void read(ReadProgress progress, TableSink sink) throws IOException {
            if (failure != null) {
              throw failure;
            }
          }
        });
  }

  @Test
  void whatKeepsASourceFromBeingReadIsSaidTheSameOfEach() {
    assertThatThrownBy(() -> read(failing(null)))
        .isInstanceOf(DataException.class)
        .hasMessage("x: is empty; expected rows");
    assertThatThrownBy(() -> read(failing(new NoSuchFileException("x"))))
        .isInstanceOf(DataException.class)
        .hasMessage("x: cannot be read: no such file or folder");
    assertThatThrownBy(() -> read(failing(new EOFException())))
        .isInstanceOf(DataException.class)
        .hasMessage("x: ends too early; download or write it again");
  }

  @Test
  void aFolderIsRefusedWhateverItsNameSays() throws IOException {
    for (TableFormat format : TableFormat.all().values()) {
      Path file = Files.createDirectory(folder.resolve("x" + format.endings().getFirst()));
      assertThat(TableFormat.of(file).name()).isEqualTo(format.name());
      assertThatThrownBy(() -> read(Table.at(file)))
          .isInstanceOf(DataException.class)
          .hasMessage(file + ": is a folder; give the file of rows itself");
      Path none = folder.resolve("none" + format.endings().getFirst() + ".gz");
      assertThatThrownBy(() -> read(Table.at(none)))
          .isInstanceOf(DataException.class)
          .hasMessage(none + ": cannot be read: no such file or folder");
    }
  }
}
