package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
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

    Penalty penalty = network.layers().getFirst().penalty();
    if (firstByRow) {
      byRow.add(group(backend, rule, penalty, 0, withoutGradient));
      penalty = Penalty.NONE;
    }
    int from = withoutGradient;
    for (int i = 1; i < layout.layers(); i++) {
      Penalty next = network.layers().get(i).penalty();
      if (!next.equals(penalty) && layout.kernelOffset(i) == from) {
        penalty = next;
      } else if (!next.equals(penalty)) {
        addGroup(backend, rule, penalty, from, layout.kernelOffset(i));
        from = layout.kernelOffset(i);
        penalty = next;
      }
    }
    if (!penalty.isNone()) {
      addGroup(backend, rule, penalty, from, layout.kernels());
      from = layout.kernels();
    }
    addGroup(backend, rule, Penalty.NONE, from, layout.size());
  }

  private void addGroup(Backend backend, UpdateRule rule, Penalty penalty, int from, int to) {
    (penalty.isNone() ? plain : penalized).add(group(backend, rule, penalty, from, to));
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
