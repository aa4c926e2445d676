package io.lariat.data;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of features, each with its target: {@code x [rows x features]} row-major and {@code y
 * [rows]}. There may be up to 2^31 - 1 rows; {@code x} may hold more numbers than that if it was
 * read from a file.
 *
 * <p>A data set does not copy arrays that it can use as they are: {@link #of(float[], int,
 * float[])} keeps {@code x}, so the caller must not change it afterwards. Nothing in Lariat writes
 * to it.
 */
public final class Dataset {
  private final String source;
  private final Schema schema;
  private final FeatureRows x;
  private final RowBlocks y;
  private final @Nullable RowBlocks xRest;
  private final @Nullable RowBlocks yRest;

  /** Data that is already encoded: class numbers in {@code y}, one-hot features in {@code x}. */
  Dataset(String source, Schema schema, FeatureRows x, RowBlocks y) {
    this(source, schema, x, y, null, null);
  }

  private Dataset(
      String source,
      Schema schema,
      FeatureRows x,
      RowBlocks y,
      @Nullable RowBlocks xRest,
      @Nullable RowBlocks yRest) {
    this.source = source;
    this.schema = schema;
    this.x = x;
    this.y = y;
    this.xRest = xRest;
    this.yRest = yRest;
  }

  /** This data with what its floats leave of its numbers; {@code yRests} null: nothing. */
  Dataset withRemainders(RowBlocks xRests, @Nullable RowBlocks yRests) {
    return new Dataset(source, schema, x, y, xRests, yRests);
  }

  /**
   * A data set from arrays, the task inferred: two distinct targets are a binary task, up to 20
   * distinct whole numbers classes, all else a regression.
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
   * A data set from arrays of doubles, kept at {@link Precision#DOUBLE}; the task inferred as in
   * {@link #of(float[][], float[])}, from the targets as floats.
   *
   * @param x the rows, all of one length; copied
   * @param y one target a row; copied
   */
  public static Dataset of(double[][] x, double[] y) {
    return precise(x, y, null);
  }

  /** As {@link #of(double[][], double[])}, for a given task. */
  public static Dataset of(double[][] x, double[] y, Task task) {
    return precise(x, y, Objects.requireNonNull(task));
  }

