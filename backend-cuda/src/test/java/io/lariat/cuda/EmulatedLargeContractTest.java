package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.contract.BackendContract;

/** CPU emulation: the contract with the products of large matrices, for all sizes. */
class EmulatedLargeContractTest extends BackendContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.LARGE);
  }
}
