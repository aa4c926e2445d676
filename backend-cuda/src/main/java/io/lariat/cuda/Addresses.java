package io.lariat.cuda;

import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;

/**
 * Where matrices and indices lie, for work that is about to be queued: they are checked to be this
 * backend's and alive, and a step that is being recorded takes note of them.
 */
final class Addresses {
  private final DeviceMemory memory;
  private final WorkQueue queue;

  Addresses(DeviceMemory memory, WorkQueue queue) {
    this.memory = memory;
    this.queue = queue;
  }

  /** The address of a matrix's first element. */
  long of(Matrix m) {
    CudaStorage storage = memory.own(m);
    queue.uses(storage);
    return storage.address() + m.offset() * Float.BYTES;
  }

  /** The address of the first of some indices. */
  long of(Indices indices) {
    CudaIndices own = memory.own(indices);
    queue.uses(own.storage());
    return own.address();
  }
}
