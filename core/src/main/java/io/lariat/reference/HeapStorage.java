package io.lariat.reference;

import io.lariat.backend.Storage;

/** A {@code float[]} that a {@link ReferenceBackend} owns. */
final class HeapStorage implements Storage {
  private static final float[] FREED = {};

  private final HeapMemory owner;
  private final int length;
  private float[] floats;
  private boolean closed;

  HeapStorage(HeapMemory owner, int length) {
    this.owner = owner;
    this.length = length;
    this.floats = new float[length];
  }

  HeapMemory owner() {
    return owner;
  }

  boolean isClosed() {
    return closed;
  }

  float[] floats() {
    return floats;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    closed = true;
    floats = FREED;
    owner.forget(this);
  }
}