  private static Dataset precise(double[][] x, double[] y, @Nullable Task task) {
    float[][] floats = new float[x.length][];
    for (int i = 0; i < x.length; i++) {
      floats[i] = rounded(x[i]);
    }
    float[] flat = flatten(floats, y.length);
    Dataset data = encode(flat, floats[0].length, rounded(y), task);
    float[] rests = new float[flat.length];
    for (int i = 0, k = 0; i < x.length; i++) {
      for (int j = 0; j < x[i].length; j++, k++) {
        rests[k] = Remainders.of(x[i][j], flat[k]);
      }
    }
    float[] targetRests = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      targetRests[i] = Remainders.of(y[i], (float) y[i]);
    }
    return data.withRemainders(
        RowBlocks.of(rests, data.features()),
        data.task() == Task.REGRESSION ? RowBlocks.of(targetRests, 1) : null);
  }

  private static float[] rounded(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
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
    if (x.rows() != y.length) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data set: expected one target a row, found %d rows and %d targets",
              x.rows(),
              y.length));
    }
    requireFinite(y);
    List<Column> columns = Schema.unnamedColumns(x.features());
    return sparse("data set", columns, "y", x, RowBlocks.of(y, 1), task);
  }

  /** Sparse rows and their labels, which are changed to class numbers. */
  static Dataset sparse(
      String source,
      List<Column> columns,
      String targetName,
      SparseRows x,
      RowBlocks labels,
      @Nullable Task task) {
    Task chosen = task == null ? TargetInference.infer(labels) : task;
    Target target = TargetInference.encode(targetName, chosen, labels);
    return new Dataset(source, new Schema(columns, target), x, labels);
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
    RowBlocks targets = RowBlocks.of(y, 1);
    Task chosen = task == null ? TargetInference.infer(targets) : task;
    Target target = TargetInference.encode("y", chosen, targets);
    return new Dataset(
        "data set", Schema.unnamed(features, target), RowBlocks.of(x, features), targets);
  }

  private static void requireFinite(float[] y) {
    for (int i = 0; i < y.length; i++) {
      requireFinite(y[i], "y", i, "the target");
    }
  }

  private static void requireFinite(float value, String array, int row, String where) {
    if (!Float.isFinite(value)) {
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
    if (x.length == 0 || x.length != rows) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "data set: expected one target a row, found %d rows and %d targets",
              x.length,
              rows));
    }
    int features = x[0].length;
    float[] flat = new float[Math.multiplyExact(rows, features)];
    for (int i = 0; i < rows; i++) {
      if (x[i].length != features) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "data set: row %d has %d features, row 0 has %d",
                i,
                x[i].length,
                features));
      }
      System.arraycopy(x[i], 0, flat, i * features, features);
    }
    return flat;
  }

  /** What messages call this data: the file's name, or {@code data set}. */
  public String source() {
    return source;
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
  public float feature(int i, int j) {
    return x.get(i, j);
  }

  /** The target of row {@code i}: a class number, or the value itself. */
  public float target(int i) {
    return y.get(i, 0);
  }

  /** The rows of features, if they are sparse; else null. */
  public @Nullable SparseRows sparseRows() {
    return x instanceof SparseRows sparse ? sparse : null;
  }

  /** Copies {@code count} rows of features from row {@code from} on to the start of {@code out}. */
  public void copyFeatures(int from, int count, float[] out) {
    x.copy(from, count, out);
  }

  /** Copies {@code count} targets from row {@code from} on to the start of {@code out}. */
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
        source,
        schema,
        x instanceof SparseRows sparse ? sparse.rows(rows) : ((RowBlocks) x).rows(rows),
        y.rows(rows),
        xRest == null ? null : xRest.rows(rows),
        yRest == null ? null : yRest.rows(rows));
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
    return new Dataset(
        source,
        smaller,
        ((RowBlocks) x).columns(features),
        y,
        xRest == null ? null : xRest.columns(features),
        yRest);
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
              source,
              features(),
              known.features()));
    }
    double[] targets = KnownTarget.of(known.target()).encode(this);
    RowBlocks encoded = RowBlocks.of(floats(targets), 1);
    return new Dataset(source, known, x, encoded, xRest, yRest);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** How exactly the numbers are kept. */
  public Precision precision() {
    return xRest == null ? Precision.FLOAT : Precision.DOUBLE;
  }

  /**
   * Copies {@code count} rows of features from row {@code from} on to the start of {@code out}, as
   * exactly as they are kept.
   */
  public void copyFeatures(int from, int count, double[] out) {
    copy(x, xRest, from, count, out);
  }

  /**
   * Copies {@code count} targets from row {@code from} on to the start of {@code out}, as exactly
   * as they are kept.
   */
  public void copyTargets(int from, int count, double[] out) {
    copy(y, yRest, from, count, out);
  }

  private static void copy(
      FeatureRows rows, @Nullable RowBlocks rests, int from, int count, double[] out) {
    float[] row = new float[rows.width()];
    float[] rest = new float[rows.width()];
    for (int i = 0; i < count; i++) {
      rows.copy(from + i, 1, row);
      if (rests != null) {
        rests.copy(from + i, 1, rest);
      }
      for (int j = 0; j < row.length; j++) {
        out[i * row.length + j] = (double) row[j] + rest[j];
      }
    }
  }

  /**
   * A fingerprint of the first {@code rows} rows, as 64 hexadecimal digits: SHA-256 over the names
   * of the columns, the target's classes and all numbers as doubles, -0 as 0. It does not depend on
   * how a file is written, but on the {@link #precision}.
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
        Excerpt.of(source),
        rows(),
        features(),
        task,
        Excerpt.of(target.name()),
        target.classes().isEmpty() ? "" : " of " + target.classes().size() + " classes");
  }
}
