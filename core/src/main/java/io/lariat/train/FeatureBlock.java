package io.lariat.train;

import io.lariat.backend.Arena;
import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.PenaltyMethod;
import io.lariat.backend.Storage;
import io.lariat.backend.UpdateRule;
import org.jspecify.annotations.Nullable;

/** Some rows of a kernel with their gradient and optimizer state, gathered side by side. */
final class FeatureBlock {
  private final Backend backend;
  private final Arena memory;
  private final Matrix kernel;
  private final ParameterBlock.Group group;
  private final UpdateRule rule;
  private @Nullable Room room;
  private int count;

  /** Room for {@code rows} rows. */
  private record Room(
      int rows,
      Indices numbers,
      Storage amounts,
      Storage weights,
      Storage gradient,
      Storage state) {

    static Room of(Arena memory, int rows, int units, int stateRows) {
      long size = (long) rows * units;
      return new Room(
          rows,
          memory.indices(rows),
          memory.floats(rows),
          memory.floats(size),
          memory.floats(size),
          memory.floats(Math.max(1, stateRows * size)));
    }

    void free(Arena memory) {
      memory.free(numbers);
      memory.free(amounts);
      memory.free(weights);
      memory.free(gradient);
      memory.free(state);
    }
  }

  /**
   * For rows of {@code kernel}.
   *
   * @param group the kernel's penalty and state
   */
  FeatureBlock(
      Backend backend, Arena memory, Matrix kernel, ParameterBlock.Group group, UpdateRule rule) {
    this.backend = backend;
    this.memory = memory;
    this.kernel = kernel;
    this.group = group;
    this.rule = rule;
  }

  /**
   * Says which rows.
   *
   * @param rows their numbers, each once
   * @param amounts what each owes, for {@link Backend#shrinkRows}
   * @param rowCount how many there are
   */
  void write(int[] rows, float[] amounts, int rowCount) {
    count = rowCount;
    if (room == null || room.rows < count) {
      if (room != null) {
        room.free(memory);
      }
      int most = Math.min(kernel.rows(), rows.length);
      room = Room.of(memory, most, kernel.cols(), rule.stateRows());
    }
    backend.write(rows, 0, numbers());
    backend.write(amounts, 0, new Matrix("amounts", room().amounts, 0, count, 1));
  }

  private Room room() {
    if (room == null) {
      throw new IllegalStateException("no rows have been named");
    }
    return room;
  }

  private Indices numbers() {
    return room().numbers.range(0, count);
  }

  /** The weights, {@code [count x units]}. */
  Matrix weights() {
    return new Matrix("weights", room().weights, 0, count, kernel.cols());
  }

  /** Their gradient, to be written. */
  Matrix gradient() {
    return new Matrix("gradient", room().gradient, 0, count, kernel.cols());
  }

  /** Row {@code s} of the state of these weights, as {@code [count x units]}. */
  private Matrix state(int s) {
    long offset = (long) s * count * kernel.cols();
    return new Matrix("state", room().state, offset, count, kernel.cols());
  }

  /** Row {@code s} of the state of all weights of the kernel. */
  private Matrix stateOfAll(int s) {
    return group.state().rowRange(s, 1).reshape(kernel.rows(), kernel.cols());
  }

  /** All rows of the state of these weights, {@code [stateRows x count units]}. */
  private Matrix states(int n) {
    return rule.stateRows() == 0
        ? gradient()
        : new Matrix("state", room().state, 0, rule.stateRows(), n);
  }

  /** Fetches the rows and takes off what they owe to {@code penalty}. */
  void gather(Penalty penalty) {
    backend.gatherRows(kernel, numbers(), weights());
    for (int s = 0; s < rule.stateRows(); s++) {
      backend.gatherRows(stateOfAll(s), numbers(), state(s));
    }
    if (!penalty.isNone()) {
      Matrix owed = new Matrix("amounts", room().amounts, 0, count, 1);
      backend.shrinkRows(rule, penalty, weights(), states(size()), owed);
    }
  }

  /** Takes the optimizer's step and puts the rows back. */
  void update(Matrix rates) {
    int n = size();
    backend.update(
        rule,
        group.penalty(),
        PenaltyMethod.PROXIMAL,
        weights().reshape(1, n),
        gradient().reshape(1, n),
        states(n),
        rates);
    backend.scatterRows(weights(), numbers(), kernel);
    for (int s = 0; s < rule.stateRows(); s++) {
      backend.scatterRows(state(s), numbers(), stateOfAll(s));
    }
  }

  private int size() {
    return Math.multiplyExact(count, kernel.cols());
  }
}
