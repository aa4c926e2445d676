package io.lariat.train;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.Recording;
import io.lariat.backend.UpdateRule;
import io.lariat.model.Layer;
import io.lariat.model.Network;

/**
 * One mini-batch: gather, forward, loss, backward, update; recorded once and replayed.
 *
 * <p>What varies between steps is written to backend memory before each replay: the rows of the
 * batch, the step's number, a random key for each dropout, and the step's {@link StepRates}. What a
 * step measures, each row's loss and metric and the penalty before the update, it scatters into
 * arrays of the epoch, by row and by step, that are read when the epoch is over.
 */
final class TrainingStep {
  private final Backend backend;
  private final Network network;
  private final InputLayer input;
  private final Matrix targets;
  private final ParameterBlock parameters;
  private final UpdateRule rule;
  private final PenaltyMethod method;
  private final Loss loss;
  private final Arena memory;

  private final Indices integers;
  private final int[] hostIntegers;
  private final Matrix rates;
  private final float[] hostRates = new float[UpdateRule.RATES];
  private final int batchSize;
  private final Matrix penaltyCells;
  private final Recording full;
  private final Recording last;

  /** {@code [training rows x 2]}: the data loss and the metric of each row in this epoch. */
  private final Matrix epochLosses;

  private final float[] hostLosses;

  /** {@code [steps x groups]}: the penalty of each group before each step of this epoch. */
  private final Matrix penalties;

  private final float[] hostPenalties;

  /** Prepares and records the steps of an epoch over the first {@code rows} rows of the data. */
  TrainingStep(
      Backend backend,
      Arena memory,
      Network network,
      InputLayer input,
      Matrix targets,
      ParameterBlock parameters,
      UpdateRule rule,
      PenaltyMethod method,
      int rows,
      int batchSize) {
    this.backend = backend;
    this.memory = memory;
    this.network = network;
    this.input = input;
    this.targets = targets;
    this.parameters = parameters;
    this.rule = rule;
    this.method = method;
    this.loss = network.loss();
    this.batchSize = Math.min(batchSize, rows);
    int steps = (rows + this.batchSize - 1) / this.batchSize;
    int layers = network.layers().size();
    int groups = Math.max(1, parameters.penalized.size());
    hostIntegers = new int[this.batchSize + 1 + layers];
    integers = memory.indices(hostIntegers.length);
    rates = parameters.rates;
    epochLosses = memory.matrix("row losses", rows, 2);
    hostLosses = new float[2 * rows];
    penalties = memory.matrix("penalties", steps, groups);
    hostPenalties = new float[steps * groups];
    penaltyCells = memory.matrix("penalty", 1, groups);
    Buffers buffers = new Buffers();
    full = record(() -> run(buffers));
    int rest = rows % this.batchSize;
    Buffers fewer = rest == 0 ? buffers : buffers.firstRows(rest);
    last = rest == 0 ? full : record(() -> run(fewer));
  }

  private Recording record(Runnable step) {
    return input.isRecordable() ? memory.record(step) : step::run;
  }

  /** The matrices of a batch, {@code [batch x units]} for each layer. */
  private final class Buffers {
    final Matrix y;
    final Matrix rowLosses;
    final Matrix[] outputs = new Matrix[network.layers().size()];

    /** Pre-activations where the derivative needs them, else the outputs. */
    final Matrix[] arguments = new Matrix[network.layers().size()];

    final Matrix[] dropped = new Matrix[network.layers().size()];
    final Matrix[] grads = new Matrix[network.layers().size()];

    Buffers() {
      y = memory.matrix("batch y", batchSize, 1);
      rowLosses = memory.matrix("batch losses", batchSize, 2);
      for (int i = 0; i < outputs.length; i++) {
        int units = network.layers().get(i).units();
        outputs[i] = memory.matrix("output " + i, batchSize, units);
        arguments[i] =
            keepsInput(i) ? memory.matrix("pre-activation " + i, batchSize, units) : outputs[i];
        boolean drops = network.layers().get(i).dropout() > 0;
        dropped[i] = drops ? memory.matrix("dropped " + i, batchSize, units) : outputs[i];
        grads[i] = memory.matrix("gradient " + i, batchSize, units);
      }
    }

    private Buffers(Buffers of, int rows) {
      y = of.y.rowRange(0, rows);
      rowLosses = of.rowLosses.rowRange(0, rows);
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = of.outputs[i].rowRange(0, rows);
        arguments[i] = of.arguments[i].rowRange(0, rows);
        dropped[i] = of.dropped[i].rowRange(0, rows);
        grads[i] = of.grads[i].rowRange(0, rows);
      }
    }

    Buffers firstRows(int rows) {
      return new Buffers(this, rows);
    }

