package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.contract.BackendContract;

/** CPU emulation: the contract, steps being graphs. */
class EmulatedContractTest extends BackendContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
