package io.lariat.benchmarks.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The three matrices of a product in native memory, aligned to cache lines. */
final class NativeMatrices implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofConfined();
  final MemorySegment a;
  final MemorySegment b;
  final MemorySegment out;

  /** Copies both factors. */
  NativeMatrices(ProductCase c, Factors factors) {
    a = allocate((long) c.aRows() * c.aCols());
    b = allocate((long) c.bRows() * c.bCols());
    out = allocate((long) c.m() * c.n());
    a.copyFrom(MemorySegment.ofArray(factors.a()));
    b.copyFrom(MemorySegment.ofArray(factors.b()));
  }

  private MemorySegment allocate(long floats) {
    return arena.allocate(floats * Float.BYTES, ALIGNMENT);
  }

  /** The result. */
  float[] product() {
    return out.toArray(ValueLayout.JAVA_FLOAT);
  }

  @Override
  public void close() {
    arena.close();
  }
}
