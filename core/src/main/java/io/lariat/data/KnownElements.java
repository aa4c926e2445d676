package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the features of a known {@link Schema} from sparse rows, and the labels if they are wanted.
 * Features that the schema does not have cannot count, and are left out.
 *
 * @param <T> what becomes of the rows
 */
final class KnownElements<T> implements SparseSink, Supplier<T> {
  private final TableSource source;
  private final SourcePlace place;
  private final int[] indices;
  private final @Nullable KnownTarget target;
  private final @Nullable Consumer<Features> blocks;
  private final Function<KnownElements<T>, T> result;
  private final RowBlocks labels = new RowBlocks(1);
  private SparseRowsBuilder rows = new SparseRowsBuilder();
  private boolean isEmpty = true;
  private long leftOut;

  /**
   * Checks the schema's columns.
   *
   * @param target null: labels are not looked at
   * @param blocks gets the rows in blocks; null: they are kept
   */
  private KnownElements(
      TableSource source,
      SourcePlace place,
      Schema schema,
      @Nullable KnownTarget target,
      @Nullable Consumer<Features> blocks,
      Function<KnownElements<T>, T> result) {
    this.source = source;
    this.place = place;
    this.target = target;
    this.blocks = blocks;
    this.result = result;
    indices = indices(schema);
    if (indices.length == 0) {
      throw new DataException(
          source.name()
              + ": has numbered features, the model's inputs have names ("
              + Excerpt.of(schema.columns().getFirst().name())
              + ", ...); use a CSV file with these columns");
    }
  }

  /** The data set of a model with that schema. */
  static KnownElements<Dataset> dataset(Origin origin, SourcePlace place, Schema schema) {
    return new KnownElements<>(
        origin.source(),
        place,
        schema,
        KnownTarget.of(schema.target()),
        null,
        read -> {
          read.labels.trim();
          SparseRows x = read.build();
          List<String> notes = MergedNumbers.notes(schema.columns(), x);
          return new Dataset(origin, schema, x, read.labels, notes);
        });
  }

  /** Rows to predict. */
  static KnownElements<Features> features(TableSource source, SourcePlace place, Schema schema) {
    return new KnownElements<>(
        source, place, schema, null, null, read -> new Features(read.build(), read.ignored()));
  }

  /** Rows to predict, any number of them in blocks; what was ignored. */
  static KnownElements<List<String>> blocks(
      TableSource source, SourcePlace place, Schema schema, Consumer<Features> sink) {
    return new KnownElements<>(
        source,
        place,
        schema,
        null,
        sink,
        read -> {
          if (read.rows.rows() > 0) {
            read.handOn(sink);
          }
          return read.ignored();
        });
  }

  /** The index of each feature, ascending; none if the columns are not numbered. */
  private static int[] indices(Schema schema) {
    List<Column> columns = schema.columns();
    int[] indices = new int[columns.size()];
    int before = -1;
    for (int j = 0; j < indices.length; j++) {
      Column column = columns.get(j);
      int index = column.isCategorical() ? -1 : index(column.name());
      if (index <= before) {
        return new int[0];
      }
      indices[j] = index;
      before = index;
    }
    return indices;
  }

  /** The index that a feature's name says; -1 if it says none. */
  private static int index(String name) {
    int length = name.length();
    int from = PREFIX.length();
    if (!name.startsWith(PREFIX) || length == from || length > from + 9) {
      return -1;
    }
    int index = 0;
    for (int i = from; i < length; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9' || (i == from && c == '0' && length > from + 1)) {
        return -1;
      }
      index = 10 * index + (c - '0');
    }
    return index;
  }

  @Override
  public void label(double number, String text) {
    if (target != null) {
      labels.add(target.code(place.now(), text));
    }
  }

  @Override
  public void noLabel() {
    if (target != null) {
      throw ReadProblem.hasNoLabel(place);
    }
  }

  @Override
  public void element(int index, double value) {
    int column = index - indices[0];
    if (column < 0 || column >= indices.length || indices[column] != index) {
      column = Arrays.binarySearch(indices, index); // some indices are left out
    }
    if (column < 0) {
      leftOut++;
    } else if (value != 0) {
      rows.add(column, value);
    }
  }

  @Override
  public void endRow() {
    rows.endRow();
    isEmpty = false;
    if (blocks != null && FeatureBlocks.isBlock(rows.rows(), rows.elements())) {
      handOn(blocks);
    }
  }

  private SparseRows build() {
    return rows.build(indices.length);
  }

  private void handOn(Consumer<Features> sink) {
    Features block = new Features(build(), List.of());
    rows = new SparseRowsBuilder();
    sink.accept(block);
  }

  @Override
  public T get() {
    if (isEmpty) {
      throw ReadProblem.isEmpty(source);
    }
    return result.apply(this);
  }

  private List<String> ignored() {
    return leftOut == 0
        ? List.of()
        : List.of(leftOut + (leftOut == 1 ? " element" : " elements") + " of other features");
  }
}
