package io.lariat.data;

import io.lariat.internal.rows.FeatureRows;
import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NumberText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of features, each with its target: {@code x [rows x features]} row-major and {@code y
 * [rows]}. There may be up to 2^31 - 1 rows; {@code x} may hold more numbers than that if it was
 * read from a file.
 *
 * <p>Numbers are the doubles of the file or the arrays, exactly. What takes floats, as backends do,
 * gets them rounded after they were standardised.
 *
 * <p>A data set does not copy arrays that it can use as they are: {@link #of(float[], int,
 * float[])} keeps {@code x}, so the caller must not change it afterwards. Nothing in Lariat writes
 * to it.
 */
public final class Dataset {
  private final @Nullable Origin origin;
  private final Schema schema;
  private final FeatureRows x;
  private final RowBlocks y;
  private final List<String> notes;

  /** Data that is already encoded: class numbers in {@code y}, one-hot features in {@code x}. */
  Dataset(@Nullable Origin origin, Schema schema, FeatureRows x, RowBlocks y, List<String> notes) {
    this.origin = origin;
    this.schema = schema;
    this.x = x;
    this.y = y;
    this.notes = List.copyOf(notes);
  }

  /**
   * A data set from arrays, the task inferred: two distinct whole numbers as targets are a binary
   * task, up to 20 a multiclass task, all else a regression.
   *
   * @param x the rows, all of one length; copied
   * @param y one target a row; copied
   * @throws DataException if the arrays do not fit together or hold a value that is not finite
   */
  public static Dataset of(float[][] x, float[] y) {
    return of(flatten(x, y.length), x[0].length, y);
  }

  /** As {@link #of(float[][], float[])}, for a given task. */
  public static Dataset of(float[][] x, float[] y, Task task) {
    return of(flatten(x, y.length), x[0].length, y, task);
  }

  /**
   * As {@link #of(float[][], float[])}, of doubles, which are kept exactly.
   *
   * @param x the rows, all of one length; copied
   * @param y one target a row; copied
   */
  public static Dataset of(double[][] x, double[] y) {
    return encode(x, y, null);
  }

  /** As {@link #of(double[][], double[])}, for a given task. */
  public static Dataset of(double[][] x, double[] y, Task task) {
    return encode(x, y, Objects.requireNonNull(task));
  }

  private static Dataset encode(double[][] x, double[] y, @Nullable Task task) {
    requireRows(x.length, y.length);
    RowBlocks rows = new RowBlocks(Math.max(1, x[0].length));
    RowBlocks targets = new RowBlocks(1);
    for (int i = 0; i < x.length; i++) {
      requireWidth(x[i].length, x[0].length, i);
      for (int j = 0; j < x[i].length; j++) {
        requireFinite(x[i][j], "x", i, "feature " + j);
      }
      requireFinite(y[i], "y", i, "the target");
      rows.add(x[i], 0);
      targets.add(y[i]);
    }
    rows.trim();
    targets.trim();
    return encoded(rows, TargetInference.ofNumbers("y", task, targets, NumberText::of));
  }

  /**
   * A data set from a flat row-major array, the task inferred as in {@link #of(float[][],
   * float[])}.
   *
   * @param x the rows one after another; kept, not copied
   * @param features the length of a row
   * @param y one target a row; copied
   */
  public static Dataset of(float[] x, int features, float[] y) {
    return encode(x, features, y.clone(), null);
  }

  /** As {@link #of(float[], int, float[])}, for a given task. */
  public static Dataset of(float[] x, int features, float[] y, Task task) {
    return encode(x, features, y.clone(), Objects.requireNonNull(task));
  }

  /**
   * A data set of sparse rows, the task inferred as in {@link #of(float[][], float[])}.
   *
   * @param x the rows; kept, not copied
   * @param y one target a row; copied
   */
  public static Dataset of(SparseRows x, float[] y) {
    return encode(x, y.clone(), null);
  }

  /** As {@link #of(SparseRows, float[])}, for a given task. */
  public static Dataset of(SparseRows x, float[] y, Task task) {
    return encode(x, y.clone(), Objects.requireNonNull(task));
  }

