package io.lariat.cuda;

import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hold on a device: its context, the kernels, and two lanes for work. What another class asks of
 * the driver it asks through {@link #driver}, which makes the context current first.
 */
final class Session implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.lariat.cuda");

  private final Driver driver;
  private final Driver.Device device;
  private final Driver.Context context;
  private final Driver.Module module;
  private final Map<Kernel, Driver.Function> functions = new EnumMap<>(Kernel.class);
  private final Lane main;
  private final Lane side;
  private boolean closed;

  /** Opens device {@code ordinal}; what was taken is given back if that fails. */
  Session(Driver driver, int ordinal, Blas.@Nullable Opener blas, boolean tf32) {
    this.driver = driver;
    device = driver.device(ordinal);
    context = driver.retainContext(ordinal);
    Driver.Module loaded = null;
    Lane first = null;
    try {
      driver.setCurrent(context);
      loaded = KernelImage.load(driver, device);
      for (Kernel kernel : Kernel.values()) {
        functions.put(kernel, driver.function(loaded, kernel.symbol()));
      }
      first = Lane.open(driver, blas, device.major(), tf32);
      side = Lane.open(driver, blas, device.major(), tf32);
    } catch (RuntimeException e) {
      if (first != null) {
        first.close();
      }
      if (loaded != null) {
        driver.unload(loaded);
      }
      driver.releaseContext(context);
      throw e;
    }
    module = loaded;
    main = first;
  }

  /** The driver, this session's context being current in the calling thread. */
  Driver driver() {
    driver.setCurrent(context);
    return driver;
  }

  Driver.Device device() {
    return device;
  }

  Driver.Function function(Kernel kernel) {
    return Objects.requireNonNull(functions.get(kernel));
  }

  /** Where work is queued unless something is said. */
  Lane main() {
    return main;
  }

  /** Where work is queued that may run beside it. */
  Lane side() {
    return side;
  }

  /**
   * Frees something. A device that has failed has freed it already, and says so at every call: that
   * is no failure of its own, as the call that met it first has been told.
   */
  void free(Runnable freeing) {
    try {
      freeing.run();
    } catch (DriverException e) {
      LOG.log(Level.DEBUG, "while freeing", e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    free(this::driver);
    free(main::close);
    free(side::close);
    free(() -> driver.unload(module));
    free(() -> driver.releaseContext(context));
  }
}
