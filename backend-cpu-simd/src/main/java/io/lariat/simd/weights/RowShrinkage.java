package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.backend.UpdateRule;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The thresholds of steps that left rows out: {@link io.lariat.backend.Backend#shrinkRows}. */
public final class RowShrinkage extends Job {
  private UpdateRule rule = new UpdateRule.Sgd(0, false);
  private MemorySegment w = MemorySegment.NULL;
  private MemorySegment squares = MemorySegment.NULL;
  private MemorySegment amount = MemorySegment.NULL;
  private long wAt;
  private long squaresAt;
  private long amountAt;
  private int rows;
  private int cols;
  private float l1;
  private float twoL2;
  private float floor;

  /** Sets it up; the arguments are those of the backend's operation. */
  public RowShrinkage of(
      UpdateRule which, Penalty penalty, Matrix weights, Matrix state, Matrix amounts) {
    rule = which;
    w = SimdStorage.memory(weights);
    wAt = SimdStorage.at(weights);
    if (which.stateRows() > 0) {
      squares = SimdStorage.memory(state);
      // the mean square is the last row of the state
      squaresAt = SimdStorage.at(state) + (which.stateRows() - 1) * weights.size() * FLOAT;
      reads(state, Split.WHOLE);
    }
    amount = SimdStorage.memory(amounts);
    amountAt = SimdStorage.at(amounts);
    rows = weights.rows();
    cols = weights.cols();
    l1 = (float) penalty.l1();
    twoL2 = (float) (2 * penalty.l2());
    floor = (float) which.thresholdFloor(penalty.l1());
    reads(amounts, Split.WHOLE);
    writes(weights, Split.ROWS);
    return this;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    int end = (int) begin(rows, 1, part + 1, parts);
    for (int i = (int) begin(rows, 1, part, parts); i < end; i++) {
      float b = amount.get(FLOAT_LAYOUT, amountAt + i * FLOAT);
      for (int j = 0; b != 0 && j < cols; j += Scratch.BUFFER_FLOATS) {
        long element = (long) i * cols + j;
        shrink(element, Math.min(Scratch.BUFFER_FLOATS, cols - j), b, scratch.memory);
      }
    }
  }

  private void shrink(long element, int n, float b, MemorySegment t) {
    long ws = wAt + element * FLOAT;
    long vs = squaresAt + element * FLOAT;
    switch (rule) {
      case UpdateRule.Sgd _ -> {
        Shrinkage.threshold(w, ws, n, b, l1, twoL2);
        return;
      }
      case UpdateRule.RmsProp r -> roots(squares, vs, t, n, (float) r.epsilon(), 0);
      case UpdateRule.Adam r -> roots(squares, vs, t, n, 0, (float) r.epsilon());
    }
    Shrinkage.thresholdScaled(w, ws, t, Scratch.FIRST, n, b, floor, l1, twoL2);
  }

  /** {@code sqrt(v + inside) + outside}, whole vectors of it, into the first buffer. */
  private static void roots(
      MemorySegment vs, long v, MemorySegment ts, int n, float inside, float outside) {
    MemorySegment x = NATIVE.cast(vs);
    MemorySegment y = NATIVE.cast(ts);
    FloatVector before = broadcast(FLOATS, inside);
    FloatVector after = broadcast(FLOATS, outside);
    for (int i = 0; i < n; i += COUNT) {
      fromMemorySegment(FLOATS, x, v + i * FLOAT, ORDER)
          .add(before)
          .sqrt()
          .add(after)
          .intoMemorySegment(y, Scratch.FIRST + i * FLOAT, ORDER);
    }
  }
}
