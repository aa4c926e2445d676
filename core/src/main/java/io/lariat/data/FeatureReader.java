package io.lariat.data;

import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.DecimalDouble;
import io.lariat.internal.text.Excerpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a known {@link Schema} from a CSV file, row by row; the target need not be
 * there.
 */
final class FeatureReader implements RowSink {
  private static final int MOST_LISTED = 5;
  private static final int MOST_CATEGORIES_LISTED = 10;

  private final Schema schema;
  private final DecimalDouble numerals = new DecimalDouble();
  private final List<String> ignored = new ArrayList<>();
  private final Consumer<double[]> rows;
  private final long mostRows;
  private final double[] row;
  private @Nullable CsvHeader header;
  private @Nullable TextCodes[] categories = {};
  private int[] featureOf = {};

  /**
   * A reader for a file.
   *
   * @param rows gets each row; the array is used again for the next
   * @param mostRows how many rows that takes
   */
  FeatureReader(Schema schema, Consumer<double[]> rows, long mostRows) {
    this.schema = schema;
    this.rows = rows;
    this.mostRows = mostRows;
    row = new double[schema.features()];
  }

  @Override
  public void header(CsvHeader found) {
    header = found;
    requireColumns(found);
    int width = found.names().size();
    categories = new TextCodes[width];
    featureOf = new int[width];
    Arrays.fill(featureOf, -1);
    int feature = 0;
    for (Column column : schema.columns()) {
      int at = found.find(column.name());
      featureOf[at] = feature;
      feature += column.width();
      if (column.isCategorical()) {
        TextCodes codes = new TextCodes(column.width());
        column.categories().forEach(codes::add);
        categories[at] = codes;
      }
    }
    for (int i = 0; i < width; i++) {
      if (featureOf[i] < 0) {
        ignored.add(found.names().get(i));
      }
    }
  }

  private void requireColumns(CsvHeader found) {
    List<String> missing =
        schema.columns().stream().map(Column::name).filter(n -> found.find(n) < 0).toList();
    if (missing.isEmpty()) {
      return;
    }
    List<String> shown = missing.stream().limit(MOST_LISTED).map(Excerpt::of).toList();
    int more = missing.size() - shown.size();
    throw found.problem(
        missing,
        String.format(
            Locale.ROOT,
            "%s: lacks %s of the model's %d input columns: %s%s; add %s",
            found.file(),
            missing.size() == schema.columns().size() ? "all" : missing.size(),
            schema.columns().size(),
            String.join(", ", shown),
            more > 0 ? " and " + more + " more" : "",
            missing.size() == 1 ? "it" : "them"));
  }

  @Override
  public void cell(int column, char[] text, int from, int to, long line) {
    int feature = featureOf[column];
    if (feature < 0) {
      return;
    }
    CsvHeader names = Objects.requireNonNull(header);
    if (from == to) {
      throw new DataException(
          names.at(line, column) + ": the cell is empty; fill it in or remove the row");
    }
    TextCodes codes = categories[column];
    if (codes == null) {
      double number = CellKind.parse(text, from, to);
      if (Double.isNaN(number)) {
        String cell = new String(text, from, Math.min(to - from, ColumnReader.LONGEST_TEXT));
        throw new DataException(
            names.at(line, column)
                + ": "
                + Excerpt.of(cell)
                + " "
                + CellKind.ofOdd(cell).complaint());
      }
      row[feature] = number;
      return;
    }
    int code = codes.find(text, from, to);
    if (code < 0) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %s is a category that the model does not know; it knows %s",
              names.at(line, column),
              Excerpt.of(new String(text, from, Math.min(to - from, ColumnReader.LONGEST_TEXT))),
              known(codes)));
    }
    row[feature + code] = 1;
  }

  @Override
  public void quickCells(LineCursor line) {
    char[] text = line.text;
    while (line.column < featureOf.length
        && !line.atEnd
        && featureOf[line.column] >= 0
        && categories[line.column] == null) {
      double number = numerals.read(text, line.at, line.to);
      int end = numerals.end();
      if (Double.isNaN(number) || (text[end] != ',' && text[end] != '\n')) {
        return;
      }
      row[featureOf[line.column]] = number;
      line.column++;
      line.at = end + 1;
      line.atEnd = text[end] == '\n';
    }
  }

  private static String known(TextCodes codes) {
    List<String> shown =
        codes.texts().stream().limit(MOST_CATEGORIES_LISTED).map(Excerpt::of).toList();
    int more = codes.texts().size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
  }

  @Override
  public void endRow() {
    rows.accept(row);
    Arrays.fill(row, 0);
  }

  @Override
  public long mostRows() {
    return mostRows;
  }

  /** The names of the columns that the schema does not have, in file order. */
  List<String> ignored() {
    return ignored;
  }
}
