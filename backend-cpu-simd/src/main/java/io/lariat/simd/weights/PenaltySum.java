package io.lariat.simd.weights;

import static io.lariat.simd.machine.Lanes.BYTES;
import static io.lariat.simd.machine.Lanes.COUNT;
import static io.lariat.simd.machine.Lanes.FLOAT;
import static io.lariat.simd.machine.Lanes.FLOATS;
import static io.lariat.simd.machine.Lanes.NATIVE;
import static io.lariat.simd.machine.Lanes.ORDER;
import static io.lariat.simd.machine.Lanes.first;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.simd.machine.Access.Split;
import io.lariat.simd.machine.ChunkJob;
import io.lariat.simd.machine.Lanes;
import io.lariat.simd.machine.Scratch;
import io.lariat.simd.machine.SimdStorage;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@code l1 * sum |w| + l2 * sum w^2}. Each chunk is summed in float, lane by lane in four chains
 * of at most 64 additions, everything above that in double and in a fixed order: the error stays
 * near that of one float rounding a chunk, and the threads do not show.
 */
public final class PenaltySum extends ChunkJob implements PenaltyTotal.Summed {
  private MemorySegment w = MemorySegment.NULL;
  private long wAt;
  private final Strengths strengths = new Strengths();
  private double l1;
  private double l2;

  /** Sums of |w| and of w^2 by chunk; kept from call to call. */
  private double[] absolutes = {};

  private double[] squares = {};

  /**
   * Sets it up for the elements of {@code weights}.
   *
   * @param to where {@link PenaltyTotal} will write; not touched here
   */
  public PenaltySum of(Penalty penalty, Matrix rates, Matrix weights, Matrix to) {
    strengths.of(penalty, rates);
    reads(rates, Split.WHOLE);
    w = SimdStorage.memory(weights);
    wAt = SimdStorage.at(weights);
    size = weights.size();
    reads(weights, Split.WHOLE);
    writes(to, Split.WHOLE);
    int chunks = Math.toIntExact(Math.ceilDiv(size, CHUNK));
    if (absolutes.length < chunks) {
      absolutes = new double[chunks];
      squares = new double[chunks];
    }
    return this;
  }

  @Override
  public void begin() {
    strengths.read();
    l1 = strengths.l1();
    l2 = strengths.l2();
  }

  /** The penalty, when all chunks have been summed. */
  @Override
  public float total() {
    int chunks = (int) Math.ceilDiv(size, CHUNK);
    double total = 0;
    for (int i = 0; i < chunks; i++) {
      total += (l1 == 0 ? 0 : l1 * absolutes[i]) + (l2 == 0 ? 0 : l2 * squares[i]);
    }
    return (float) total;
  }

  @Override
  protected void chunk(long from, int n, Scratch scratch) {
    if (l1 != 0) {
      sumOfAbsolutes(w, wAt + from * FLOAT, n, scratch.memory);
      takeAbsolutes(from, scratch);
    }
    squaresOf(from, n, scratch);
  }

  /** The part of {@link #chunk} that is for the squares. */
  void squaresOf(long from, int n, Scratch scratch) {
    if (l2 != 0) {
      sumOfSquares(w, wAt + from * FLOAT, n, scratch.memory);
      squares[(int) (from / CHUNK)] = Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
  }

  /** Takes a chunk's sum of |w| from {@link Scratch#LANES}, where another loop over it left it. */
  void takeAbsolutes(long from, Scratch scratch) {
    absolutes[(int) (from / CHUNK)] = Lanes.sumInDouble(scratch.memory, Scratch.LANES);
  }

  /** {@code sum |w|} of {@code n} elements, in the same way, by one thread. */
  static double absolutes(MemorySegment ws, long w, long n, Scratch scratch) {
    double sum = 0;
    for (long i = 0; i < n; i += CHUNK) {
      sumOfAbsolutes(ws, w + i * FLOAT, (int) Math.min(CHUNK, n - i), scratch.memory);
      sum += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
    return sum;
  }

  /** {@code sum w^2} of {@code n} elements, in the same way, by one thread. */
  static double squares(MemorySegment ws, long w, long n, Scratch scratch) {
    double sum = 0;
    for (long i = 0; i < n; i += CHUNK) {
      sumOfSquares(ws, w + i * FLOAT, (int) Math.min(CHUNK, n - i), scratch.memory);
      sum += Lanes.sumInDouble(scratch.memory, Scratch.LANES);
    }
    return sum;
  }

  private static void sumOfAbsolutes(MemorySegment ws, long w, int n, MemorySegment scratch) {
    MemorySegment a = NATIVE.cast(ws);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - 4 * COUNT; i += 4 * COUNT) {
      long at = w + i * FLOAT;
      s0 = s0.add(fromMemorySegment(FLOATS, a, at, ORDER).abs());
      s1 = s1.add(fromMemorySegment(FLOATS, a, at + BYTES, ORDER).abs());
      s2 = s2.add(fromMemorySegment(FLOATS, a, at + 2 * BYTES, ORDER).abs());
      s3 = s3.add(fromMemorySegment(FLOATS, a, at + 3 * BYTES, ORDER).abs());
    }
    for (; i < n; i += COUNT) {
      VectorMask<Float> inside = first(Math.min(COUNT, n - i));
      s0 = s0.add(fromMemorySegment(FLOATS, a, w + i * FLOAT, ORDER).abs(), inside);
    }
    s0.add(s1).add(s2.add(s3)).intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }

  private static void sumOfSquares(MemorySegment ws, long w, int n, MemorySegment scratch) {
    MemorySegment a = NATIVE.cast(ws);
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - 4 * COUNT; i += 4 * COUNT) {
      long at = w + i * FLOAT;
      FloatVector v0 = fromMemorySegment(FLOATS, a, at, ORDER);
      FloatVector v1 = fromMemorySegment(FLOATS, a, at + BYTES, ORDER);
      FloatVector v2 = fromMemorySegment(FLOATS, a, at + 2 * BYTES, ORDER);
      FloatVector v3 = fromMemorySegment(FLOATS, a, at + 3 * BYTES, ORDER);
      s0 = v0.fma(v0, s0);
      s1 = v1.fma(v1, s1);
      s2 = v2.fma(v2, s2);
      s3 = v3.fma(v3, s3);
    }
    for (; i < n; i += COUNT) {
      VectorMask<Float> inside = first(Math.min(COUNT, n - i));
      FloatVector v = fromMemorySegment(FLOATS, a, w + i * FLOAT, ORDER);
      s0 = s0.add(v.mul(v), inside);
    }
    s0.add(s1).add(s2.add(s3)).intoMemorySegment(scratch, Scratch.LANES, ORDER);
  }
}
