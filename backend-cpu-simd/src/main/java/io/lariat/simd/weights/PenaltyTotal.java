package io.lariat.simd.weights;

import io.lariat.backend.Matrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Writes what a job has summed to its place, when all its shares are done. */
public final class PenaltyTotal extends Job {

  /** A job that sums a penalty. */
  public interface Summed {

    /** The sum. */
    float total();
  }

  private @Nullable Summed sum;
  private MemorySegment out = MemorySegment.NULL;
  private long outAt;

  /** Sets it up. */
  public PenaltyTotal of(Summed summed, Matrix to) {
    sum = summed;
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    writes(to, Split.LAST);
    return this;
  }

  @Override
  public boolean isSerial() {
    return true;
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    if (sum != null && isLast(part, parts)) {
      out.set(Lanes.FLOAT_LAYOUT, outAt, sum.total());
    }
  }
}
