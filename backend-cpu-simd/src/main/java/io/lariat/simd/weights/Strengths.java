package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOAT_LAYOUT;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;

/** A step's penalty: as it was recorded, times the strengths in the step's rates. */
final class Strengths {
  private Penalty penalty = Penalty.NONE;
  private MemorySegment rates = MemorySegment.NULL;
  private long ratesAt;

  /** What l1 and the group penalty are multiplied by, since {@link #read}. */
  private double lasso;

  /** What l2 is multiplied by. */
  private double ridge;

  /** Sets it up. */
  void of(Penalty recorded, Matrix numbers) {
    penalty = recorded;
    rates = SimdStorage.memory(numbers);
    ratesAt = SimdStorage.at(numbers);
  }

  /** Reads the strengths, as they are before a step. */
  void read() {
    lasso = number(2) + number(4);
    ridge = number(3) + number(5);
  }

  private double number(int i) {
    return rates.get(FLOAT_LAYOUT, ratesAt + i * FLOAT);
  }

  double l1() {
    return penalty.l1() * lasso;
  }

  double l2() {
    return penalty.l2() * ridge;
  }

  double group() {
    return penalty.group() * lasso;
  }
}
