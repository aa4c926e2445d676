package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.probe.BlasLibrary;
import io.lariat.cuda.probe.JCudaLoader;
import org.jspecify.annotations.Nullable;

/**
 * Opens the backend on the CPU emulation of a device, by JCuda and all else that a real one needs.
 */
final class EmulatedGpu {
  /** A step is a graph, and all products are the small one's unless they are large. */
  static final CudaSettings GRAPH = new CudaSettings(false, ReplayMode.GRAPH, 1 << 26);

  /** A step is one kernel where it can be. */
  static final CudaSettings PROGRAM = new CudaSettings(false, ReplayMode.PROGRAM, 1 << 26);

  /** All products are large. */
  static final CudaSettings LARGE = new CudaSettings(false, ReplayMode.GRAPH, 0);

  private static final String CUBLAS_PROPERTY = "lariat.cuda.cublas";

  private EmulatedGpu() {}

  static Backend open(CudaSettings settings) {
    return open(settings, null);
  }

  static Backend open(CudaSettings settings, Blas.@Nullable Opener blas) {
    Emulation.load();
    return new CudaBackend(JCudaLoader.driver(), 0, blas, settings);
  }

  /** An emulated cuBLAS 12, called by JCublas2. */
  static Blas.Opener cublas() {
    Emulation.load();
    System.setProperty(CUBLAS_PROPERTY, Emulation.blasFolder(12).toString());
    try {
      return BlasLibrary.find().orElseThrow();
    } finally {
      System.clearProperty(CUBLAS_PROPERTY);
    }
  }
}
