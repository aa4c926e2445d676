package io.lariat.cuda;

import io.lariat.backend.Indices;
import java.util.Locale;

/** Ints in device memory, or a range of them. */
final class CudaIndices implements Indices {
  private final CudaStorage storage;
  private final boolean isView;
  private final int offset;
  private final int length;

  /** All of a block. */
  CudaIndices(CudaStorage storage) {
    this(storage, false, 0, (int) storage.length());
  }

  private CudaIndices(CudaStorage storage, boolean isView, int offset, int length) {
    this.storage = storage;
    this.isView = isView;
    this.offset = offset;
    this.length = length;
  }

  CudaStorage storage() {
    return storage;
  }

  /** Where it begins, for the device. */
  long address() {
    return storage.address() + (long) offset * Integer.BYTES;
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
    return new CudaIndices(storage, true, offset + from, count);
  }

  @Override
  public void close() {
    if (!isView) {
      storage.close();
    }
  }
}
