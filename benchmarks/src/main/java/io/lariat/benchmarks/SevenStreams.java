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
 */
final class SevenStreams implements AutoCloseable {

  /** Bytes read and written for each weight. */
  static final int BYTES_PER_WEIGHT = 7 * Float.BYTES;

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final int CHUNK = 1024;

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
    for (int i = 0; i < CHUNK; i += SPECIES.length()) {
      long at = from + i * (long) Float.BYTES;
      FloatVector grad = FloatVector.fromMemorySegment(SPECIES, g, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, m, at, ORDER)
          .add(grad)
          .intoMemorySegment(m, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, v, at, ORDER)
          .add(grad)
          .intoMemorySegment(v, at, ORDER);
      FloatVector.fromMemorySegment(SPECIES, w, at, ORDER)
          .add(grad)
          .intoMemorySegment(w, at, ORDER);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
