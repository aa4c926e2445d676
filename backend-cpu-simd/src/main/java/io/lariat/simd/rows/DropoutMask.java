package io.lariat.simd.rows;

import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Dropout;
import io.lariat.backend.Matrix;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.ChunkJob;
import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdIndices;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/** Inverted dropout; which elements stay is the hash of {@link Dropout#keeps}, in int vectors. */
public final class DropoutMask extends ChunkJob {

  /** 0, 1, 2... */
  private static final IntVector LANE_NUMBERS = IntVector.zero(Lanes.INTS).addIndex(1);

  private static final FloatVector ZERO = FloatVector.zero(FLOATS);

  private MemorySegment x = MemorySegment.NULL;
  private MemorySegment out = MemorySegment.NULL;
  private long xAt;
  private long outAt;
  private @Nullable SimdIndices keyCell;
  private int key;
  private int threshold;
  private float scale;

  /** Sets it up. */
  public DropoutMask of(double rate, SimdIndices seed, Matrix from, Matrix to) {
    x = SimdStorage.memory(from);
    xAt = SimdStorage.at(from);
    out = SimdStorage.memory(to);
    outAt = SimdStorage.at(to);
    keyCell = seed;
    threshold = Dropout.threshold(rate);
    scale = Dropout.scale(rate);
    goThrough(from);
    reads(from, Split.ROWS);
    writes(to, Split.ROWS);
    return this;
  }

  @Override
  public void begin() {
    SimdIndices cell = Objects.requireNonNull(keyCell);
    cell.requireOpen();
    key = cell.get(0);
  }

  @Override
  protected void chunk(long from, int n, Scratch scratch) {
    long at = from * FLOAT;
    mask(x, xAt + at, out, outAt + at, (int) from, n, key, threshold, scale);
  }

  private static void mask(
      MemorySegment xs,
      long x,
      MemorySegment ys,
      long y,
      int index,
      int n,
      int key,
      int threshold,
      float scale) {
    MemorySegment a = NATIVE.cast(xs);
    MemorySegment b = NATIVE.cast(ys);
    FloatVector factor = FloatVector.broadcast(FLOATS, scale);
    for (int i = 0; i < n; i += COUNT) {
      IntVector h = LANE_NUMBERS.add(index + i).mul(0x9E3779B9);
      h = h.lanewise(VectorOperators.XOR, key);
      h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16)).mul(0x7FEB352D);
      h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 15)).mul(0x846CA68B);
      h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
      // 24 bits after the shift, so that the signed comparison is right
      VectorMask<Integer> dropped =
          h.lanewise(VectorOperators.LSHR, 8).compare(VectorOperators.LT, threshold);
      FloatVector kept = fromMemorySegment(FLOATS, a, x + i * FLOAT, ORDER).mul(factor);
      kept = kept.blend(ZERO, dropped.cast(FLOATS));
      if (n - i >= COUNT) {
        kept.intoMemorySegment(b, y + i * FLOAT, ORDER);
      } else {
        kept.intoMemorySegment(b, y + i * FLOAT, ORDER, first(n - i));
      }
    }
  }
}
