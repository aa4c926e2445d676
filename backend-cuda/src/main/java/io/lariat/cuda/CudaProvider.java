package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.probe.BlasLibrary;
import io.lariat.cuda.probe.DeviceProbe;
import io.lariat.cuda.probe.DeviceReport;
import io.lariat.cuda.probe.JCudaLoader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether there is an NVIDIA GPU that can be used, and opens the backend. What is looked
 * at is in {@link DeviceProbe} and {@link BlasLibrary}; names no class of JCuda.
 */
public final class CudaProvider implements BackendProvider {

  /** For {@link java.util.ServiceLoader}. */
  public CudaProvider() {}

  @Override
  public String name() {
    return CudaBackend.NAME;
  }

  @Override
  public int priority() {
    return 200;
  }

  @Override
  public @Nullable String unavailableReason() {
    return Gpu.FOUND.reason();
  }

  @Override
  public String details() {
    DeviceReport report = Gpu.FOUND.value();
    if (report == null) {
      return String.valueOf(Gpu.FOUND.reason());
    }
    Found<Optional<Blas.Opener>> cublas = Cublas.FOUND;
    String products =
        cublas.value() == null
            ? cublas.reason()
            : cublas.value().map(Blas.Opener::description).orElse("no cuBLAS: own kernels");
    return report.description() + ", " + products;
  }

  @Override
  public Backend open(BackendOptions options) {
    DeviceReport report = Gpu.FOUND.orElseThrow();
    Blas.Opener blas = Cublas.FOUND.orElseThrow().orElse(null);
    CudaSettings settings = CudaSettings.fromSystemProperties();
    return new CudaBackend(JCudaLoader.driver(), report.ordinal(), blas, settings);
  }

  /** What was looked for, or why it cannot be used. */
  private record Found<T>(@Nullable T value, @Nullable String reason) {

    static <T> Found<T> nothing(Throwable e) {
      String reason = e.getMessage();
      return new Found<>(
          null,
          reason != null && e instanceof BackendUnavailableException
              ? reason
              : "the search for a GPU failed: " + e);
    }

    T orElseThrow() {
      if (value == null) {
        throw new BackendUnavailableException(
            "backend '" + CudaBackend.NAME + "' cannot be used: " + reason);
      }
      return value;
    }
  }

  // Each is found once in a JVM, when it is asked for. No lambdas: they cost as much as all else
  // that is done on a machine without a GPU.

  private static final class Gpu {
    private static final Found<DeviceReport> FOUND = find();

    private static Found<DeviceReport> find() {
      try {
        return new Found<>(DeviceProbe.probe(), null);
      } catch (LinkageError | RuntimeException e) {
        return Found.nothing(e);
      }
    }
  }

  private static final class Cublas {
    private static final Found<Optional<Blas.Opener>> FOUND = find();

    private static Found<Optional<Blas.Opener>> find() {
      try {
        return new Found<>(BlasLibrary.find(), null);
      } catch (LinkageError | RuntimeException e) {
        return Found.nothing(e);
      }
    }
  }
}
