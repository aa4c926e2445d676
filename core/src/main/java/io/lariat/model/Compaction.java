package io.lariat.model;

import io.lariat.data.Column;
import io.lariat.data.Dataset;
import io.lariat.data.Features;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.numeric.LiveUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model cut down to what its outputs depend on: an ordinary, smaller model with a shorter list of
 * input columns.
 *
 * <p>Left out are columns and units from which no chain of weights that are not zero leads to an
 * output, and units whose incoming weights are all zero: the constant {@code f(bias)} of such a
 * unit goes into the biases of the next layer. A one-hot column stays whole if any of its
 * categories counts, so that the smaller model knows the same categories. Where nothing counts, the
 * model is a constant; one column and one unit a layer stay, with weights of zero, since a layer
 * has at least one input and one unit.
 *
 * <p>For finite inputs {@link Model#predict(float[])} gives the same bits, as each sum runs over
 * the inputs in ascending order and only terms that are exactly zero are left out; unless a
 * constant other than zero was folded into a bias, which adds it in another order. {@link #check}
 * measures that.
 *
 * <p>A model that has become smaller has no {@link Certificate}: the original's names a table with
 * all columns. Its weights stay exact, so it can be certified anew, unless a constant had to be
 * folded.
 */
public final class Compaction {
  /** How far outputs may move where constants were folded, as a share of the largest output. */
  public static final double TOLERANCE = 1e-5;

  private final Model original;
  private final Model model;
  private final int[] inputs;
  private final boolean exact;
  private final List<String> removedColumns;

  private Compaction(
      Model original, Model model, int[] inputs, boolean exact, List<String> removedColumns) {
    this.original = original;
    this.model = model;
    this.inputs = inputs;
    this.exact = exact;
    this.removedColumns = List.copyOf(removedColumns);
  }

  /** Cuts {@code original} down. */
  public static Compaction of(Model original) {
    ConstantFolding folding = ConstantFolding.of(original.network(), original.weights());
    Weights folded = folding.weights();
    LiveUnits live = folded.live();
    BitSet used = new BitSet();
    Arrays.stream(live.inputs(0)).forEach(used::set);
    List<Column> kept = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    BitSet features = new BitSet();
    int feature = 0;
    for (Column column : original.schema().columns()) {
      int end = feature + column.width();
      boolean counts = used.get(feature, end).cardinality() > 0;
      if (counts) {
        kept.add(column);
        features.set(feature, end);
      } else {
        removed.add(column.name());
      }
      feature = end;
    }
    int[] inputs = features.stream().toArray();
    Network network = network(original.network(), features, live);
    Model model =
        new Model(
            network,
            weights(original, network, folding, inputs, live),
            new Schema(kept, original.schema().target()),
            cut(original.standardization(), inputs),
            original.targetStandardization(),
            notes(original, network));
    boolean isSame =
        shape(network).equals(shape(original.network()))
            && Arrays.equals(model.weights().values(), original.weights().values());
    return new Compaction(
        original,
        isSame ? model.withCertificate(original.certificate()) : model,
        inputs,
        !folding.changes(live),
        removed);
  }

  private static Network network(Network original, BitSet features, LiveUnits live) {
    Network network =
        original.emptied(features.cardinality()).inputGroups(cut(original.inputGroups(), features));
    for (int i = 0; i < original.layers().size(); i++) {
      Layer layer = original.layers().get(i);
      network = network.dense(live.units(i).length, layer.activation(), layer.penalty());
      if (layer.dropout() > 0) {
        network = network.dropout(layer.dropout());
      }
    }
    return network;
  }

  /**
   * The weights that are left. Doubles are kept if the original has them and no constant was
   * folded, which is done in floats.
   */
  private static Weights weights(
      Model original, Network network, ConstantFolding folding, int[] inputs, LiveUnits live) {
    ParameterLayout layout = new ParameterLayout(network);
    float[] floats = folding.weights().values();
    double[] doubles = original.weights().doubles();
    float[] values = new float[layout.size()];
    double[] exact = new double[layout.size()];
    int[] positions = live.positions(inputs);
    for (int k = 0; k < positions.length; k++) {
      values[k] = floats[positions[k]];
      exact[k] = values[k] == 0 ? 0 : doubles[positions[k]];
    }
    return original.weights().isExact() && !folding.changes(live)
        ? Weights.exact(layout, exact)
        : new Weights(layout, values);
  }

  private static List<InputGroup> cut(List<InputGroup> groups, BitSet features) {
    List<InputGroup> kept = new ArrayList<>();
    int from = 0;
    for (InputGroup group : groups) {
      int rows = features.get(from, from + group.rows()).cardinality();
      if (rows > 0) {
        kept.add(new InputGroup(rows, group.factor()));
      }
      from += group.rows();
    }
    return kept;
  }

  private static @Nullable Standardization cut(@Nullable Standardization all, int[] inputs) {
    return all == null
        ? null
        : new Standardization(
            Arrays.stream(inputs).mapToDouble(j -> all.mean(j)).toArray(),
            Arrays.stream(inputs).mapToDouble(j -> all.deviation(j)).toArray());
  }

  private static Map<String, String> notes(Model original, Network network) {
    Map<String, String> notes = new TreeMap<>(original.notes());
    if (!shape(network).equals(shape(original.network()))) {
      notes.putIfAbsent("compacted_from", shape(original.network()));
      if (original.certificate() != null) {
        notes.put("certificate", "none: that of the whole network names a table with all columns");
      }
    }
    return notes;
  }

  /** The widths of a network: {@code 30-128-64-1}. */
  public static String shape(Network network) {
    return network.inputs()
        + network.layers().stream().map(l -> "-" + l.units()).collect(Collectors.joining());
  }

  /** The smaller model. */
  public Model model() {
    return model;
  }

  /** The columns that the smaller model does not need. */
  public List<String> removedColumns() {
    return removedColumns;
  }

  /** Whether the smaller model has fewer inputs or units. */
  public boolean isSmaller() {
    return !shape(model.network()).equals(shape(original.network()));
  }

  /** Whether predictions are the same to the bit: no constant had to be folded. */
  public boolean isExact() {
    return exact;
  }

  /**
   * How the smaller model's predictions compare on some rows.
   *
   * @param rows how many rows were predicted
   * @param largestDifference the largest difference of an output
   * @param tolerance what it may be: 0 if the smaller model is exact, else {@link #TOLERANCE} times
   *     the largest output, or 1 for probabilities
   * @param obstacle why they could not be compared on the row after these, as a clause: a
   *     prediction is not {@linkplain Model#isFinite finite}; null if there is no such row
   */
  public record Check(
      int rows, double largestDifference, double tolerance, @Nullable String obstacle) {
    /** Whether all rows were compared, and no output differs by more than the tolerance. */
    public boolean holds() {
      return obstacle == null && largestDifference <= tolerance;
    }
  }

  /** Predicts rows for the original model with both. */
  public Check check(Features rows) {
    return check(
        rows.rows(),
        i -> {
          double[] row = new double[original.features()];
          rows.copy(i, 1, row);
          return row;
        });
  }

  /** Predicts the rows of {@code data}, of the original model's columns, with both. */
  public Check check(Dataset data) {
    return check(
        data.rows(),
        i -> {
          double[] row = new double[original.features()];
          data.copyFeatures(i, 1, row);
          return row;
        });
  }

  private Check check(int count, IntFunction<double[]> rows) {
    double largest = 0;
    double size = original.schema().target().classes().isEmpty() ? 0 : 1;
    double[] cut = new double[inputs.length];
    for (int i = 0; i < count; i++) {
      double[] row = rows.apply(i);
      for (int k = 0; k < cut.length; k++) {
        cut[k] = row[inputs[k]];
      }
      double[] expected = original.predict(row);
      double[] found = model.predict(cut);
      @Nullable String cause =
          !original.isFinite(expected, 0)
              ? original.whyNotFinite(row)
              : model.isFinite(found, 0) ? null : model.whyNotFinite(cut);
      if (cause != null) {
        String obstacle = "the prediction of row " + (i + 1) + " is not a finite number: " + cause;
        return new Check(i, largest, tolerance(size), obstacle);
      }
      for (int j = 0; j < expected.length; j++) {
        largest = Math.max(largest, Math.abs(expected[j] - found[j]));
        size = Math.max(size, Math.abs(expected[j]));
      }
    }
    return new Check(count, largest, tolerance(size), null);
  }

  private double tolerance(double size) {
    return exact ? 0 : TOLERANCE * size;
  }
}
