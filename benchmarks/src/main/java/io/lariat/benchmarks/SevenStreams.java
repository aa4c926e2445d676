package io.lariat.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The memory traffic of an Adam step and nothing else: one pass that reads four arrays (weights,
 * gradient and both moments) and writes three of them, with a single addition for each that is
 * written. The fastest that any step over as many weights, which reads and writes the same, can be
 * on one core: the triad of the STREAM benchmark is no bound, since its writes are to an array that
 * has not been read.
 *
 * <p>Two vectors of each array are read before any is written. A load that comes soon after a store
 * to the same place in another page waits for it, as if it were the same place: reading each array
 * just before writing it took a quarter longer where the arrays begin alike in their pages.
 */
final class SevenStreams implements AutoCloseable {

  /** Bytes read and written for each weight. */
  static final int BYTES_PER_WEIGHT = 7 * Float.BYTES;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int CHUNK = 1024;

  /**
   * The class of native segments, which has no public name: a cast to it keeps the backend's types,
   * with which C2 has compiled the JDK's access methods in the same process, out of this loop.
   */
  private static final Class<? extends MemorySegment> NATIVE =
      Arena.global().allocate(1).getClass();

  private final Arena arena = Arena.ofConfined();
  private final long weights;
  private final MemorySegment w;
  private final MemorySegment g;
  private final MemorySegment m;
  private final MemorySegment v;

  /** Allocates the arrays. */
  SevenStreams(long weights) {
    if (weights % CHUNK != 0) {
      throw new IllegalArgumentException(weights + " weights, no multiple of " + CHUNK);
    }
    this.weights = weights;
    w = arena.allocate(weights * Float.BYTES, SPECIES.vectorByteSize());
    g = arena.allocate(weights * Float.BYTES, SPECIES.vectorByteSize());
    m = arena.allocate(weights * Float.BYTES, SPECIES.vectorByteSize());
    v = arena.allocate(weights * Float.BYTES, SPECIES.vectorByteSize());
  }

  /** Bytes a second: the median of some 40 ms of passes, at least 5. */
  double measure() {
    long once = pass();
    double[] rates = new double[Math.clamp(40_000_000 / once, 5, 10_000)];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (double) BYTES_PER_WEIGHT * weights / pass() * 1e9;
    }
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  private long pass() {
    long start = System.nanoTime();
    for (long from = 0; from < weights; from += CHUNK) {
      chunk(from * Float.BYTES);
    }
    return System.nanoTime() - start;
  }

  private void chunk(long from) {
    MemorySegment w = NATIVE.cast(this.w);
    MemorySegment g = NATIVE.cast(this.g);
    MemorySegment m = NATIVE.cast(this.m);
    MemorySegment v = NATIVE.cast(this.v);
    for (int i = 0; i < CHUNK; i += 2 * SPECIES.length()) {
      long at = from + i * (long) Float.BYTES;
      long next = at + SPECIES.vectorByteSize();
      FloatVector g0 = read(g, at);
      FloatVector g1 = read(g, next);
      FloatVector m0 = read(m, at).add(g0);
      FloatVector m1 = read(m, next).add(g1);
      FloatVector v0 = read(v, at).add(g0);
      FloatVector v1 = read(v, next).add(g1);
      FloatVector w0 = read(w, at).add(g0);
      FloatVector w1 = read(w, next).add(g1);
      m0.intoMemorySegment(m, at, ORDER);
      m1.intoMemorySegment(m, next, ORDER);
      v0.intoMemorySegment(v, at, ORDER);
      v1.intoMemorySegment(v, next, ORDER);
      w0.intoMemorySegment(w, at, ORDER);
      w1.intoMemorySegment(w, next, ORDER);
    }
  }

  private static FloatVector read(MemorySegment array, long at) {
    return FloatVector.fromMemorySegment(SPECIES, NATIVE.cast(array), at, ORDER);
  }

  @Override
  public void close() {
    arena.close();
  }
}
