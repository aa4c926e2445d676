package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.contract.BackendContract;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.probe.BlasLibrary;

/**
 * CPU emulation: the contract with all products done by an emulated cuBLAS 12, through JCublas2.
 */
class EmulatedCublasContractTest extends BackendContract {
  private static final String PROPERTY = "lariat.cuda.cublas";

  @Override
  protected Backend open() {
    Emulation.load();
    System.setProperty(PROPERTY, Emulation.blasFolder(12).toString());
    try {
      Blas.Opener cublas = BlasLibrary.find().orElseThrow();
      return EmulatedGpu.open(EmulatedGpu.LARGE, cublas);
    } finally {
      System.clearProperty(PROPERTY);
    }
  }
}
