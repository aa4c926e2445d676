package io.lariat.model;

import io.lariat.data.DataException;
import io.lariat.data.Features;
import io.lariat.data.Schema;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.internal.text.Excerpt;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A trained network with all that prediction needs: what its inputs are called, how they are
 * standardised, what its outputs mean. Immutable, and independent of any backend.
 *
 * <p>{@code predict} takes rows as the user has them, unstandardised, and may be called from many
 * threads at once; it takes no locks and allocates little but its result. Of doubles, a model that
 * keeps its weights as doubles predicts in double; all others round what is standardised to floats,
 * as their training did. For many rows at a time {@link Predictor} is faster.
 */
public final class Model {
  /** At most so many rows of a file, and about so many numbers, are predicted at a time. */
  private static final int BLOCK = 256;

  private static final int BLOCK_NUMBERS = 1 << 18;

  /** What an array may hold on every JVM. */
  private static final int MOST_OUTPUTS = Integer.MAX_VALUE - 8;

  private final Network network;
  private final Weights weights;
  private final Schema schema;
  private final @Nullable Standardization standardization;
  private final @Nullable Standardization targetStandardization;
  private final Map<String, String> notes;
  private final @Nullable Certificate certificate;
  private final ForwardPass forward;

  /** Of doubles. */
  private final RowPass pass;

  /**
   * A model from its parts.
   *
   * @param network the architecture
   * @param weights its parameters
   * @param schema the columns and the target
   * @param standardization how features are standardised; null: not at all
   * @param targetStandardization how a regression's target was standardised; null: not at all
   * @param notes how it was trained, free of form
   * @throws IllegalArgumentException if the parts do not fit together
   */
  public Model(
      Network network,
      Weights weights,
      Schema schema,
      @Nullable Standardization standardization,
      @Nullable Standardization targetStandardization,
      Map<String, String> notes) {
    this(network, weights, schema, standardization, targetStandardization, notes, null);
  }

