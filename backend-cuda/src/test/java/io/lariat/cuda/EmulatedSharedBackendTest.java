package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.SharedBackendContract;

/** CPU emulation: several threads that come to one device. */
class EmulatedSharedBackendTest extends SharedBackendContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
