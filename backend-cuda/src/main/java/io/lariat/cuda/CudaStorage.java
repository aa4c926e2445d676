package io.lariat.cuda;

import io.lariat.backend.Storage;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A block of device memory, or of pinned host memory that the device reaches over its bus. */
final class CudaStorage implements Storage {
  private final DeviceMemory owner;
  private final long length;
  private final long address;
  private final @Nullable MemorySegment host;
  private volatile boolean closed;

  /**
   * Made by {@link DeviceMemory}.
   *
   * @param length items of four bytes each
   * @param host the memory if it is the host's, else null
   */
  CudaStorage(DeviceMemory owner, long length, long address, @Nullable MemorySegment host) {
    this.owner = owner;
    this.length = length;
    this.address = address;
    this.host = host;
  }

  DeviceMemory owner() {
    return owner;
  }

  /** Where it begins, for the device. */
  long address() {
    return address;
  }

  /** The memory, if it is the host's. */
  @Nullable MemorySegment host() {
    return host;
  }

  @Override
  public boolean isFar() {
    return host != null;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void close() {
    if (owner.forget(this)) {
      closed = true;
      owner.free(this);
    }
  }

  /** Marks it as closed; its owner frees it. */
  void markClosed() {
    closed = true;
  }
}
