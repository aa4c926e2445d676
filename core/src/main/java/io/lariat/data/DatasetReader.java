package io.lariat.data;

import io.lariat.internal.text.DecimalDouble;
import io.lariat.internal.text.Excerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Dataset} of a CSV file whose column types are found out on the way. */
final class DatasetReader implements RowSink {
  /** More distinct texts than this are no categories. */
  static final int MOST_CATEGORIES = 64;

  /** So many categories are always allowed; beyond, they may be half as many as there are rows. */
  static final int FEW_CATEGORIES = 8;

  private final String source;
  private final String targetName;
  private final @Nullable Task task;
  private final DecimalDouble numerals = new DecimalDouble();
  private @Nullable CsvHeader header;
  private @Nullable RowBlocks cells;
  private @Nullable RowBlocks targets;
  private ColumnReader[] columns = {};
  private double[] row = {};
  private int target;

  /** Reads the target {@code targetName}; {@code task} null: inferred. */
  DatasetReader(String source, String targetName, @Nullable Task task) {
    this.source = source;
    this.targetName = targetName;
    this.task = task;
  }

  @Override
  public void header(CsvHeader found) {
    header = found;
    target = found.requireTarget(targetName);
    int width = found.names().size();
    cells = new RowBlocks(width - 1);
    targets = new RowBlocks(1);
    row = new double[width];
    columns = new ColumnReader[width];
    for (int i = 0; i < width; i++) {
      columns[i] = new ColumnReader(found, i, i == target ? targetRole() : ColumnReader.Role.INPUT);
    }
  }

  private ColumnReader.Role targetRole() {
    return task == Task.BINARY || task == Task.MULTICLASS
        ? ColumnReader.Role.CLASSES
        : ColumnReader.Role.TARGET;
  }

  @Override
  public void cell(int column, char[] text, int from, int to, long line) {
    int rows = Objects.requireNonNull(cells).rows();
    row[place(column)] = columns[column].accept(rows, text, from, to, line);
  }

  @Override
  public void quickCells(LineCursor line) {
    char[] text = line.text;
    int rows = Objects.requireNonNull(cells).rows();
    int column = line.column;
    int at = line.at;
    char end = ',';
    while (column < columns.length && end == ',') {
      ColumnReader reader = columns[column];
      double stored;
      int behind;
      if (reader.storesNumbers(rows)) {
        stored = numerals.read(text, at, line.to);
        behind = numerals.end();
      } else {
        stored = reader.codeOf(text[at]);
        behind = at + 1;
      }
      if (Double.isNaN(stored) || (text[behind] != ',' && text[behind] != '\n')) {
        break;
      }
      reader.noteStored(rows, stored);
      row[place(column)] = stored;
      column++;
      end = text[behind];
      at = behind + 1;
    }
    line.column = column;
    line.at = at;
    line.atEnd = end == '\n';
  }

  /** Where a row has a column's cell: the target is its last. */
  private int place(int column) {
    return column < target ? column : column == target ? row.length - 1 : column - 1;
  }

  @Override
  public void endRow() {
    Objects.requireNonNull(cells).add(row, 0);
    Objects.requireNonNull(targets).add(row, row.length - 1);
  }

  /** The data set, after the last row. */
  Dataset finish() {
    CsvHeader names = Objects.requireNonNull(header);
    int rows = Objects.requireNonNull(cells).rows();
    refuseProblems(rows);
    List<Column> inputs = new ArrayList<>();
    List<StoredColumn> stored = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      if (i != target) {
        StoredColumn column = columns[i].stored(rows);
        stored.add(column);
        inputs.add(new Column(names.names().get(i), column.categories()));
      }
    }
    // Refused before the features are made, since nothing about a text target is left to learn.
    Target labels = columns[target].isNumeric(rows) ? null : classLabels(names.file(), rows);
    RowBlocks x = StoredColumn.encode(cells, stored);
    TargetInference.Encoded y =
        labels == null
            ? numbers(names.file(), rows)
            : new TargetInference.Encoded(labels, encodedTargets(rows), List.of());
    Schema schema = new Schema(inputs, y.target());
    requireDistinctFeatures(names, schema);
    return new Dataset(source, schema, x, y.y(), notes(x, stored, y));
  }

  private List<String> notes(RowBlocks x, List<StoredColumn> stored, TargetInference.Encoded y) {
    List<String> notes = new ArrayList<>(y.notes());
    int feature = 0;
    for (int i = 0; i < columns.length; i++) {
      if (i == target) {
        continue;
      }
      StoredColumn column = stored.get(i < target ? i : i - 1);
      @Nullable String merged =
          column.categories().isEmpty() ? columns[i].merged(x, feature) : null;
      feature += column.width();
      if (merged != null) {
        notes.add(merged);
      }
    }
    return notes;
  }

  private RowBlocks encodedTargets(int rows) {
    StoredColumn stored = columns[target].stored(rows).asNumbers();
    return StoredColumn.encode(Objects.requireNonNull(targets), List.of(stored));
  }

  /** Throws the problem that comes first in the file, if there is one. */
  private void refuseProblems(int rows) {
    ColumnReader.Problem first = null;
    for (int i = 0; i < columns.length; i++) {
      ColumnReader.Problem problem = columns[i].problem(rows);
      if (problem != null && (first == null || problem.line() < first.line())) {
        first = problem;
      }
    }
    if (first != null) {
      throw new DataException(first.message());
    }
    for (int i = 0; i < columns.length; i++) {
      int distinct = columns[i].isNumeric(rows) || i == target ? 0 : columns[i].texts().size();
      if (distinct > Math.max(FEW_CATEGORIES, rows / 2)) {
        throw columns[i].tooMany(distinct);
      }
    }
  }

  /** Column a's category b=c and column a=b's category c would both be called a=b=c. */
  private static void requireDistinctFeatures(CsvHeader header, Schema schema) {
    if (header.names().stream().noneMatch(name -> name.contains("="))) {
      return;
    }
    Map<String, String> columns = new HashMap<>();
    for (Column column : schema.columns()) {
      for (int i = 0; i < column.width(); i++) {
        @Nullable String other = columns.putIfAbsent(column.featureName(i), column.name());
        if (other != null) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s: a feature of column %s and one of column %s would both be called %s; rename"
                      + " a column",
                  header.file(),
                  Excerpt.of(other),
                  Excerpt.of(column.name()),
                  Excerpt.of(column.featureName(i))));
        }
      }
    }
  }

  private Target classLabels(String file, int rows) {
    List<String> classes = columns[target].texts().stream().sorted().toList();
    return ClassLabels.target(file, targetName, task, classes, rows);
  }

  private TargetInference.Encoded numbers(String file, int rows) {
    ColumnReader column = columns[target];
    try {
      if (column.storesNumbers(rows - 1)) {
        return TargetInference.ofMany(targetName, task, encodedTargets(rows));
      }
      RowBlocks codes = Objects.requireNonNull(targets);
      codes.trim();
      return TargetInference.ofTexts(targetName, task, column.texts(), codes);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }
}
