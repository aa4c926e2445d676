package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.RowGroups;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import io.lariat.model.InputGroup;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Weights, gradients and optimizer state on a backend, each one contiguous block in the order of
 * {@link ParameterLayout}, so that an update is one pass for each {@link Group} of neighbours that
 * share a penalty.
 */
final class ParameterBlock {

  /**
   * A run of parameters under one penalty.
   *
   * @param penalty their penalty
   * @param rows the groups of rows that it is on; null if it has no group part
   * @param weights {@code [1 x n]}, with groups {@code [rows x units]}
   * @param gradient of the same shape
   * @param state {@code [rule.stateRows() x n]}; the gradient where the rule has no state
   */
  record Group(
      Penalty penalty, @Nullable RowGroups rows, Matrix weights, Matrix gradient, Matrix state) {

    /** Measures the penalty. */
    void measure(Backend backend, Matrix rates, Matrix out) {
      if (rows == null) {
        backend.penalty(penalty, rates, weights, out);
      } else {
        backend.penalty(penalty, rows, rates, weights, out);
      }
    }

    /** Measures the penalty, then takes a step. */
    void measureAndUpdate(
        Backend backend, UpdateRule rule, PenaltyMethod method, Matrix rates, Matrix out) {
      if (rows == null) {
        backend.penaltyAndUpdate(rule, penalty, method, weights, gradient, state, rates, out);
      } else {
        backend.penalty(penalty, rows, rates, weights, out);
        backend.update(rule, penalty, method, rows, weights, gradient, state, rates);
      }
    }
  }

  final ParameterLayout layout;

  /** All weights, {@code [1 x size]}. */
  final Matrix all;

  /** What varies from step to step, {@code [1 x 7]}: see {@link UpdateRule}. */
  final Matrix rates;

  /** The groups without a penalty. */
  final List<Group> plain = new ArrayList<>();

  /** The groups with one. */
  final List<Group> penalized = new ArrayList<>();

  /**
   * The first kernel, if it is updated row by row: its group has no gradient (it says the weights).
   */
  final List<Group> byRow = new ArrayList<>();

  private final Storage weights;
  private final Storage gradients;

  /** How many parameters, the first ones, have no gradient here. */
  private final int withoutGradient;

  private final Backend backend;
  private final Arena memory;

  /**
   * Brings the parameters to the backend.
   *
   * @param firstByRow whether the first kernel is updated row by row, and so in no other group
   */
  ParameterBlock(
      Backend backend,
      Arena memory,
      Network network,
      UpdateRule rule,
      Weights initial,
      boolean firstByRow) {
    this.backend = backend;
    this.memory = memory;
    layout = initial.layout();
    withoutGradient = firstByRow ? layout.kernelSize(0) : 0;
    weights = memory.floats(layout.size());
    gradients = memory.floats(layout.size() - withoutGradient);
    all = Matrix.of("weights", weights, 1, layout.size());
    rates = memory.matrix("rates", 1, UpdateRule.RATES);
    backend.write(new float[] {0, 0, 1, 1, 0, 0, 0}, 0, rates);
    write(backend, initial);

    Penalty onInputs = network.layers().getFirst().penalty();
    if (firstByRow) {
      byRow.add(group(rule, onInputs, 0, withoutGradient));
    } else if (onInputs.group() > 0) {
      penalized.add(grouped(rule, network));
    }
    for (Run run : runs(network, firstByRow || onInputs.group() > 0)) {
      (run.penalty.isNone() ? plain : penalized).add(group(rule, run.penalty, run.from, run.to));
    }
  }

  /** Neighbouring parameters that share a penalty. */
  private record Run(Penalty penalty, int from, int to) {}

