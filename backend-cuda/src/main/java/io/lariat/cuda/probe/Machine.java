package io.lariat.cuda.probe;

import io.lariat.cuda.driver.Driver;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the probe and the search for cuBLAS look at: the machine that this JVM runs on, unless a
 * test shows them another one.
 */
class Machine {
  /** The operating system, {@code Linux}. */
  String system() {
    return System.getProperty("os.name", "");
  }

  /** The processor, {@code amd64}. */
  String architecture() {
    return System.getProperty("os.arch", "");
  }

  /** The root of the file system. */
  Path root() {
    return Path.of("/");
  }

  /** A system property, null if it is not set. */
  @Nullable String property(String name) {
    return System.getProperty(name);
  }

  /** A variable of the environment, null if it is not set. */
  @Nullable String variable(String name) {
    return System.getenv(name);
  }

  /** Whether this module may call native code, and unnamed ones too, as JCuda's is. */
  boolean nativeAccess() {
    return Machine.class.getModule().isNativeAccessEnabled()
        && loader().getUnnamedModule().isNativeAccessEnabled();
  }

  /** Whether the class path has a resource. */
  boolean hasResource(String name) {
    return loader().getResource(name) != null;
  }

  /** {@link Libraries#load}. */
  Optional<SymbolLookup> load(@Nullable Path folder, String file) {
    return Libraries.load(folder, file);
  }

  /** Initialises the driver. */
  Driver driver() {
    return JCudaLoader.driver();
  }

  private static ClassLoader loader() {
    return Machine.class.getClassLoader();
  }
}
