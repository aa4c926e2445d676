package io.lariat.data;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV files: UTF-8, comma-separated (RFC 4180), a header line with the columns' names, plain
 * or gzip. White space around a cell does not count, blank lines are skipped.
 *
 * <ul>
 *   <li>A column of numbers is one feature. Numbers are plain decimal ({@code -1.5e3}).
 *   <li>A column of texts is a feature for each distinct text, in sorted order (one-hot). The texts
 *       may be up to 64, and not more than 8 or half as many as there are rows, whichever is
 *       larger.
 *   <li>A column of numbers in other notations ({@code 3,5}, {@code 12%}, {@code 1_000}) or of
 *       dates is neither, and an error: nobody guesses what they mean. Nor is a control character
 *       part of a text. As labels of a target they are taken if classes are asked for, and a few
 *       dates always.
 *   <li>A column with both is numeric if at least half of these cells are numbers, and then the
 *       first other cell is an error; else its numbers are labels like its texts.
 *   <li>An empty cell is an error everywhere; a word for a missing value ({@code NA}, {@code ?},
 *       ...) is one in a numeric column, a category in a column of texts.
 *   <li>A target of numbers is taken as in {@link Dataset#of(double[][], double[])}, and its
 *       classes are called what stands in the file; the distinct texts of a text target are
 *       classes, in sorted order: two are a binary task, the second the positive class, and more a
 *       multiclass task.
 * </ul>
 *
 * <p>A file is read once, in pieces, and its data kept exactly, in blocks that are not copied: four
 * bytes a number in columns of up to about seven digits a number, eight in others, and a little
 * more.
 */
public final class Csv {
  private Csv() {}

  /**
   * Reads a data set, the task inferred from the target.
   *
   * @param path the file, plain or gzip
   * @param target the name of the column to predict; all other columns are features
   * @throws DataException if the file cannot be used; the message names file, line and column
   */
  public static Dataset read(Path path, String target) {
    return read(path, target, null);
  }

  /** As {@link #read(Path, String)}, for a given task; null: inferred. */
  public static Dataset read(Path path, String target, @Nullable Task task) {
    return read(path, target, task, ReadProgress.NONE);
  }

  /** As {@link #read(Path, String, Task)}, telling {@code progress} how far it has come. */
  public static Dataset read(Path path, String target, @Nullable Task task, ReadProgress progress) {
    return table(path).read(target, task, progress);
  }

  /** As {@link Table#read(Schema, ReadProgress)}, of a CSV file. */
  public static Dataset read(Path path, Schema schema, ReadProgress progress) {
    return table(path).read(schema, progress);
  }

  /** As {@link Table#features(Schema, ReadProgress)}, of a CSV file. */
  public static Features readFeatures(Path path, Schema schema) {
    return readFeatures(path, schema, ReadProgress.NONE);
  }

  /** As {@link Table#features(Schema, ReadProgress)}, of a CSV file. */
  public static Features readFeatures(Path path, Schema schema, ReadProgress progress) {
    return table(path).features(schema, progress);
  }

  /** As {@link Table#features(Schema, ReadProgress, Consumer)}, of a CSV file. */
  public static List<String> readFeatures(
      Path path, Schema schema, ReadProgress progress, Consumer<Features> rows) {
    return table(path).features(schema, progress, rows);
  }

  private static Table table(Path path) {
    return Table.at(path, TableFormat.named("csv"));
  }
}
