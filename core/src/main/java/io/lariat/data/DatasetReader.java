package io.lariat.data;

import java.util.ArrayList;
import java.util.List;
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
  private @Nullable CsvHeader header;
  private @Nullable RowBuffer cells;
  private ColumnReader[] columns = {};
  private float[] row = {};
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
    cells = new RowBuffer(found.file(), width);
    row = new float[width];
    columns = new ColumnReader[width];
    for (int i = 0; i < width; i++) {
      columns[i] = new ColumnReader(found, i, i == target ? ClassLabels.MOST : MOST_CATEGORIES);
    }
  }

  @Override
  public void cell(int column, char[] text, int from, int to, long line) {
    int rows = Objects.requireNonNull(cells).rows();
    row[column] = columns[column].accept(rows, text, from, to, line);
  }

  @Override
  public void endRow() {
    Objects.requireNonNull(cells).add(row);
  }

  /** The data set, after the last row. */
  Dataset finish() {
    CsvHeader names = Objects.requireNonNull(header);
    int rows = Objects.requireNonNull(cells).rows();
    refuseProblems(rows);
    List<Column> inputs = new ArrayList<>();
    ColumnReader.Lookup[] lookups = new ColumnReader.Lookup[columns.length];
    int features = 0;
    for (int i = 0; i < columns.length; i++) {
      ColumnReader column = columns[i];
      if (column.isNumeric()) {
        lookups[i] = column.numbers();
      } else {
        List<String> sorted = column.texts().stream().sorted().toList();
        lookups[i] = column.positions(sorted);
        if (i != target) {
          inputs.add(new Column(names.names().get(i), sorted));
          features += sorted.size();
        }
      }
      if (i != target && column.isNumeric()) {
        inputs.add(Column.numeric(names.names().get(i)));
        features++;
      }
    }
    // Refused before the large arrays are made, since nothing about a text target is left to learn.
    Target labels = columns[target].isNumeric() ? null : classLabels(names.file(), rows);
    RowBuffer.requireArray(names.file(), rows, features);
    float[] x = new float[rows * features];
    float[] y = new float[rows];
    fill(lookups, features, x, y);
    Schema schema = new Schema(inputs, labels != null ? labels : numberTarget(names.file(), y));
    return new Dataset(source, schema, x, y);
  }

  /** Throws the problem that comes first in the file, if there is one. */
  private void refuseProblems(int rows) {
    ColumnReader.Problem first = null;
    for (int i = 0; i < columns.length; i++) {
      ColumnReader.Problem problem = columns[i].problem();
      if (problem != null && (first == null || problem.line() < first.line())) {
        first = problem;
      }
    }
    if (first != null) {
      throw new DataException(first.message());
    }
    for (int i = 0; i < columns.length; i++) {
      int distinct = columns[i].isNumeric() || i == target ? 0 : columns[i].texts().size();
      if (distinct > Math.max(FEW_CATEGORIES, rows / 2)) {
        throw columns[i].tooMany(distinct);
      }
    }
  }

  private Target classLabels(String file, int rows) {
    List<String> classes = columns[target].texts().stream().sorted().toList();
    return ClassLabels.target(file, targetName, task, classes, rows);
  }

  private Target numberTarget(String file, float[] y) {
    try {
      Task chosen = task != null ? task : TargetInference.infer(y);
      return TargetInference.encode(targetName, chosen, y);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
  }

  /** Encodes the stored cells: {@code x [rows x features]} and {@code y [rows]}. */
  private void fill(ColumnReader.Lookup[] lookups, int features, float[] x, float[] y) {
    boolean[] isNumeric = new boolean[columns.length];
    int[] width = new int[columns.length];
    for (int c = 0; c < columns.length; c++) {
      isNumeric[c] = columns[c].isNumeric();
      width[c] = isNumeric[c] ? 1 : columns[c].texts().size();
    }
    int[] done = {0};
    Objects.requireNonNull(cells)
        .drain(
            piece -> {
              int i = done[0];
              for (int k = 0; k < piece.length; i++, k += columns.length) {
                int at = i * features;
                for (int c = 0; c < columns.length; c++) {
                  float value = lookups[c].of(i, piece[k + c]);
                  if (c == target) {
                    y[i] = value;
                  } else if (isNumeric[c]) {
                    x[at++] = value;
                  } else {
                    x[at + (int) value] = 1;
                    at += width[c];
                  }
                }
              }
              done[0] = i;
            });
  }
}
