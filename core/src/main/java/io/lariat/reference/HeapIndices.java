package io.lariat.reference;

import io.lariat.backend.Indices;
import java.util.Locale;

/** An {@code int[]} that a {@link ReferenceBackend} owns, or a range of one. */
final class HeapIndices implements Indices {
  private final HeapMemory owner;
  private final Block block;
  private final boolean isView;
  private final int offset;
  private final int length;

  /** The memory that a vector and all ranges of it share. */
  private static final class Block {
    private final int[] ints;
    private boolean closed;

    Block(int length) {
      ints = new int[length];
    }
  }

  HeapIndices(HeapMemory owner, int length) {
    this(owner, new Block(length), false, 0, length);
  }

  private HeapIndices(HeapMemory owner, Block block, boolean isView, int offset, int length) {
    this.owner = owner;
    this.block = block;
    this.isView = isView;
    this.offset = offset;
    this.length = length;
  }

  HeapMemory owner() {
    return owner;
  }

  boolean isClosed() {
    return block.closed;
  }

  int at(int i) {
    return block.ints[offset + i];
  }

  void write(int[] source, int from) {
    System.arraycopy(source, from, block.ints, offset, length);
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public Indices range(int from, int count) {
    if (from < 0 || count < 1 || from > length - count) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "indices [%d]: %d from %d asked for", length, count, from));
    }
    return new HeapIndices(owner, block, true, offset + from, count);
  }

  @Override
  public void close() {
    if (!isView) {
      block.closed = true;
    }
  }
}
