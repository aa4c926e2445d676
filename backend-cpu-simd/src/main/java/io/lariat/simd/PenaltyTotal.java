package io.lariat.simd;

import io.lariat.backend.Matrix;
import io.lariat.simd.Access.Split;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Writes what a {@link PenaltySum} has summed to its place, when all its chunks are done. */
final class PenaltyTotal extends Job {
  private @Nullable PenaltySum sum;
  private MemorySegment out = MemorySegment.NULL;
  private long outAt;

  /** Sets it up. */
  PenaltyTotal of(PenaltySum summed, Matrix to) {
    sum = summed;
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    writes(to, Split.LAST);
    return this;
  }

  @Override
  boolean isSerial() {
    return true;
  }

  @Override
  void run(int part, int parts, Scratch scratch) {
    if (sum != null && isLast(part, parts)) {
      out.set(Lanes.FLOAT_LAYOUT, outAt, sum.total());
    }
  }
}
