package io.lariat.simd;

/**
 * A job over {@link #size} elements in a row, cut into chunks of a fixed length: partial sums by
 * chunk do not depend on the number of threads, an int counts the loop (C2 compiles those best),
 * and a chunk of each of a few arrays fits the first-level cache.
 */
abstract class ChunkJob extends Job {

  /** Elements in a chunk: as many as a buffer of {@link Scratch} holds. */
  static final int CHUNK = Scratch.BUFFER_FLOATS;

  /** How many elements there are. */
  long size;

  /**
   * Does elements {@code from} to {@code from + n - 1}.
   *
   * @param from a multiple of {@link #CHUNK}
   * @param n at most {@link #CHUNK}
   */
  abstract void chunk(long from, int n, Scratch scratch);

  @Override
  final void run(int part, int parts, Scratch scratch) {
    long end = begin(size, CHUNK, part + 1, parts);
    for (long from = begin(size, CHUNK, part, parts); from < end; from += CHUNK) {
      chunk(from, (int) Math.min(CHUNK, end - from), scratch);
    }
  }
}
