package io.lariat.simd;

import static io.lariat.simd.Lanes.COUNT;
import static io.lariat.simd.Lanes.FLOAT;
import static io.lariat.simd.Lanes.FLOATS;
import static io.lariat.simd.Lanes.NATIVE;
import static io.lariat.simd.Lanes.ORDER;
import static io.lariat.simd.Lanes.first;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * {@code l1 * sum |w| + l2 * sum w^2}. Blocks of {@value #BLOCK} weights are summed in float, lane
 * by lane, everything above that in double and in a fixed order: the error stays near that of one
 * float rounding a block, and the threads do not show.
 */
final class PenaltySum extends ChunkJob {

  /** Weights summed in float: at most 128 additions in each lane. */
  private static final int BLOCK = 512;

  private MemorySegment w = MemorySegment.NULL;
  private long wAt;

  /** Sums of |w| and of w^2 by chunk; kept from call to call. */
  private double[] absolutes = {};

  private double[] squares = {};

  /** Sets it up for the elements of {@code weights}. */
  PenaltySum of(Matrix weights) {
    w = SimdStorage.memory(weights);
    wAt = SimdStorage.at(weights);
    size = weights.size();
    int chunks = Math.toIntExact(Math.ceilDiv(size, CHUNK));
    if (absolutes.length < chunks) {
      absolutes = new double[chunks];
      squares = new double[chunks];
    }
    return this;
  }

  /** The penalty, when all chunks have been summed. */
  float total(Penalty penalty) {
    int chunks = (int) Math.ceilDiv(size, CHUNK);
    double ofAbsolutes = 0;
    double ofSquares = 0;
    for (int i = 0; i < chunks; i++) {
      ofAbsolutes += absolutes[i];
      ofSquares += squares[i];
    }
    return (float) (penalty.l1() * ofAbsolutes + penalty.l2() * ofSquares);
  }

  @Override
  void chunk(long from, int n, Scratch scratch) {
    double ofAbsolutes = 0;
    double ofSquares = 0;
    for (int i = 0; i < n; i += BLOCK) {
      long at = wAt + (from + i) * FLOAT;
      int m = Math.min(BLOCK, n - i);
      sumOfAbsolutes(w, at, m, scratch.memory);
      ofAbsolutes += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
      sumOfSquares(w, at, m, scratch.memory);
      ofSquares += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
    int chunk = (int) (from / CHUNK);
    absolutes[chunk] = ofAbsolutes;
    squares[chunk] = ofSquares;
  }

  private static void sumOfAbsolutes(MemorySegment ws, long w, int n, MemorySegment scratch) {
    MemorySegment a = NATIVE.cast(ws);
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      sum = sum.add(fromMemorySegment(FLOATS, a, w + i * FLOAT, ORDER).abs());
    }
    if (i < n) {
      sum = sum.add(fromMemorySegment(FLOATS, a, w + i * FLOAT, ORDER, first(n - i)).abs());
    }
    sum.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  private static void sumOfSquares(MemorySegment ws, long w, int n, MemorySegment scratch) {
    MemorySegment a = NATIVE.cast(ws);
    FloatVector sum = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - COUNT; i += COUNT) {
      FloatVector v = fromMemorySegment(FLOATS, a, w + i * FLOAT, ORDER);
      sum = v.fma(v, sum);
    }
    if (i < n) {
      FloatVector v = fromMemorySegment(FLOATS, a, w + i * FLOAT, ORDER, first(n - i));
      sum = v.fma(v, sum);
    }
    sum.intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }
}
