package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.contract.BackendContract;

/** CPU emulation: the contract, steps being one kernel, with the bits of a sibling's graphs. */
class EmulatedProgramContractTest extends BackendContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.PROGRAM);
  }

  @Override
  protected Backend openSibling() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
