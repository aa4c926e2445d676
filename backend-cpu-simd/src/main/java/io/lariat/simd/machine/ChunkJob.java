package io.lariat.simd.machine;

import io.lariat.backend.Matrix;

/**
 * A job over {@link #size} elements in a row, cut into chunks of a fixed length: partial sums by
 * chunk do not depend on the number of threads, an int counts the loop (C2 compiles those best),
 * and a chunk of each of a few arrays fits the first-level cache.
 */
public abstract class ChunkJob extends Job {

  /** Elements in a chunk: as many as a buffer of {@link Scratch} holds. */
  public static final int CHUNK = Scratch.BUFFER_FLOATS;

  /** How many elements there are. */
  protected long size;

  /** Elements to a row if the shares go by rows, else 0: they go by chunks. */
  private int rowLength;

  /** Sets {@link #size}, and shares by rows if the job is recorded. */
  protected final void goThrough(Matrix matrix) {
    size = matrix.size();
    rowLength = isRecorded() && matrix.rows() > 1 ? matrix.cols() : 0;
  }

  /**
   * Does elements {@code from} to {@code from + n - 1}.
   *
   * @param from a multiple of {@link #CHUNK}
   * @param n at most {@link #CHUNK}
   */
  protected abstract void chunk(long from, int n, Scratch scratch);

  @Override
  public final void run(int part, int parts, Scratch scratch) {
    long grain = rowLength > 0 ? rowLength : CHUNK;
    long end = begin(size, grain, part + 1, parts);
    for (long from = begin(size, grain, part, parts); from < end; from += CHUNK) {
      chunk(from, (int) Math.min(CHUNK, end - from), scratch);
    }
  }
}