  private static Dataset encode(SparseRows x, float[] y, @Nullable Task task) {
    requireRows(x.rows(), y.length);
    requireFinite(y);
    return encoded(x, ofFloats(y, task));
  }

  private static TargetInference.Encoded ofFloats(float[] y, @Nullable Task task) {
    return TargetInference.ofNumbers(
        "y", task, RowBlocks.of(y, 1), number -> NumberText.of((float) number));
  }

  private static Dataset encoded(FeatureRows x, TargetInference.Encoded y) {
    return new Dataset(null, Schema.unnamed(x.width(), y.target()), x, y.y(), y.notes());
  }

  private static Dataset encode(float[] x, int features, float[] y, @Nullable Task task) {
    if (features < 1 || y.length == 0 || x.length != (long) features * y.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data set: expected x of %d rows (one per target) x %d features, found %d values",
              y.length,
              features,
              x.length));
    }
    for (int i = 0; i < x.length; i++) {
      requireFinite(x[i], "x", i / features, "feature " + i % features);
    }
    requireFinite(y);
    return encoded(RowBlocks.of(x, features), ofFloats(y, task));
  }

  private static void requireFinite(float[] y) {
    for (int i = 0; i < y.length; i++) {
      requireFinite(y[i], "y", i, "the target");
    }
  }

  private static void requireFinite(double value, String array, int row, String where) {
    if (!Double.isFinite(value)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data set: %s holds %s at row %d, %s; remove the row or fill the value in",
              array,
              value,
              row,
              where));
    }
  }

  private static float[] flatten(float[][] x, int rows) {
    requireRows(x.length, rows);
    int features = x[0].length;
    float[] flat = new float[Math.multiplyExact(rows, features)];
    for (int i = 0; i < rows; i++) {
      requireWidth(x[i].length, features, i);
      System.arraycopy(x[i], 0, flat, i * features, features);
    }
    return flat;
  }

  private static void requireRows(int rows, int targets) {
    if (rows == 0 || rows != targets) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data set: expected one target a row, found %d rows and %d targets",
              rows,
              targets));
    }
  }

  private static void requireWidth(int found, int first, int row) {
    if (found == 0) {
      throw new DataException("data set: expected at least one feature a row, found none");
    }
    if (found != first) {
      throw new DataException(
          String.format(
              Locale.ROOT, "data set: row %d has %d features, row 0 has %d", row, found, first));
    }
  }

  /** What messages call this data: the file's name, or {@code data set}. */
  public String source() {
    return origin == null ? "data set" : origin.name();
  }

  /** The same with where it is: a file's path as it was given, or {@code data set}. */
  public String location() {
    return origin == null ? source() : origin.source().name();
  }

  /**
   * Where the rows, or those that they were taken from, were read, and can be read again; null if
   * they were not.
   */
  public @Nullable Origin origin() {
    return origin;
  }

  /** What the columns and the target mean. */
  public Schema schema() {
    return schema;
  }

  /** What is predicted. */
  public Task task() {
    return schema.target().task();
  }

  /** The number of rows. */
  public int rows() {
    return y.rows();
  }

  /** The number of features: a network's inputs. */
  public int features() {
    return x.width();
  }

  /** Feature {@code j} of row {@code i}. */
  public double feature(int i, int j) {
    return x.get(i, j);
  }

  /** The target of row {@code i}: a class number, or the value itself. */
  public double target(int i) {
    return y.get(i, 0);
  }

  /** Whether the first {@code rows} rows have the same target, so that they teach nothing. */
  public boolean hasOneTarget(int rows) {
    for (int i = 1; i < rows; i++) {
      if (target(i) != target(0)) {
        return false;
      }
    }
    return true;
  }

  /** All rows without their targets, to be predicted. */
  public Features inputs() {
    return new Features(x, List.of());
  }

  /** The rows of features, if they are sparse; else null. */
  public @Nullable SparseRows sparseRows() {
    return x instanceof SparseRows sparse ? sparse : null;
  }

  /** Copies {@code count} rows of features from row {@code from} on to the start of {@code out}. */
  public void copyFeatures(int from, int count, double[] out) {
    x.copy(from, count, out);
  }

  /** As {@link #copyFeatures(int, int, double[])}, rounded to floats. */
  public void copyFeatures(int from, int count, float[] out) {
    x.copy(from, count, out);
  }

  /** Copies {@code count} targets from row {@code from} on to the start of {@code out}. */
  public void copyTargets(int from, int count, double[] out) {
    y.copy(from, count, out);
  }

  /** As {@link #copyTargets(int, int, double[])}, rounded to floats. */
  public void copyTargets(int from, int count, float[] out) {
    y.copy(from, count, out);
  }

  /**
   * Some of the rows, in the order given, as a data set of their own with the same columns and
   * classes.
   *
   * @param rows their numbers, which may repeat; copied rows
   */
  public Dataset rows(int[] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("data set: expected at least 1 row to take, found none");
    }
    for (int row : rows) {
      Objects.checkIndex(row, rows());
    }
    return new Dataset(
        origin,
        schema,
        x instanceof SparseRows sparse ? sparse.rows(rows) : ((RowBlocks) x).rows(rows),
        y.rows(rows),
        notes);
  }

  /**
   * These rows with the columns of {@code smaller} only, in its order.
   *
   * @param smaller columns of this data set's schema, and its target
   * @throws IllegalArgumentException if {@code smaller} has others, or the rows are sparse
   */
  public Dataset columns(Schema smaller) {
    if (sparseRows() != null) {
      throw new IllegalArgumentException(
          "data set: its rows are sparse, and only dense ones can be cut to some of their columns");
    }
    int[] features = schema.places(smaller);
    return new Dataset(origin, smaller, ((RowBlocks) x).columns(features), y, notes);
  }

  /** These rows with every number rounded, as a certificate's data may have been. */
  public Dataset rounded(Rounding rounding) {
    if (rounding == Rounding.NONE) {
      return this;
    }
    return new Dataset(
        origin,
        schema,
        x instanceof SparseRows sparse
            ? sparse.rounded(rounding)
            : ((RowBlocks) x).rounded(rounding::round),
        y.rounded(rounding::round),
        notes);
  }

  /**
   * These rows as a model with the schema {@code known} means them: class labels become its class
   * numbers, so rows that lack a class are of the same task; unnamed features get its columns.
   *
   * @param known of these columns, or for unnamed features of as many features
   * @throws DataException if columns or targets are not the schema's
   */
  public Dataset under(Schema known) {
    if (schema.equals(known)) {
      return this;
    }
    boolean isUnnamed = schema.columns().equals(Schema.unnamedColumns(features()));
    if (!schema.columns().equals(known.columns())
        && !(isUnnamed && features() == known.features())) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: its %d features are not the model's %d; read it under the model's schema",
              source(),
              features(),
              known.features()));
    }
    RowBlocks encoded = KnownTarget.of(known.target()).encode(this);
    return new Dataset(origin, known, x, encoded, notes);
  }

  /** What reading the data has found that is to be known, a sentence each; often none. */
  public List<String> notes() {
    return notes;
  }

  /**
   * A fingerprint of the first {@code rows} rows, as 64 hexadecimal digits: SHA-256 over the names
   * of the columns, the target's classes and all numbers, -0 as 0. It does not depend on how a file
   * is written.
   */
  public String sha256(int rows) {
    if (rows < 0 || rows > rows()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "hash: expected 0 to %d rows, found %d", rows(), rows));
    }
    return DataHash.of(this, rows);
  }

  @Override
  public String toString() {
    Target target = schema.target();
    String task = target.task().name().toLowerCase(Locale.ROOT);
    return String.format(
        Locale.ROOT,
        "Dataset[%s: %d rows of %d features, %s %s%s]",
        Excerpt.of(source()),
        rows(),
        features(),
        task,
        Excerpt.of(target.name()),
        target.classes().isEmpty() ? "" : " of " + target.classes().size() + " classes");
  }
}