    /** The input of layer {@code i}, which is not the first. */
    Matrix input(int i) {
      return dropped[i - 1];
    }
  }

  private Indices rowIndices(Buffers b) {
    return integers.range(0, b.y.rows());
  }

  private Indices stepIndex() {
    return integers.range(batchSize, 1);
  }

  private Indices dropoutKey(int layer) {
    return integers.range(batchSize + 1 + layer, 1);
  }

  private void run(Buffers b) {
    if (input.fetchesAhead()) {
      backend.together(() -> compute(b), input::fetchNext);
      input.advance();
    } else {
      compute(b);
    }
  }

  private void compute(Buffers b) {
    Indices rows = rowIndices(b);
    backend.together(() -> backend.gatherRows(targets, rows, b.y), () -> forward(b));
    int head = b.outputs.length - 1;
    backend.rowLossesAndGrad(loss, b.outputs[head], b.y, b.rowLosses, b.grads[head]);
    backward(b);
    input.update(rates);
    backend.together(
        this::updatePenalized,
        () -> {
          updatePlain();
          backend.scatterRows(b.rowLosses, rows, epochLosses);
        });
  }

  private void forward(Buffers b) {
    int head = b.outputs.length - 1;
    for (int i = 0; i <= head; i++) {
      Layer layer = network.layers().get(i);
      // The loss takes logits, so the head's activation is left out.
      boolean isLater = i == head || keepsInput(i);
      Activation f = isLater ? Activation.IDENTITY : layer.activation();
      Matrix out = b.arguments[i];
      if (i == 0) {
        input.forward(rowIndices(b), f, out);
      } else {
        backend.dense(b.input(i), parameters.kernel(i), parameters.bias(i), f, out);
      }
      if (keepsInput(i)) {
        backend.activate(layer.activation(), out, b.outputs[i]);
      }
      if (layer.dropout() > 0) {
        backend.dropout(layer.dropout(), dropoutKey(i), b.outputs[i], b.dropped[i]);
      }
    }
  }

  /** Whether the activation of layer {@code i} leaves its input as it is, for the derivative. */
  private boolean keepsInput(int i) {
    return i < network.layers().size() - 1
        && network.layers().get(i).activation().needs() == Activation.Argument.INPUT;
  }

  private void backward(Buffers b) {
    for (int i = b.outputs.length - 1; i > 0; i--) {
      int layer = i;
      backend.together(() -> parameterGrad(b, layer), () -> outputGrad(b, layer - 1));
    }
    input.gradient(b.grads[0]);
  }

  private void parameterGrad(Buffers b, int i) {
    backend.parameterGrad(
        b.input(i), b.grads[i], parameters.kernelGradient(i), parameters.biasGradient(i));
  }

  /** The gradient before the activation of layer {@code i}, from that of the layer above. */
  private void outputGrad(Buffers b, int i) {
    Layer layer = network.layers().get(i);
    Matrix above = b.grads[i + 1];
    Matrix kernel = parameters.kernel(i + 1);
    Matrix grad = b.grads[i];
    if (layer.dropout() > 0) {
      backend.matmul(Product.ABT, above, kernel, grad);
      backend.dropout(layer.dropout(), dropoutKey(i), grad, grad);
      backend.activateGrad(layer.activation(), b.arguments[i], grad);
    } else {
      backend.inputGrad(above, kernel, layer.activation(), b.arguments[i], grad);
    }
  }

  private void updatePenalized() {
    for (int k = 0; k < parameters.penalized.size(); k++) {
      ParameterBlock.Group g = parameters.penalized.get(k);
      Matrix cell = new Matrix("penalty", penaltyCells.storage(), k, 1, 1);
      g.measureAndUpdate(backend, rule, method, rates, cell);
    }
    if (!parameters.penalized.isEmpty()) {
      backend.scatterRows(penaltyCells, stepIndex(), penalties);
    }
  }

  private void updatePlain() {
    for (ParameterBlock.Group g : parameters.plain) {
      backend.update(rule, g.penalty(), method, g.weights(), g.gradient(), g.state(), rates);
    }
  }

  /**
   * Runs a step.
   *
   * @param order the epoch's order of rows
   * @param step the step within the epoch, from 0
   * @param keys one dropout key a layer
   * @param stepRates what varies from step to step
   */
  void replay(int[] order, int step, int[] keys, StepRates stepRates) {
    int from = step * batchSize;
    int rows = Math.min(batchSize, order.length - from);
    input.prepare(order, from, rows, stepRates);
    System.arraycopy(order, from, hostIntegers, 0, rows);
    hostIntegers[batchSize] = step;
    System.arraycopy(keys, 0, hostIntegers, batchSize + 1, keys.length);
    backend.write(hostIntegers, 0, integers);
    stepRates.copyTo(hostRates);
    backend.write(hostRates, 0, rates);
    (rows == batchSize ? full : last).replay();
  }

  /** The number of steps of an epoch. */
  int steps() {
    return penalties.rows();
  }

  /** The rows of a step; the last may have fewer. */
  int batchSize() {
    return batchSize;
  }

  /** Each training row's data loss and metric, two floats a row. */
  float[] readRowLosses() {
    backend.read(epochLosses, hostLosses, 0);
    return hostLosses;
  }

  /** The penalty before each step. */
  double[] readPenalties() {
    backend.read(penalties, hostPenalties, 0);
    double[] sums = new double[penalties.rows()];
    for (int i = 0; i < hostPenalties.length; i++) {
      sums[i / penalties.cols()] += hostPenalties[i];
    }
    return sums;
  }
}
