package io.lariat.optimality;

import io.lariat.backend.Penalty;
import io.lariat.model.InputGroup;
import io.lariat.model.Layer;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.numeric.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All penalties of a network's kernels, in double: their value, their proximal step, and how far
 * parameters are from the optimality conditions. Biases have none.
 */
public final class NetworkPenalty {
  private final ParameterLayout layout;
  private final List<PenaltyBlock> blocks;
  private final double lambda;

  private NetworkPenalty(ParameterLayout layout, List<PenaltyBlock> blocks, double lambda) {
    this.layout = layout;
    this.blocks = blocks;
    this.lambda = lambda;
  }

  /** The penalties of {@code network}. */
  public static NetworkPenalty of(Network network) {
    ParameterLayout layout = new ParameterLayout(network);
    List<PenaltyBlock> blocks = new ArrayList<>();
    for (int i = 0; i < layout.layers(); i++) {
      Penalty penalty = network.layers().get(i).penalty();
      int from = layout.kernelOffset(i);
      int to = from + layout.kernelSize(i);
      if (i == 0 && (penalty.group() > 0 || !network.inputGroups().isEmpty())) {
        addGroups(network, penalty, from, layout.out(0), blocks);
      } else {
        blocks.add(new PenaltyBlock(from, to, penalty.l1(), penalty.l2(), 0));
      }
    }
    return new NetworkPenalty(layout, List.copyOf(blocks), lambda(network));
  }

  /** A block for each group of input features: without groups each feature is one. */
  private static void addGroups(
      Network network, Penalty penalty, int from, int units, List<PenaltyBlock> blocks) {
    List<InputGroup> groups =
        network.inputGroups().isEmpty()
            ? Collections.nCopies(network.inputs(), InputGroup.SINGLE)
            : network.inputGroups();
    int at = from;
    for (InputGroup group : groups) {
      int to = at + group.rows() * units;
      double f = group.factor();
      double norm = f * penalty.group() * Math.sqrt(group.rows());
      blocks.add(new PenaltyBlock(at, to, f * penalty.l1(), f * penalty.l2(), norm));
      at = to;
    }
  }

  /**
   * The one strength that all penalties which make zeros share; NaN if there are none or several.
   */
  private static double lambda(Network network) {
    double lambda = Double.NaN;
    for (Layer layer : network.layers()) {
      for (double strength : new double[] {layer.penalty().l1(), layer.penalty().group()}) {
        if (strength > 0 && !Double.isNaN(lambda) && strength != lambda) {
          return Double.NaN;
        }
        lambda = strength > 0 ? strength : lambda;
      }
    }
    return lambda;
  }

  /** The blocks, in the order of the parameters. */
  List<PenaltyBlock> blocks() {
    return blocks;
  }

  /**
   * The lambda that residuals are compared with: the one strength of all l1 and group penalties;
   * NaN if there is none, or several.
   */
  public double lambda() {
    return lambda;
  }

  /** What residuals are measured in: the smallest strength that makes zeros; 1 if none does. */
  double scale() {
    double smallest = Double.POSITIVE_INFINITY;
    for (PenaltyBlock block : blocks) {
      for (double strength : new double[] {block.l1(), block.group()}) {
        smallest = strength > 0 ? Math.min(smallest, strength) : smallest;
      }
    }
    return smallest == Double.POSITIVE_INFINITY ? 1 : smallest;
  }

  /** The sum of all penalties at {@code w}. */
  public double value(double[] w) {
    double sum = 0;
    for (PenaltyBlock block : blocks) {
      sum += block.value(w);
    }
    return sum;
  }

  /** {@code u = argmin_v 1/2 ||v - u||^2 + step * penalty(v)}; biases stay as they are. */
  public void proximal(double[] u, double step) {
    for (PenaltyBlock block : blocks) {
      block.proximal(u, step);
    }
    Vectors.flush(u, layout.kernels(), layout.size());
  }

  /**
   * How far {@code w} is from the optimality conditions.
   *
   * @param w the parameters
   * @param g the gradient of the data loss at {@code w}
   */
  public KktResidual residual(double[] w, double[] g) {
    double worst = 0;
    int at = layout.kernels();
    boolean isGroup = false;
    for (PenaltyBlock block : blocks) {
      double norm = block.group() == 0 ? 0 : block.norm(w);
      if (block.group() > 0 && norm == 0) {
        double r = block.zeroGroupResidual(g);
        if (!(r <= worst)) {
          worst = r;
          at = block.from();
          isGroup = true;
        }
        continue;
      }
      double squares = 0;
      for (int e = block.from(); e < block.to(); e++) {
        double r = block.residual(w, g, e, norm);
        squares += r * r;
        if (block.group() == 0 && !(r <= worst)) {
          worst = r;
          at = e;
          isGroup = false;
        }
      }
      if (block.group() > 0 && !(Math.sqrt(squares) <= worst)) {
        worst = Math.sqrt(squares);
        at = block.from();
        isGroup = true;
      }
    }
    for (int e = layout.kernels(); e < layout.size(); e++) {
      double r = Math.abs(g[e]);
      if (!(r <= worst)) {
        worst = r;
        at = e;
        isGroup = false;
      }
    }
    return new KktResidual(worst, KktResidual.place(layout, at, isGroup, w));
  }
}
