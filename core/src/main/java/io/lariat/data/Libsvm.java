package io.lariat.data;

import io.lariat.internal.text.Excerpt;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads libsvm files (svmlight, svm^light): a line a row, {@code label index:value index:value
 * ...}, only what is not zero, indices ascending; what follows a {@code #} is a comment. Plain or
 * gzip.
 *
 * <p>Rows to predict need no labels. Where the first has none, an empty line is a row without
 * features, so that each line has its prediction; among labels it is no row, and a line of a
 * comment alone never is. The {@code qid:} of ranking is refused.
 *
 * <p>The data stays sparse: memory is eight bytes an element. Feature {@code k} of the file is
 * called {@code fk}; indices begin at 1, or at 0 if the file has an index 0.
 */
public final class Libsvm {

  /** What the label is called as a target. */
  public static final String TARGET = "label";

  /** More features than this are more likely a mistake in the file than meant. */
  static final int MOST_FEATURES = 10_000_000;

  private static final String NAME = "f";

  private Libsvm() {}

  /**
   * Reads a data set, the task inferred from the labels.
   *
   * @throws DataException if the file cannot be used; the message names file and line
   */
  public static Dataset read(Path path) {
    return read(path, (Task) null, ReadProgress.NONE);
  }

  /** As {@link #read(Path)}, for a given task (null: inferred), telling how far it has come. */
  public static Dataset read(Path path, @Nullable Task task, ReadProgress progress) {
    RowsReader rows = new RowsReader(path);
    LibsvmFile.read(path, progress, rows);
    return rows.finish(task);
  }

  /**
   * Reads rows to predict, for a model that was trained on a libsvm file; a label before them is
   * not looked at. Features that the model does not know cannot count, and are left out.
   *
   * @throws DataException if the file cannot be used or the model's columns are not numbered
   */
  public static Features readFeatures(Path path, Schema schema, ReadProgress progress) {
    KnownReader rows = new KnownReader(path, schema, null, null);
    LibsvmFile.read(path, progress, rows);
    return rows.finish();
  }

  /**
   * Reads rows to predict as {@link #readFeatures(Path, Schema, ReadProgress)} does, but in blocks,
   * so that a file of any length takes the memory of a block: up to 4096 rows, of about a megabyte,
   * and one row at least.
   *
   * @param rows gets each block while the file is read, in its order; what it throws ends the
   *     reading
   * @return how many elements are of other features, in words, or nothing; the blocks do not say it
   */
  public static List<String> readFeatures(
      Path path, Schema schema, ReadProgress progress, Consumer<Features> rows) {
    KnownReader reader = new KnownReader(path, schema, null, rows);
    LibsvmFile.read(path, progress, reader);
    return reader.finishBlocks();
  }

  /**
   * Reads the data set of a model that was trained on a libsvm file: its features, and labels as it
   * numbers its classes.
   *
   * @throws DataException if the file cannot be used, the model's columns are not numbered, or a
   *     label is none of its classes
   */
  public static Dataset read(Path path, Schema schema, ReadProgress progress) {
    KnownReader rows = new KnownReader(path, schema, KnownTarget.of(schema.target()), null);
    LibsvmFile.read(path, progress, rows);
    return rows.finish(schema);
  }

  /** Whether {@code schema} is of a libsvm file: its columns are features {@code fk}, ascending. */
  public static boolean isOf(Schema schema) {
    return indices(schema).length > 0;
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
    if (!name.startsWith(NAME) || length == 1 || length > 10) {
      return -1;
    }
    int index = 0;
    for (int i = 1; i < length; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9' || (i == 1 && c == '0' && length > 2)) {
        return -1;
      }
      index = 10 * index + (c - '0');
    }
    return index;
  }

  private static String sourceName(Path path) {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** Reads all that a file has. */
  private static final class RowsReader implements LibsvmFile.Sink {
    private final Path path;
    private final SparseRowsBuilder rows = new SparseRowsBuilder();
    private final WrittenTargets labels = new WrittenTargets();
    private boolean hasZero;

    RowsReader(Path path) {
      this.path = path;
    }

    @Override
    public void label(double label, String text, long line) {
      if (Double.isNaN(label)) {
        throw new DataException(path + " line " + line + ": has no label; put it first");
      }
      labels.add(label, text);
    }

    @Override
    public void element(int index, double value, long line) {
      if (index > MOST_FEATURES) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s line %d: index %d is above %d, the most that is taken for a feature's number;"
                    + " number the features without gaps",
                path,
                line,
                index,
                MOST_FEATURES));
      }
      hasZero |= index == 0;
      if (value != 0) {
        rows.add(index, value);
      }
    }

    @Override
    public void endRow() {
      rows.endRow();
    }

    Dataset finish(@Nullable Task task) {
      if (rows.rows() == 0) {
        throw new DataException(path + ": is empty; expected lines 'label index:value ...'");
      }
      if (rows.greatest() < 0) {
        throw new DataException(path + ": no row has a feature that is not zero");
      }
      int first = hasZero ? 0 : 1;
      rows.shift(first);
      int features = rows.greatest() + 1;
      List<Column> columns = Column.numbered(NAME, first, features);
      return Dataset.sparse(
          sourceName(path), columns, rows.build(features), labels.finish(TARGET, task));
    }
  }

  /** Reads the features that a model knows. */
  private static final class KnownReader implements LibsvmFile.Sink {
    private final Path path;
    private final int[] indices;
    private final @Nullable KnownTarget target;
    private final @Nullable Consumer<Features> blocks;
    private final RowBlocks labels = new RowBlocks(1);
    private SparseRowsBuilder rows = new SparseRowsBuilder();
    private boolean isEmpty = true;
    private long leftOut;

    /**
     * A reader for a file.
     *
     * @param target null: labels are not looked at
     * @param blocks gets the rows in blocks; null: they are kept
     */
    KnownReader(
        Path path,
        Schema schema,
        @Nullable KnownTarget target,
        @Nullable Consumer<Features> blocks) {
      this.target = target;
      this.blocks = blocks;
      this.path = path;
      indices = indices(schema);
      if (indices.length == 0) {
        throw new DataException(
            path
                + ": has numbered features, the model's inputs have names ("
                + Excerpt.of(schema.columns().getFirst().name())
                + ", ...); use a CSV file with these columns");
      }
    }

    @Override
    public void label(double label, String text, long line) {
      if (target == null) {
        return;
      }
      String place = path + " line " + line;
      if (Double.isNaN(label)) {
        throw new DataException(place + ": has no label; put it first");
      }
      labels.add(target.code(place, text));
    }

    @Override
    public void element(int index, double value, long line) {
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

    private void handOn(Consumer<Features> sink) {
      Features block = new Features(rows.build(indices.length), List.of());
      rows = new SparseRowsBuilder();
      sink.accept(block);
    }

    Dataset finish(Schema schema) {
      requireRows();
      labels.trim();
      SparseRows x = rows.build(indices.length);
      @Nullable String merged = MergedNumbers.note(schema.columns(), x);
      List<String> notes = merged == null ? List.of() : List.of(merged);
      return new Dataset(sourceName(path), schema, x, labels, notes);
    }

    Features finish() {
      requireRows();
      return new Features(rows.build(indices.length), ignored());
    }

    /** Hands on the last block; what was ignored. */
    List<String> finishBlocks() {
      requireRows();
      if (blocks != null && rows.rows() > 0) {
        handOn(blocks);
      }
      return ignored();
    }

    private void requireRows() {
      if (isEmpty) {
        throw new DataException(path + ": is empty; expected lines 'label index:value ...'");
      }
    }

    private List<String> ignored() {
      return leftOut == 0
          ? List.of()
          : List.of(leftOut + (leftOut == 1 ? " element" : " elements") + " of other features");
    }
  }
}
