package io.lariat.backend.contract;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Indices;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Product;
import io.lariat.backend.RowGroups;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;

/**
 * A step of training that uses every operation: the first layer by the fused ones, the second by
 * those that they are made of. All of its memory is one storage, so that two of them can be
 * compared to the bit.
 */
final class TrainingStep {
  private final Backend backend;
  private final Sample sample;
  private final Config config;
  private final Storage storage;
  private int used;

  private final Matrix data;
  private final Matrix answers;
  private final Matrix archive;
  private final Matrix x;
  private final Matrix kept;
  private final Matrix y;
  private final Matrix hidden;

  /** What the derivative of the activation needs: its input, or what it gave. */
  private final Matrix argument;

  private final Matrix logits;
  private final Matrix rowLosses;
  private final Matrix logitsGrad;
  private final Matrix hiddenGrad;
  private final Matrix parameters;
  private final Matrix gradients;
  private final Matrix state;
  private final Matrix groupState;
  private final Matrix rates;
  private final Matrix penalty;
  private final Matrix zeros;
  private final Matrix groupPenalty;
  private final RowGroups groups;
  private final Indices rows;
  private final Indices key;

  private static final int TABLE = 200;

  /** What varies from one test to another. */
  record Config(
      int batch,
      int inputs,
      int units,
      int outputs,
      Activation f,
      Loss loss,
      UpdateRule rule,
      Penalty penalty,
      PenaltyMethod method) {
    int parameters() {
      return inputs * units + units * outputs + units + outputs;
    }
  }

  TrainingStep(Backend backend, Config config) {
    this.backend = backend;
    this.config = config;
    this.sample = Sample.of("TrainingStep");
    int batch = config.batch;
    int width = Math.max(config.inputs, Math.max(config.units, config.outputs));
    storage = backend.allocate(10L * config.parameters() + (2L * TABLE + 12L * batch) * width + 64);
    int targets = config.loss instanceof CategoricalCrossEntropy ? 1 : config.outputs;
    data = matrix("data", TABLE, config.inputs, sample.signed(TABLE * config.inputs));
    answers =
        matrix(
            "answers",
            TABLE,
            targets,
            LossContract.targets(sample, config.loss, new Cases.Shape(TABLE, config.outputs)));
    archive = matrix("archive", TABLE, config.outputs);
    x = matrix("x", batch, config.inputs);
    kept = matrix("kept", batch, config.inputs);
    y = matrix("y", batch, targets);
    hidden = matrix("hidden", batch, config.units);
    boolean needsInput = config.f.needs() == Activation.Argument.INPUT;
    argument = needsInput ? matrix("pre-activation", batch, config.units) : hidden;
    logits = matrix("logits", batch, config.outputs);
    rowLosses = matrix("rowLosses", batch, 2);
    logitsGrad = matrix("logitsGrad", batch, config.outputs);
    hiddenGrad = matrix("hiddenGrad", batch, config.units);
    int n = config.parameters();
    parameters = matrix("parameters", 1, n, sample.uniform(n, -0.2, 0.2));
    gradients = matrix("gradients", 1, n);
    int stateRows = Math.max(config.rule.stateRows(), 1);
    state = matrix("state", stateRows, n);
    groupState = matrix("groupState", stateRows, config.inputs * config.units);
    rates = matrix("rates", 1, UpdateRule.RATES);
    penalty = matrix("penalty", 1, 1);
    zeros = matrix("zeros", config.inputs, 1);
    groupPenalty = matrix("groupPenalty", 1, 1);
    Indices starts = backend.allocateIndices(5);
    backend.write(new int[] {0, 1, 3, 4, config.inputs}, 0, starts);
    groups = new RowGroups(starts, matrix("factors", 4, 1, 1, 0.5f, 0, 2), config.inputs);
    rows = backend.allocateIndices(batch);
    key = backend.allocateIndices(1);
  }

  private Matrix matrix(String name, int rows, int cols, float... values) {
    Matrix matrix = new Matrix(name, storage, used, rows, cols);
    used += rows * cols;
    if (values.length > 0) {
      backend.write(values, 0, matrix);
    }
    return matrix;
  }