  private Model(
      Network network,
      Weights weights,
      Schema schema,
      @Nullable Standardization standardization,
      @Nullable Standardization targetStandardization,
      Map<String, String> notes,
      @Nullable Certificate certificate) {
    require("inputs", network.inputs(), "features", schema.features());
    require("outputs", network.outputs(), "target outputs", schema.target().outputs());
    require("parameters", new ParameterLayout(network).size(), "weights", weights.layout().size());
    if (standardization != null) {
      require("inputs", network.inputs(), "means", standardization.features());
    }
    if (targetStandardization != null) {
      require("outputs", 1, "target means", targetStandardization.features());
    }
    requireHead(network, schema.target(), targetStandardization);
    if (notes.size() > FileLimits.FIELDS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "model: expected at most %d notes, found %d",
              FileLimits.FIELDS,
              notes.size()));
    }
    this.network = network;
    this.weights = weights;
    this.schema = schema;
    this.standardization = standardization;
    this.targetStandardization = targetStandardization;
    this.notes = Map.copyOf(new TreeMap<>(notes));
    this.certificate = certificate;
    this.forward = new ForwardPass(network, weights, standardization, targetStandardization);
    this.pass =
        weights.isExact()
            ? new ExactForwardPass(network, weights, standardization, targetStandardization)
            : forward;
  }

  private static void require(String of, int expected, String what, int found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "model: the network has %d %s, found %d %s", expected, of, found, what));
    }
  }

  private static void requireHead(
      Network network, Target target, @Nullable Standardization targetStandardization) {
    Head head = Heads.of(network.loss()); // refuses a last layer that is no head
    Head usual = Heads.of(target.task());
    usual.requireClasses(target.classes().size());
    if (head.task() != target.task() || network.outputs() != target.outputs()) {
      throw new IllegalArgumentException(
          String.format(
              "model: the target %s needs a last layer of %s, the network has one of %s",
              Excerpt.of(target.name()),
              NetworkJson.describe(target.outputs(), usual.activation()),
              NetworkJson.describe(network.outputs(), network.head().activation())));
    }
    if (targetStandardization != null && !head.standardizesTarget()) {
      throw new IllegalArgumentException("model: only a regression's target can be standardised");
    }
  }

  /**
   * The outputs for one row: the probability of the positive class, the probabilities of all
   * classes, or the predicted value. They are given as they are: NaN or infinite where a value of
   * an input in use is, or is so large that a sum overflows; see {@link #isFinite}.
   *
   * @param row one value a feature
   * @throws IllegalArgumentException if the row has another number of features
   */
  public double[] predict(double[] row) {
    requireRow(row.length);
    double[] out = new double[outputs()];
    predict(row, 1, out);
    return out;
  }

  /** As {@link #predict(double[])}; numbers of more than about seven digits are not floats. */
  public float[] predict(float[] row) {
    requireRow(row.length);
    float[] out = new float[outputs()];
    predict(row, 1, out);
    return out;
  }

  private void requireRow(int found) {
    if (found != features()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "predict: expected a row of %d features, found %d", features(), found));
    }
  }

  /** The outputs {@code [rows x outputs]} for {@code rows [rows x features]}. */
  public double[][] predict(double[][] rows) {
    double[][] out = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      out[i] = predict(rows[i]);
    }
    return out;
  }

  /** As {@link #predict(double[][])}. */
  public float[][] predict(float[][] rows) {
    float[][] out = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      out[i] = predict(rows[i]);
    }
    return out;
  }

  /**
   * The outputs for {@code count} rows.
   *
   * @param rows {@code [count x features]} row-major
   * @param count the number of rows
   * @param out {@code [count x outputs]} row-major, written
   */
  public void predict(double[] rows, int count, double[] out) {
    requireRows(rows.length, count, features(), out.length, outputs());
    pass.apply(rows, count, out);
  }

  /** As {@link #predict(double[], int, double[])}, in floats. */
  public void predict(float[] rows, int count, float[] out) {
    requireRows(rows.length, count, features(), out.length, outputs());
    forward.apply(rows, count, out);
  }

  /**
   * The outputs for {@code count} sparse rows from row {@code from} on; an element that is not
   * there costs nothing.
   *
   * @param rows as many features as this model; standardised only if the model does
   * @param out {@code [count x outputs]} row-major, written
   */
  public void predict(SparseRows rows, int from, int count, double[] out) {
    requireSome(rows.features(), rows.rows(), from, count, out.length);
    pass.apply(rows, from, count, out);
  }

  /** Fails unless rows are there and {@code room} is enough for their outputs. */
  private void requireSome(int width, int rows, int from, int count, int room) {
    if (width != features()
        || from < 0
        || count < 0
        || from > rows - count
        || room < (long) count * outputs()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "predict: expected rows of %d features and room for %d outputs each, found %d"
                  + " features, rows %d to %d of %d and room for %d",
              features(),
              outputs(),
              width,
              from,
              (long) from + count - 1,
              rows,
              room));
    }
  }

  /** Fails unless {@code rows} are {@code count} rows and {@code out} has room for the outputs. */
  static void requireRows(int rows, int count, int features, int out, int outputs) {
    if (count < 0 || rows != (long) count * features || out < (long) count * outputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "predict: expected %d rows x %d features and room for %d outputs each, found %d"
                  + " values and room for %d",
              count,
              features,
              outputs,
              rows,
              out));
    }
  }

  /**
   * The outputs {@code [rows x outputs]} row-major for rows that were read from a file.
   *
   * @throws IllegalArgumentException if they are more than an array holds: read and predict such
   *     rows in blocks
   */
  public double[] predict(Features rows) {
    long size = (long) rows.rows() * outputs();
    if (size > MOST_OUTPUTS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "predict: %d outputs for each of %d rows are more than an array holds; predict some"
                  + " rows at a time, or read them in blocks",
              outputs(),
              rows.rows()));
    }
    double[] outputs = new double[(int) size];
    predict(rows, 0, rows.rows(), outputs);
    return outputs;
  }

  /**
   * The outputs for {@code count} rows from row {@code from} on, such as those of a block of {@link
   * io.lariat.data.Csv#readFeatures(Path, Schema, io.lariat.data.ReadProgress,
   * java.util.function.Consumer)}.
   *
   * @param rows as many features as this model
   * @param out {@code [count x outputs]} row-major, written
   */
  public void predict(Features rows, int from, int count, double[] out) {
    apply(pass, rows, from, count, out);
  }

  /**
   * The outputs for {@code count} rows from row {@code from} on as they are before the last
   * activation: what a {@linkplain io.lariat.backend.Loss loss} is a function of.
   *
   * @param rows as many features as this model
   * @param out {@code [count x outputs]} row-major, written
   */
  public void logits(Features rows, int from, int count, double[] out) {
    apply(pass.logits(), rows, from, count, out);
  }

  private void apply(RowPass by, Features rows, int from, int count, double[] out) {
    requireSome(rows.features(), rows.rows(), from, count, out.length);
    @Nullable SparseRows sparse = rows.sparseRows();
    if (sparse != null) {
      by.apply(sparse, from, count, out);
      return;
    }
    int block = Math.clamp(BLOCK_NUMBERS / Math.max(features(), outputs()), 1, BLOCK);
    double[] some = {};
    double[] found = {};
    for (int i = 0; i < count; i += block) {
      int n = Math.min(block, count - i);
      if (some.length != n * features()) {
        some = new double[n * features()];
        found = new double[n * outputs()];
      }
      rows.copy(from + i, n, some);
      by.apply(some, n, found);
      System.arraycopy(found, 0, out, i * outputs(), found.length);
    }
  }

  /**
   * The label of the most probable class for one row.
   *
   * @throws DataException if a value of the row is not finite, or so large that no class can be
   *     told
   */
  public String predictClass(double[] row) {
    double[] outputs = predict(row);
    requireClass(row, isFinite(outputs, 0));
    return classOf(outputs, 0);
  }

  /** As {@link #predictClass(double[])}, by {@link #predict(float[])}. */
  public String predictClass(float[] row) {
    float[] outputs = predict(row);
    double[] doubles = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      doubles[j] = row[j];
    }
    requireClass(doubles, isFinite(outputs, 0));
    return classOf(outputs, 0);
  }

  private void requireClass(double[] row, boolean isTold) {
    for (int j = 0; j < row.length; j++) {
      if (!Double.isFinite(row[j])) {
        throw new DataException(
            String.format(
                "predict: input %s is %s; expected a finite number",
                Excerpt.of(schema.featureNames().get(j)), row[j]));
      }
    }
    if (!isTold) {
      throw new DataException("predict: no class can be told, as " + whyNotFinite(row));
    }
  }

  /**
   * The label of the class that {@code outputs}, as predicted, make most probable.
   *
   * @param outputs what {@link #predict(double[], int, double[])} wrote
   * @param row which row
   * @throws DataException if an output of the row is not finite
   */
  public String classOf(double[] outputs, int row) {
    if (!isFinite(outputs, row)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "predict: no class can be told of row %d, whose outputs are not finite",
              row));
    }
    int label = head().classOf(outputs, row * outputs(), outputs());
    return schema.target().classes().get(label);
  }

  /** As {@link #classOf(double[], int)}, of {@link #predict(float[], int, float[])}. */
  public String classOf(float[] outputs, int row) {
    double[] own = new double[outputs()];
    for (int j = 0; j < own.length; j++) {
      own[j] = outputs[row * own.length + j];
    }
    return classOf(own, 0);
  }

  /**
   * Whether all outputs of a row are finite numbers. They are not where an input in use is not, or
   * is so large that a sum overflows, or the weights are.
   *
   * @param outputs what {@link #predict(double[], int, double[])} wrote
   * @param row which row
   */
  public boolean isFinite(double[] outputs, int row) {
    for (int j = 0; j < outputs(); j++) {
      if (!Double.isFinite(outputs[row * outputs() + j])) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #isFinite(double[], int)}, of {@link #predict(float[], int, float[])}. */
  public boolean isFinite(float[] outputs, int row) {
    for (int j = 0; j < outputs(); j++) {
      if (!Float.isFinite(outputs[row * outputs() + j])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Says for people why the outputs for a row are not finite, as a clause: {@code input 'b1' is
   * -3.4028235E38, 1.5e+39 deviations from its mean in training}.
   *
   * @param row one value a feature; its outputs are not {@linkplain #isFinite finite}
   */
  public String whyNotFinite(double[] row) {
    requireRow(row.length);
    return NotFinite.cause(this, row);
  }

  /** Writes the model to one safetensors file; see {@link ModelFile}. */
  public void save(Path path) {
    ModelFile.save(this, Objects.requireNonNull(path, "path"));
  }

  /**
   * Reads a model that {@link #save} wrote; a folder stands for its {@value ModelFile#NAME}.
   *
   * @throws ModelException if there is none, or anything in it is not as it should be
   */
  public static Model load(Path path) {
    return ModelFile.load(Objects.requireNonNull(path, "path"));
  }

  /** The number of features of a row. */
  public int features() {
    return network.inputs();
  }

  /** The number of outputs for a row. */
  public int outputs() {
    return network.outputs();
  }

  /** What its outputs are for. */
  public Head head() {
    return Heads.of(network.loss());
  }

  /** The architecture. */
  public Network network() {
    return network;
  }

  /** The parameters. */
  public Weights weights() {
    return weights;
  }

  /** The columns and the target. */
  public Schema schema() {
    return schema;
  }

  /** How features are standardised; null: not at all. */
  public @Nullable Standardization standardization() {
    return standardization;
  }

  /** How a regression's target was standardised; null: not at all. */
  public @Nullable Standardization targetStandardization() {
    return targetStandardization;
  }

  /** How it was trained, free of form; the same training gives the same notes. */
  public Map<String, String> notes() {
    return notes;
  }

  /** This model with other notes. */
  public Model withNotes(Map<String, String> changed) {
    return new Model(
        network,
        weights,
        schema,
        standardization,
        targetStandardization,
        Objects.requireNonNull(changed),
        certificate);
  }

  /**
   * What the model claims of its weights; null: nothing. A claim is not checked here: see {@code
   * io.lariat.optimality.Certification}.
   */
  public @Nullable Certificate certificate() {
    return certificate;
  }

  /** This model with another claim; null: none. */
  public Model withCertificate(@Nullable Certificate claim) {
    return new Model(
        network, weights, schema, standardization, targetStandardization, notes, claim);
  }

  /**
   * Whether {@code other} is a model of the same parts, bit for bit: one that predicts the same.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Model that
        && network.equals(that.network)
        && schema.equals(that.schema)
        && Objects.equals(standardization, that.standardization)
        && Objects.equals(targetStandardization, that.targetStandardization)
        && notes.equals(that.notes)
        && Objects.equals(certificate, that.certificate)
        && weights.equals(that.weights);
  }

  @Override
  public int hashCode() {
    return Objects.hash(network, schema.target(), notes, weights);
  }

  @Override
  public String toString() {
    Target target = schema.target();
    return String.format(
        "Model[%s %s: %s; %s]",
        NetworkJson.lower(target.task()), Excerpt.of(target.name()), network, weights);
  }
}
