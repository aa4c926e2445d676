package io.lariat.data;

import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the columns and the target of a known {@link Schema} from a CSV file. */
final class SchemaReader implements RowSink {
  private final String source;
  private final Schema schema;
  private final RowBlocks rows;
  private final FeatureReader features;
  private final KnownTarget known;
  private final RowBlocks targets = new RowBlocks(1);
  private final double[] target = new double[1];
  private @Nullable CsvHeader header;
  private int targetColumn;

  SchemaReader(String source, Schema schema) {
    this.source = source;
    this.schema = schema;
    rows = new RowBlocks(schema.features());
    features = new FeatureReader(schema, row -> rows.add(row, 0), mostRows());
    known = KnownTarget.of(schema.target());
  }

  @Override
  public void header(CsvHeader found) {
    header = found;
    targetColumn = found.requireTarget(schema.target().name());
    features.header(found);
  }

  @Override
  public void cell(int column, char[] text, int from, int to, long line) {
    if (column == targetColumn) {
      target[0] = target(text, from, to, line);
    } else {
      features.cell(column, text, from, to, line);
    }
  }

  private double target(char[] text, int from, int to, long line) {
    CsvHeader names = Objects.requireNonNull(header);
    String place = names.at(line, targetColumn);
    if (from == to) {
      throw new DataException(place + ": the cell is empty; fill it in or remove the row");
    }
    String cell = new String(text, from, Math.min(to - from, ColumnReader.LONGEST_TEXT));
    if (!schema.target().classes().isEmpty()) {
      return known.code(place, cell);
    }
    double number = CellKind.parse(text, from, to);
    if (Double.isNaN(number)) {
      throw new DataException(
          place + ": " + Excerpt.of(cell) + " " + CellKind.ofOdd(cell).complaint());
    }
    return number;
  }

  @Override
  public void quickCells(LineCursor line) {
    features.quickCells(line);
  }

  @Override
  public void endRow() {
    features.endRow();
    targets.add(target, 0);
  }

  /** The data set, after the last row. */
  Dataset finish() {
    rows.trim();
    targets.trim();
    return new Dataset(source, schema, rows, targets, notes());
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    @Nullable String merged = MergedNumbers.note(schema.target().name(), targets, 0);
    if (merged != null) {
      notes.add(merged);
    }
    int feature = 0;
    for (Column column : schema.columns()) {
      merged = column.isCategorical() ? null : MergedNumbers.note(column.name(), rows, feature);
      feature += column.width();
      if (merged != null) {
        notes.add(merged);
      }
    }
    return notes;
  }
}
