package io.lariat.optimality;

import io.lariat.backend.Activation;
import io.lariat.backend.Activation.Argument;
import io.lariat.backend.Loss;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Standardization;
import io.lariat.model.Layer;
import io.lariat.model.ModelException;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.numeric.BlockProducts;
import io.lariat.numeric.LiveUnits;
import io.lariat.numeric.RowLosses;
import io.lariat.numeric.RowsInDouble;
import io.lariat.numeric.Vectors;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The mean data loss of a network over all its training rows and its gradient, in double, without
 * dropout: {@code f(w) = 1/n sum_i loss(network(x_i; w), y_i)}. What is penalised is not in it: see
 * {@link NetworkPenalty}.
 *
 * <p>Parameters and gradients are arrays in the order of {@link ParameterLayout}. Rows are summed
 * in a fixed order: the same weights give the same bits. An instance has scratch memory and so is
 * for one thread at a time; {@link #copy} shares the rows.
 */
public final class Objective {
  /** More numbers than this (8 GiB of them) are refused. */
  public static final long MOST_NUMBERS = RowsInDouble.MOST_NUMBERS;

  private static final int BLOCK = RowsInDouble.BLOCK;

  private final Network network;
  private final ParameterLayout layout;
  private final RowLosses losses;
  private final int rows;

  /** {@code [block][feature][row of the block]}. */
  private final double[][][] x;

  private final double[] y;

  /** Outputs of each layer for a block, {@code [layer][unit][row]}. */
  private final double[][][] outputs;

  /** What each hidden activation's derivative is a function of: its layer's outputs, or copies. */
  private final double[][][] arguments;

  /** Gradients of the hidden layers' outputs. */
  private final double[][][] deltas;

  private Objective(Network network, double[][][] x, double[] y, int rows) {
    this.network = network;
    if (network.loss().hasKink()) {
      throw new ModelException(
          "the loss "
              + network.loss().name()
              + " "
              + Loss.KINK
              + ", so there are no conditions of optimality to hold it to; leave polish and"
              + " certificate out");
    }
    this.layout = new ParameterLayout(network);
    this.losses = new RowLosses(network.loss(), network.outputs());
    this.x = x;
    this.y = y;
    this.rows = rows;
    int block = Math.min(BLOCK, rows);
    outputs = new double[layout.layers()][][];
    arguments = new double[layout.layers()][][];
    deltas = new double[layout.layers()][][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new double[layout.out(i)][block];
      boolean needsInput = network.layers().get(i).activation().needs() == Argument.INPUT;
      arguments[i] = needsInput ? new double[layout.out(i)][block] : outputs[i];
      deltas[i] = i < outputs.length - 1 ? new double[layout.out(i)][block] : outputs[i];
    }
  }

  /**
   * The objective of {@code network} on rows that are already as the network wants them.
   *
   * @param x {@code [rows x inputs]} row-major; not kept
   * @param y {@code [rows]}, class numbers where the loss is a cross-entropy; not kept
   */
  public static Objective of(Network network, double[] x, double[] y) {
    int rows = y.length;
    int features = network.inputs();
    if (rows == 0 || x.length != (long) rows * features) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "objective: expected x [%d x %d], one row a target, found %d values",
              rows,
              features,
              x.length));
    }
    double[][][] blocks = RowsInDouble.blocks(rows, features);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < features; j++) {
        blocks[i / BLOCK][j][i % BLOCK] = x[i * features + j];
      }
    }
    return new Objective(network, blocks, y.clone(), rows);
  }

  /**
   * The objective of {@code network} on the first {@code rows} rows of {@code data}, standardised
   * in double.
   *
   * @param features how features are standardised; null: not at all
   * @param target how a regression's target is; null: not at all
   * @throws IllegalArgumentException if the rows are not the network's, or not there
   * @throws DataException if they are too many to be held in double
   */
  public static Objective of(
      Network network,
      Dataset data,
      int rows,
      @Nullable Standardization features,
      @Nullable Standardization target) {
    if (data.features() != network.inputs() || rows < 1 || rows > data.rows()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "objective: expected at least 1 row of %d features, found %d of %d rows of %d"
                  + " features",
              network.inputs(),
              rows,
              data.rows(),
              data.features()));
    }
    double[][][] blocks = RowsInDouble.blocks(data, rows, features);
    int[] all = IntStream.range(0, rows).toArray();
    return new Objective(network, blocks, RowsInDouble.targets(data, all, target), rows);
  }

  /** The same objective for another thread; the rows are shared. */
  public Objective copy() {
    return new Objective(network, x, y, rows);
  }

  /**
   * The objective of a network with the same layers and other penalties; the rows are shared.
   *
   * @throws IllegalArgumentException if the layers differ
   */
  public Objective withPenaltiesOf(Network other) {
    boolean same = other.inputs() == network.inputs();
    same &= other.layers().size() == network.layers().size();
    for (int i = 0; same && i < other.layers().size(); i++) {
      Layer a = network.layers().get(i);
      Layer b = other.layers().get(i);
      same = a.units() == b.units() && a.activation() == b.activation();
    }
    if (!same) {
      throw new IllegalArgumentException("objective: expected a network of the same layers");
    }
    return new Objective(other, x, y, rows);
  }

  /** The objective of a smaller network that sees the inputs {@code kept} only; shares the rows. */
  Objective restricted(Network smaller, int[] kept) {
    double[][][] columns = new double[x.length][][];
    for (int b = 0; b < x.length; b++) {
      columns[b] = new double[kept.length][];
      for (int j = 0; j < kept.length; j++) {
        columns[b][j] = x[b][kept[j]];
      }
    }
    return new Objective(smaller, columns, y, rows);
  }

  /**
   * Takes the weights from units that reach no output, and puts the constant output of units
   * without a weight into the next bias: changes no output, and lowers the penalty.
   *
   * @param w the parameters, changed
   * @return whether that changed anything
   */
  public boolean removeDeadUnits(double[] w) {
    return DeadUnits.remove(network, layout, w);
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** Where each parameter is. */
  public ParameterLayout layout() {
    return layout;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The mean data loss. */
  public double dataLoss(double[] w) {
    double sum = 0;
    for (int b = 0; b < x.length; b++) {
      sum += forward(w, b);
    }
    return sum / rows;
  }

  /**
   * The mean data loss and its gradient.
   *
   * @param w the parameters
   * @param gradient as many values, overwritten
   */
  public double dataLossAndGradient(double[] w, double[] gradient) {
    Arrays.fill(gradient, 0, layout.size(), 0);
    double sum = 0;
    for (int b = 0; b < x.length; b++) {
      sum += forward(w, b);
      backward(w, b, gradient);
    }
    return sum / rows;
  }

  private int blockRows(int b) {
    return Math.min(BLOCK, rows - b * BLOCK);
  }

  /** The sum of a block's losses; the head's outputs become the gradient of the mean loss. */
  private double forward(double[] w, int b) {
    int count = blockRows(b);
    double[][] in = x[b];
    for (int i = 0; i < outputs.length; i++) {
      BlockProducts.forward(in, w, layout.kernelOffset(i), layout.biasOffset(i), outputs[i], count);
      if (i < outputs.length - 1) {
        Activation f = network.layers().get(i).activation();
        for (int j = 0; j < outputs[i].length; j++) {
          if (f.needs() == Argument.INPUT) {
            System.arraycopy(outputs[i][j], 0, arguments[i][j], 0, count);
          }
          f.apply(outputs[i][j], count);
        }
      }
      in = outputs[i];
    }
    return losses.sumAndGradient(in, y, b * BLOCK, count, 1.0 / rows, null);
  }

  private void backward(double[] w, int b, double[] gradient) {
    int count = blockRows(b);
    for (int i = outputs.length - 1; i >= 0; i--) {
      double[][] in = i == 0 ? x[b] : outputs[i - 1];
      BlockProducts.addGradient(in, deltas[i], gradient, layout.kernelOffset(i), count);
      for (int j = 0; j < deltas[i].length; j++) {
        gradient[layout.biasOffset(i) + j] += Vectors.sum(deltas[i][j], count);
      }
      if (i > 0) {
        BlockProducts.backward(deltas[i], w, layout.kernelOffset(i), deltas[i - 1], count);
        Activation f = network.layers().get(i - 1).activation();
        for (int k = 0; k < in.length; k++) {
          f.multiplyBySlope(arguments[i - 1][k], deltas[i - 1][k], count);
        }
      }
    }
  }

  /**
   * How many rows have a live unit whose activation has a kink and whose pre-activation is within
   * {@code tolerance} of it. A live unit is one from which weights that are not zero lead to an
   * output.
   */
  public int rowsAtKinks(double[] w, double tolerance) {
    LiveUnits live = LiveUnits.of(layout.widths(), e -> w[e] == 0);
    int found = 0;
    for (int b = 0; b < x.length; b++) {
      int count = blockRows(b);
      boolean[] atKink = new boolean[count];
      double[][] in = x[b];
      for (int i = 0; i < outputs.length - 1; i++) {
        BlockProducts.forward(
            in, w, layout.kernelOffset(i), layout.biasOffset(i), outputs[i], count);
        Activation f = network.layers().get(i).activation();
        for (int j = 0; j < outputs[i].length; j++) {
          boolean hasKinks = f.hasKink() && live.isLive(i, j);
          for (int r = 0; r < count; r++) {
            atKink[r] |= hasKinks && Math.abs(outputs[i][j][r]) <= tolerance;
          }
          f.apply(outputs[i][j], count);
        }
        in = outputs[i];
      }
      for (boolean kink : atKink) {
        found += kink ? 1 : 0;
      }
    }
    return found;
  }
}