  /** All parameters, or all but those of the first kernel. */
  private List<Run> runs(Network network, boolean withoutFirstKernel) {
    List<Run> runs = new ArrayList<>();
    for (int i = withoutFirstKernel ? 1 : 0; i < layout.layers(); i++) {
      Penalty penalty = network.layers().get(i).penalty();
      int from = layout.kernelOffset(i);
      if (i == 0) {
        for (InputGroup inputs : network.inputGroups()) {
          int to = from + inputs.rows() * layout.out(0);
          add(runs, new Run(penalty.times(inputs.factor(), inputs.factor()), from, to));
          from = to;
        }
      }
      int to = layout.kernelOffset(i) + layout.kernelSize(i);
      if (from < to) {
        add(runs, new Run(penalty, from, to));
      }
    }
    add(runs, new Run(Penalty.NONE, layout.kernels(), layout.size()));
    return runs;
  }

  /** Adds a run, or lengthens the last one if it has the same penalty. */
  private static void add(List<Run> runs, Run next) {
    if (!runs.isEmpty() && runs.getLast().penalty.equals(next.penalty)) {
      Run before = runs.removeLast();
      runs.add(new Run(before.penalty, before.from, next.to));
    } else {
      runs.add(next);
    }
  }

  /** The first kernel with its rows in groups. */
  private Group grouped(UpdateRule rule, Network network) {
    List<InputGroup> inputs =
        network.inputGroups().isEmpty()
            ? Collections.nCopies(network.inputs(), InputGroup.SINGLE)
            : network.inputGroups();
    int[] starts = new int[inputs.size() + 1];
    float[] factors = new float[inputs.size()];
    for (int i = 0; i < factors.length; i++) {
      starts[i + 1] = starts[i] + inputs.get(i).rows();
      factors[i] = (float) inputs.get(i).factor();
      if (Float.isInfinite(factors[i])) {
        throw new TrainingException(
            "input group "
                + i
                + ": a factor of "
                + inputs.get(i).factor()
                + " is too large for training in float32; use at most 3e38");
      }
    }
    Indices groupStarts = memory.indices(starts.length);
    backend.write(starts, 0, groupStarts);
    Matrix factorColumn = memory.matrix("factors", factors.length, 1);
    backend.write(factors, 0, factorColumn);
    Penalty penalty = network.layers().getFirst().penalty();
    RowGroups rows = new RowGroups(groupStarts, factorColumn, layout.in(0));
    Matrix state = group(rule, penalty, 0, layout.kernelSize(0)).state();
    return new Group(penalty, rows, kernel(0), kernelGradient(0), state);
  }

  private Group group(UpdateRule rule, Penalty penalty, int from, int to) {
    int n = to - from;
    Matrix w = new Matrix("weights", weights, from, 1, n);
    Matrix g =
        from < withoutGradient
            ? w
            : new Matrix("gradient", gradients, from - withoutGradient, 1, n);
    Matrix state = g;
    if (rule.stateRows() > 0) {
      state = memory.matrix("state", rule.stateRows(), n);
    }
    return new Group(penalty, null, w, g, state);
  }

  private void write(Backend to, Weights weights) {
    float[] values = new float[layout.size()];
    weights.copyTo(values);
    to.write(values, 0, all);
  }

  /** Goes back to a start from {@code initial}: the optimizer knows nothing. */
  void restart(Backend to, UpdateRule rule, Weights initial) {
    write(to, initial);
    for (Matrix state : states(rule)) {
      to.write(new float[(int) state.size()], 0, state);
    }
  }

  /** The optimizer's state, of each group; empty where the rule has none. */
  List<Matrix> states(UpdateRule rule) {
    return rule.stateRows() == 0
        ? List.of()
        : Stream.of(byRow, penalized, plain).flatMap(List::stream).map(Group::state).toList();
  }

  Matrix kernel(int i) {
    return new Matrix("kernel " + i, weights, layout.kernelOffset(i), layout.in(i), layout.out(i));
  }

  Matrix bias(int i) {
    return new Matrix("bias " + i, weights, layout.biasOffset(i), 1, layout.out(i));
  }

  Matrix kernelGradient(int i) {
    return new Matrix(
        "kernel gradient " + i,
        gradients,
        layout.kernelOffset(i) - withoutGradient,
        layout.in(i),
        layout.out(i));
  }

  Matrix biasGradient(int i) {
    int offset = layout.biasOffset(i) - withoutGradient;
    return new Matrix("bias gradient " + i, gradients, offset, 1, layout.out(i));
  }
}
