package io.lariat.data;

import java.nio.file.Path;
import java.util.List;
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
  public static final String TARGET = SparseSink.TARGET;

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
    return table(path).read(TARGET, task, progress);
  }

  /**
   * As {@link Table#read(Schema, ReadProgress)}, of a libsvm file and for a model that was trained
   * on one: its features, and labels as it numbers its classes.
   */
  public static Dataset read(Path path, Schema schema, ReadProgress progress) {
    return table(path).read(schema, progress);
  }

  /**
   * As {@link Table#features(Schema, ReadProgress)}, of a libsvm file and for a model that was
   * trained on one; a label is not looked at. Features that the model does not know cannot count,
   * and are left out.
   */
  public static Features readFeatures(Path path, Schema schema, ReadProgress progress) {
    return table(path).features(schema, progress);
  }

  /**
   * As {@link #readFeatures(Path, Schema, ReadProgress)}, in blocks.
   *
   * @param rows gets each block while the file is read, in its order; what it throws ends the
   *     reading
   * @return how many elements are of other features, in words, or nothing; the blocks do not say it
   */
  public static List<String> readFeatures(
      Path path, Schema schema, ReadProgress progress, Consumer<Features> rows) {
    return table(path).features(schema, progress, rows);
  }

  private static Table table(Path path) {
    return Table.at(path, TableFormat.named("libsvm"));
  }
}
