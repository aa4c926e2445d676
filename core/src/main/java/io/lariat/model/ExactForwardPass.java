package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.data.SparseRows;
import io.lariat.data.Standardization;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Prediction in double, on any thread, of a model that keeps its weights as doubles: what was
 * fitted and measured in double is predicted in double, whatever a column's offset or outliers.
 *
 * <p>As in {@link ForwardPass}, each unit's sum runs over its inputs in ascending order, and inputs
 * that are zero are skipped, so leaving out an input that contributes nothing changes no bit.
 */
final class ExactForwardPass implements RowPass {
  private final Network network;
  private final Activation last;
  private final double[][][] kernels;
  private final double[][] biases;

  /** Stands in for the first kernel's rows of inputs that are not used: all their weights are 0. */
  private final double[] unused;

  private final @Nullable Standardization standardization;
  private final @Nullable Standardization targetStandardization;
  private final int widest;

  ExactForwardPass(
      Network network,
      Weights weights,
      @Nullable Standardization standardization,
      @Nullable Standardization targetStandardization) {
    this.network = network;
    last = network.head().activation();
    this.standardization = standardization;
    this.targetStandardization = targetStandardization;
    ParameterLayout layout = weights.layout();
    double[] all = weights.doubles();
    unused = new double[layout.out(0)];
    kernels = new double[layout.layers()][][];
    biases = new double[layout.layers()][];
    int width = network.inputs();
    for (int i = 0; i < kernels.length; i++) {
      int units = layout.out(i);
      kernels[i] = new double[layout.in(i)][];
      for (int k = 0; k < kernels[i].length; k++) {
        int from = layout.kernelOffset(i) + k * units;
        kernels[i][k] =
            i == 0 && !weights.usesInput(k) ? unused : Arrays.copyOfRange(all, from, from + units);
      }
      biases[i] = Arrays.copyOfRange(all, layout.biasOffset(i), layout.biasOffset(i) + units);
      width = Math.max(width, units);
    }
    widest = width;
  }

  /** Shares all but the last activation. */
  private ExactForwardPass(ExactForwardPass of, Activation last) {
    this.last = last;
    network = of.network;
    kernels = of.kernels;
    biases = of.biases;
    unused = of.unused;
    standardization = of.standardization;
    targetStandardization = of.targetStandardization;
    widest = of.widest;
  }

  @Override
  public ExactForwardPass logits() {
    return new ExactForwardPass(this, Activation.IDENTITY);
  }

  @Override
  public void apply(double[] rows, int count, double[] out) {
    double[] in = new double[widest];
    double[] sum = new double[widest];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, i * network.inputs(), in, 0, network.inputs());
      enter(in, sum);
      leave(sum, in, out, i * network.outputs());
    }
  }

  @Override
  public void apply(SparseRows rows, int from, int count, double[] out) {
    double[] in = new double[widest];
    double[] sum = new double[widest];
    for (int i = 0; i < count; i++) {
      if (standardization != null) { // no zero stays one
        rows.copy(from + i, 1, in);
        enter(in, sum);
      } else {
        System.arraycopy(biases[0], 0, sum, 0, biases[0].length);
        for (int k = rows.start(from + i); k < rows.start(from + i + 1); k++) {
          double[] w = kernels[0][rows.column(k)];
          if (!isUnused(w)) {
            add(rows.value(k), w, sum);
          }
        }
      }
      leave(sum, in, out, i * network.outputs());
    }
  }

  /** From a row, which is changed, to the first layer's sums. */
  private void enter(double[] in, double[] sum) {
    if (standardization != null) {
      standardization.apply(in, 1);
    }
    for (int j = 0; j < network.inputs(); j++) {
      if (isUnused(kernels[0][j])) {
        in[j] = 0; // zero times what is not finite would be NaN
      }
    }
    multiply(in, 0, sum);
  }

  @SuppressWarnings("ReferenceEquality") // one array stands for all of them
  private boolean isUnused(double[] w) {
    return w == unused;
  }

  /** {@code sum = bias + x kernel} of layer {@code i}. */
  private void multiply(double[] x, int i, double[] sum) {
    System.arraycopy(biases[i], 0, sum, 0, biases[i].length);
    for (int k = 0; k < kernels[i].length; k++) {
      if (x[k] != 0) {
        add(x[k], kernels[i][k], sum);
      }
    }
  }

  private static void add(double x, double[] w, double[] sum) {
    for (int j = 0; j < w.length; j++) {
      sum[j] += x * w[j];
    }
  }

  /** From the first layer's sums to a row's outputs. */
  private void leave(double[] firstSums, double[] spare, double[] out, int to) {
    double[] in = firstSums;
    double[] next = spare;
    for (int i = 0; i < kernels.length; i++) {
      if (i > 0) {
        multiply(in, i, next);
        double[] swap = in;
        in = next;
        next = swap;
      }
      Activation f = i == kernels.length - 1 ? last : network.layers().get(i).activation();
      f.apply(in, biases[i].length);
    }
    for (int j = 0; j < network.outputs(); j++) {
      out[to + j] = targetStandardization == null ? in[j] : targetStandardization.invert(0, in[j]);
    }
  }
}
