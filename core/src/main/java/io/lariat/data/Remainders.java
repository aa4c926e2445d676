package io.lariat.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the floats of a data set leave of its numbers, each itself rounded to a float: a second
 * reading of the file, in which the columns' types are known.
 */
final class Remainders implements RowSink {
  private static final int NONE = -1;
  private static final int TARGET = -2;

  private final Dataset data;
  private final String source;
  private final RowBlocks x;
  private final @Nullable RowBlocks y;
  private int[] place = {};
  private final float[] row;
  private final float[] target = new float[1];

  /** For the numbers of {@code data}, which was read from the file called {@code source}. */
  Remainders(Dataset data, String source) {
    this.data = data;
    this.source = source;
    x = new RowBlocks(data.features());
    y = data.task() == Task.REGRESSION ? new RowBlocks(1) : null;
    row = new float[data.features()];
  }

  @Override
  public void header(CsvHeader found) {
    place = new int[found.names().size()];
    Arrays.fill(place, NONE);
    int feature = 0;
    List<Column> columns = data.schema().columns();
    for (Column column : columns) {
      if (!column.isCategorical()) {
        place[found.find(column.name())] = feature;
      }
      feature += column.width();
    }
    if (y != null) {
      place[found.find(data.schema().target().name())] = TARGET;
    }
  }

  @Override
  public void cell(int column, char[] text, int from, int to, long line) {
    int at = place[column];
    if (at == NONE || x.rows() >= data.rows()) {
      return;
    }
    double number = Double.parseDouble(new String(text, from, to - from));
    if (at == TARGET) {
      target[0] = of(number, data.target(x.rows()));
    } else {
      row[at] = of(number, data.feature(x.rows(), at));
    }
  }

  /** The float nearest to what {@code nearest} leaves of {@code number}. */
  static float of(double number, float nearest) {
    return (float) (number - nearest);
  }

  @Override
  public void quickCells(LineCursor line) {
    // Quick cells are floats; every cell comes to cell().
  }

  @Override
  public void endRow() {
    x.add(row, 0);
    if (y != null) {
      y.add(target, 0);
    }
  }

  /** The data set with the remainders beside its numbers. */
  Dataset finish() {
    if (x.rows() != data.rows()) {
      throw new DataException(
          source + ": has changed while it was read, or can be read only once; give a plain file");
    }
    x.trim();
    if (y != null) {
      Objects.requireNonNull(y).trim();
    }
    return data.withRemainders(x, y);
  }
}
