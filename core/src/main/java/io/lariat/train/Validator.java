package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.model.Network;
import java.util.ArrayList;
import java.util.List;

/** Data loss and metric of a range of resident rows at the weights as they are; no dropout. */
final class Validator {
  private static final int BLOCK = 1024;

  private final Backend backend;
  private final Network network;
  private final ParameterBlock parameters;
  private final InputLayer input;
  private final Matrix y;
  private final int first;
  private final Loss loss;
  private final List<Matrix> outputs = new ArrayList<>();
  private final Matrix rowLosses;
  private final float[] hostLosses;

  Validator(
      Backend backend,
      Arena memory,
      Network network,
      InputLayer input,
      Matrix targets,
      ParameterBlock parameters,
      int from,
      int rows) {
    this.backend = backend;
    this.network = network;
    this.parameters = parameters;
    this.input = input;
    this.first = from;
    this.y = targets.rowRange(from, rows);
    this.loss = network.loss();
    int block = Math.min(BLOCK, rows);
    network.layers().forEach(layer -> outputs.add(memory.matrix("output", block, layer.units())));
    rowLosses = memory.matrix("rowLosses", rows, 2);
    hostLosses = new float[2 * rows];
  }

  /** The mean data loss and the mean metric. */
  double[] dataLossAndMetric() {
    for (int from = 0; from < y.rows(); from += BLOCK) {
      int rows = Math.min(BLOCK, y.rows() - from);
      Matrix logits = forward(first + from, rows);
      backend.rowLosses(loss, logits, y.rowRange(from, rows), rowLosses.rowRange(from, rows));
    }
    backend.read(rowLosses, hostLosses, 0);
    double[] sums = new double[2];
    for (int i = 0; i < hostLosses.length; i += 2) {
      sums[0] += hostLosses[i];
      sums[1] += hostLosses[i + 1];
    }
    sums[0] /= y.rows();
    sums[1] /= y.rows();
    return sums;
  }

  private Matrix forward(int from, int rows) {
    int head = outputs.size() - 1;
    Matrix in = outputs.getFirst().rowRange(0, rows);
    input.forwardRange(from, activation(0), in);
    for (int i = 1; i <= head; i++) {
      Matrix out = outputs.get(i).rowRange(0, rows);
      backend.dense(in, parameters.kernel(i), parameters.bias(i), activation(i), out);
      in = out;
    }
    return in;
  }

  /** That of layer {@code i}; the loss takes logits, so the head has none. */
  private Activation activation(int i) {
    boolean isHead = i == outputs.size() - 1;
    return isHead ? Activation.IDENTITY : network.layers().get(i).activation();
  }
}
