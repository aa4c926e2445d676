package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Dataset} of rows whose columns' meaning is found out on the way. */
final class InferredRows implements RowSink, Supplier<Dataset> {
  /** More distinct texts than this are no categories. */
  static final int MOST_CATEGORIES = 64;

  /** So many categories are always allowed; beyond, they may be half as many as there are rows. */
  static final int FEW_CATEGORIES = 8;

  private final Origin origin;
  private final SourceColumns names;
  private final String targetName;
  private final @Nullable Task task;
  private final RowBlocks cells;
  private final RowBlocks targets = new RowBlocks(1);
  private final ColumnReader[] columns;
  private final double[] row;
  private final int target;

  /** Reads the target {@code targetName}; {@code task} null: inferred. */
  InferredRows(Origin origin, SourceColumns names, String targetName, @Nullable Task task) {
    this.origin = origin;
    this.names = names;
    this.targetName = targetName;
    this.task = task;
    target = names.requireTarget(targetName);
    int width = names.names().size();
    cells = new RowBlocks(width - 1);
    row = new double[width];
    columns = new ColumnReader[width];
    for (int i = 0; i < width; i++) {
      columns[i] = new ColumnReader(names, i, i == target ? targetRole() : ColumnReader.Role.INPUT);
    }
  }

  private ColumnReader.Role targetRole() {
    return task == Task.BINARY || task == Task.MULTICLASS
        ? ColumnReader.Role.CLASSES
        : ColumnReader.Role.TARGET;
  }

  @Override
  public boolean takesNumbers(int column) {
    return columns[column].storesNumbers(cells.rows());
  }

  @Override
  public void number(int column, double value) {
    names.requireFinite(value, column);
    row[place(column)] = value;
  }

  @Override
  public boolean character(int column, char only) {
    int code = columns[column].codeOf(cells.rows(), only);
    if (code >= 0) {
      row[place(column)] = code;
    }
    return code >= 0;
  }

  @Override
  public void text(int column, char[] text, int from, int to) {
    if (from == to) {
      throw names.empty(column);
    }
    names.requireNoControlsAround(text, from, to, column);
    row[place(column)] = columns[column].accept(cells.rows(), text, from, to);
  }

  @Override
  public void missing(int column) {
    throw names.empty(column);
  }

  /** Where a row has a column's cell: the target is its last. */
  private int place(int column) {
    return column < target ? column : column == target ? row.length - 1 : column - 1;
  }

  @Override
  public void endRow() {
    if (cells.rows() == Integer.MAX_VALUE) {
      throw names.tooManyRows();
    }
    cells.add(row, 0);
    targets.add(row, row.length - 1);
  }

  @Override
  public Dataset get() {
    int rows = cells.rows();
    if (rows == 0) {
      throw ReadProblem.hasNoRows(names.file());
    }
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
    return new Dataset(origin, schema, x, y.y(), notes(x, stored, y));
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
    return StoredColumn.encode(targets, List.of(stored));
  }

  /** Throws the problem that comes first in the file, if there is one. */
  private void refuseProblems(int rows) {
    ColumnReader.Problem first = null;
    for (int i = 0; i < columns.length; i++) {
      ColumnReader.Problem problem = columns[i].problem(rows);
      if (problem != null && (first == null || problem.row() < first.row())) {
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
  private static void requireDistinctFeatures(SourceColumns header, Schema schema) {
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
      if (column.storesNumbers(0)) {
        targets.trim();
        return TargetInference.ofNumbers(targetName, task, targets, NumberText::of);
      }
      if (column.storesNumbers(rows - 1)) {
        return TargetInference.ofMany(targetName, task, encodedTargets(rows));
      }
      targets.trim();
      return TargetInference.ofTexts(targetName, task, column.texts(), targets);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }
}
