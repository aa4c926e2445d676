package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import io.lariat.model.InputGroup;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Weights, gradients and optimizer state on a backend, each one contiguous block in the order of
 * {@link ParameterLayout}, so that an update is one pass for each {@link Group} of neighbours that
 * share a penalty.
 */
final class ParameterBlock implements AutoCloseable {

  /**
   * A run of parameters under one penalty.
   *
   * @param penalty their penalty
   * @param weights {@code [1 x n]}
   * @param gradient {@code [1 x n]}
   * @param state {@code [rule.stateRows() x n]}; the gradient where the rule has no state
   */
  record Group(Penalty penalty, Matrix weights, Matrix gradient, Matrix state) {}

  final ParameterLayout layout;

  /** All weights, {@code [1 x size]}. */
  final Matrix all;

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

  private final List<Storage> states = new ArrayList<>();

  /**
   * Brings the parameters to the backend.
   *
   * @param firstByRow whether the first kernel is updated row by row, and so in no other group
   */
  ParameterBlock(
      Backend backend, Network network, UpdateRule rule, Weights initial, boolean firstByRow) {
    layout = initial.layout();
    withoutGradient = firstByRow ? layout.kernelSize(0) : 0;
    weights = backend.allocate(layout.size());
    gradients = backend.allocate(layout.size() - withoutGradient);
    all = Matrix.of("weights", weights, 1, layout.size());
    float[] values = new float[layout.size()];
    initial.copyTo(values);
    backend.write(values, 0, all);

    if (firstByRow) {
      byRow.add(group(backend, rule, network.layers().getFirst().penalty(), 0, withoutGradient));
    }
    for (Run run : runs(network, firstByRow)) {
      (run.penalty.isNone() ? plain : penalized)
          .add(group(backend, rule, run.penalty, run.from, run.to));
    }
  }

  /** Neighbouring parameters that share a penalty. */
  private record Run(Penalty penalty, int from, int to) {}

  /** All parameters but those of a first kernel that is updated by row. */
  private List<Run> runs(Network network, boolean withoutFirstKernel) {
    List<Run> runs = new ArrayList<>();
    for (int i = withoutFirstKernel ? 1 : 0; i < layout.layers(); i++) {
      Penalty penalty = network.layers().get(i).penalty();
      int from = layout.kernelOffset(i);
      if (i == 0) {
        for (InputGroup inputs : network.inputGroups()) {
          int to = from + inputs.rows() * layout.out(0);
          add(runs, new Run(times(inputs.factor(), penalty), from, to));
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

  private static Penalty times(double factor, Penalty penalty) {
    return new Penalty(factor * penalty.l1(), factor * penalty.l2());
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

  private Group group(Backend backend, UpdateRule rule, Penalty penalty, int from, int to) {
    int n = to - from;
    Matrix w = new Matrix("weights", weights, from, 1, n);
    Matrix g =
        from < withoutGradient
            ? w
            : new Matrix("gradient", gradients, from - withoutGradient, 1, n);
    Matrix state = g;
    if (rule.stateRows() > 0) {
      Storage storage = backend.allocate((long) rule.stateRows() * n);
      states.add(storage);
      state = Matrix.of("state", storage, rule.stateRows(), n);
    }
    return new Group(penalty, w, g, state);
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

  @Override
  public void close() {
    states.forEach(Storage::close);
    gradients.close();
    weights.close();
  }
}