  /** Writes what varies from step to step; the same for the same {@code t}. */
  void feed(int t) {
    Sample ofStep = Sample.of("TrainingStep" + t);
    backend.write(ofStep.permutation(TABLE), 0, rows);
    backend.write(new int[] {ofStep.between(0, 1 << 30)}, 0, key);
    backend.write(UpdateContract.rates(config.rule, 0.01, t), 0, rates);
  }

  /** One step, by operations alone. */
  void run() {
    int inputs = config.inputs;
    int units = config.units;
    int outputs = config.outputs;
    int kernels = (inputs + outputs) * units;
    backend.gatherRows(data, rows, x);
    backend.gatherRows(answers, rows, y);
    backend.dropout(0.1, key, x, kept);
    Matrix kernel = part(parameters, 0, inputs, units);
    Matrix bias = part(parameters, kernels, 1, units);
    backend.dense(kept, kernel, bias, config.f, hidden);
    if (config.f.needs() == Activation.Argument.INPUT) {
      backend.dense(kept, kernel, bias, Activation.IDENTITY, argument);
    }
    Matrix w = part(parameters, inputs * units, units, outputs);
    backend.matmul(Product.AB, hidden, w, logits);
    backend.addBias(logits, part(parameters, kernels + units, 1, outputs), logits);
    backend.rowLosses(config.loss, logits, y, rowLosses);
    backend.lossGrad(config.loss, logits, y, logitsGrad);
    backend.rowLossesAndGrad(config.loss, logits, y, rowLosses, logitsGrad);
    backend.matmul(
        Product.ATB, hidden, logitsGrad, part(gradients, inputs * units, units, outputs));
    backend.sumRows(logitsGrad, part(gradients, kernels + units, 1, outputs));
    backend.matmul(Product.ABT, logitsGrad, w, hiddenGrad);
    backend.activateGrad(config.f, argument, hiddenGrad);
    backend.inputGrad(logitsGrad, w, config.f, argument, hiddenGrad);
    backend.parameterGrad(
        kept, hiddenGrad, part(gradients, 0, inputs, units), part(gradients, kernels, 1, units));
    backend.activate(config.f, logits, logits);
    backend.scatterRows(logits, rows, archive);
    backend.copy(x, kept);
    updateParameters(kernels);
    updateGroups();
    backend.countZeros(part(parameters, 0, inputs, units), zeros);
  }

  private void updateParameters(int kernels) {
    int n = config.parameters();
    int stateRows = state.rows();
    backend.penaltyAndUpdate(
        config.rule,
        config.penalty,
        config.method,
        part(parameters, 0, 1, kernels),
        part(gradients, 0, 1, kernels),
        part(state, 0, stateRows, kernels),
        rates,
        penalty);
    backend.penalty(config.penalty, rates, part(parameters, 0, 1, kernels), penalty);
    backend.update(
        config.rule,
        Penalty.NONE,
        config.method,
        part(parameters, kernels, 1, n - kernels),
        part(gradients, kernels, 1, n - kernels),
        part(state, stateRows * kernels, stateRows, n - kernels),
        rates);
  }

  /** Steps the first kernel once more, its rows in groups. */
  private void updateGroups() {
    Matrix w = part(parameters, 0, config.inputs, config.units);
    Penalty p = config.penalty;
    Penalty penalty = new Penalty(p.l1(), p.l2(), 0.01);
    backend.penalty(penalty, groups, rates, w, groupPenalty);
    backend.update(
        config.rule,
        penalty,
        config.method,
        groups,
        w,
        part(gradients, 0, config.inputs, config.units),
        groupState,
        rates);
  }

  private static Matrix part(Matrix block, int from, int rows, int cols) {
    return new Matrix(block.name(), block.storage(), block.offset() + from, rows, cols);
  }

  /** Every float that this step has, computed or not. */
  float[] everything() {
    float[] all = new float[used];
    backend.read(new Matrix("everything", storage, 0, 1, used), all, 0);
    return all;
  }
}
