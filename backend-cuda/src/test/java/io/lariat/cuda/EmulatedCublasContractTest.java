package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.contract.BackendContract;

/**
 * CPU emulation: the contract with all products done by an emulated cuBLAS 12, through JCublas2.
 */
class EmulatedCublasContractTest extends BackendContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.LARGE, EmulatedGpu.cublas());
  }
}
