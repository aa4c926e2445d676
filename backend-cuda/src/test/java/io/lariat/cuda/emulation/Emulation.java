package io.lariat.cuda.emulation;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The CPU emulation of a CUDA device. After {@link #load}, whoever opens {@code libcuda.so.1} in
 * this process gets the emulated driver: JCuda as well as the Foreign Function API.
 *
 * <p>Everywhere but on Linux on x86-64 with g++ the tests that need it are skipped, with one line
 * on stderr; with {@code LARIAT_REQUIRE_EMULATION=1} they fail.
 */
public final class Emulation {
  private static final int COMPLAINT_BYTES = 2000;

  private static @Nullable Loaded loaded;
  private static @Nullable String missing;

  private Emulation() {}

  /** The library, in this process. */
  @SuppressWarnings("restricted")
  private record Loaded(
      Path folder, MethodHandle set, MethodHandle get, MethodHandle complaint, MethodHandle reset) {

    static Loaded from(Path folder) {
      SymbolLookup library =
          SymbolLookup.libraryLookup(folder.resolve("driver/libcuda.so.1"), Arena.global());
      // By its name, as everybody else will.
      if (SymbolLookup.libraryLookup("libcuda.so.1", Arena.global())
          .find("emulation_get")
          .isEmpty()) {
        throw new IllegalStateException(
            "a real libcuda.so.1 is loaded in this JVM: run the emulation in one of its own");
      }
      return new Loaded(
          folder,
          handle(
              library,
              "emulation_set",
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)),
          handle(
              library,
              "emulation_get",
              FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS)),
          handle(
              library,
              "emulation_complaint",
              FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG)),
          handle(library, "emulation_reset", FunctionDescriptor.ofVoid()));
    }

    private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor type) {
      return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), type);
    }
  }

  /** Loads the emulated driver, compiled anew if its sources changed, or skips the test. */
  public static synchronized void load() {
    assumeThere();
    if (loaded == null) {
      loaded = Loaded.from(folder());
    }
  }

  /** Skips the test where the emulation cannot be built. */
  public static synchronized void assumeThere() {
    if (missing == null) {
      missing = findMissing();
      if (!missing.isEmpty()) {
        System.err.println("SKIPPED: tests of the CUDA backend by CPU emulation, as " + missing);
      }
    }
    if (!missing.isEmpty() && "1".equals(System.getenv("LARIAT_REQUIRE_EMULATION"))) {
      throw new IllegalStateException(
          "LARIAT_REQUIRE_EMULATION=1, but the CPU emulation of CUDA is not possible: " + missing);
    }
    Assumptions.assumeTrue(missing.isEmpty(), missing);
  }

  private static String findMissing() {
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!system.equals("Linux on amd64")) {
      return "they need Linux on amd64 and this is " + system;
    }
    try {
      Process compiler =
          new ProcessBuilder("g++", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return compiler.waitFor(10, TimeUnit.SECONDS) && compiler.exitValue() == 0
          ? ""
          : "g++ --version fails";
    } catch (IOException e) {
      return "there is no g++: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking for g++", e);
    }
  }

  private static Path folder() {
    try {
      return new EmulationBuild(Path.of(System.getProperty("lariat.root"), "backend-cuda"))
          .folder();
    } catch (IOException e) {
      throw new IllegalStateException("the CPU emulation of CUDA cannot be built", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while building the emulation", e);
    }
  }

  /** The folder of {@code libcuda.so.1}, for a child's {@code LD_LIBRARY_PATH}. */
  public static Path driverFolder() {
    return library().folder().resolve("driver");
  }

  /**
   * The folder of cuBLAS.
   *
   * @param version 12 or 13, as in {@code libcublas.so.12}
   */
  public static Path blasFolder(int version) {
    return library().folder().resolve("cublas" + version);
  }

  /** Sets a property of the device or a fault. */
  public static void set(Setting setting, long value) {
    try (Arena arena = Arena.ofConfined()) {
      int code = (int) library().set().invokeExact(arena.allocateFrom(setting.key()), value);
      if (code != 0) {
        throw new IllegalArgumentException("the library has no setting " + setting.key());
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** What was counted. */
  public static Counters counters() {
    return new Counters(
        get("allocations"),
        get("allocated_bytes"),
        get("pinned"),
        get("pinned_bytes"),
        get("streams"),
        get("events"),
        get("modules"),
        get("graphs"),
        get("graph_executables"),
        get("contexts"),
        get("blas"),
        get("leaked"),
        get("launches"),
        get("graph_launches"),
        get("copies"),
        get("waits"),
        get("kernels"),
        get("nodes"));
  }

  /** The last complaint that was printed, which is then forgotten; empty if there was none. */
  public static String complaint() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(COMPLAINT_BYTES);
      library().complaint().invokeExact(text, (long) COMPLAINT_BYTES);
      return text.getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Puts the settings back to what the environment says, and counts of calls to zero. */
  public static void reset() {
    try {
      library().reset().invokeExact();
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static long get(String name) {
    try (Arena arena = Arena.ofConfined()) {
      long value = (long) library().get().invokeExact(arena.allocateFrom(name));
      if (value == -1) {
        throw new IllegalArgumentException("the library counts no " + name);
      }
      return value;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static synchronized Loaded library() {
    if (loaded == null) {
      throw new IllegalStateException("the emulation is not loaded: call Emulation.load() first");
    }
    return loaded;
  }

  private static RuntimeException failed(Throwable e) {
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException("a call of the emulation failed", e);
  }
}
