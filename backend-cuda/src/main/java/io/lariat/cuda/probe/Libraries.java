package io.lariat.cuda.probe;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Loads native libraries for the Foreign Function API. Native access must be enabled. */
@SuppressWarnings("restricted")
final class Libraries {
  /** {@code RTLD_LAZY} of dlopen. */
  private static final int LAZY = 1;

  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
  private static final Path MAPS = Path.of("/proc/self/maps");

  private Libraries() {}

  /**
   * Loads a library for as long as the JVM runs; empty if that cannot be done.
   *
   * @param folder where it lies, null to let the system's loader look
   */
  static Optional<SymbolLookup> load(@Nullable Path folder, String file) {
    try {
      if (folder == null) {
        return Optional.of(SymbolLookup.libraryLookup(file, Arena.global()));
      }
      Path path = folder.resolve(file);
      return isElf(path)
          ? Optional.of(SymbolLookup.libraryLookup(path, Arena.global()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether a file is there and looks like a library; the JVM prints a warning about others. */
  private static boolean isElf(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Why a library cannot be loaded, in the words of the system's loader, which the Foreign Function
   * API does not tell: it is tried once more by the loader's own functions.
   *
   * @param library a path, or a name
   */
  static String whyNot(String library) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup system = linker.defaultLookup();
    MethodHandle open =
        linker.downcallHandle(
            system.findOrThrow("dlopen"), FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    MethodHandle error =
        linker.downcallHandle(system.findOrThrow("dlerror"), FunctionDescriptor.of(ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(library);
      MemorySegment opened = (MemorySegment) open.invokeExact(name, LAZY);
      MemorySegment message = (MemorySegment) error.invokeExact();
      return !opened.equals(MemorySegment.NULL) || message.equals(MemorySegment.NULL)
          ? "the first attempt failed"
          : withoutName(message.reinterpret(Long.MAX_VALUE).getString(0), library);
    } catch (Throwable e) {
      throw new IllegalStateException("dlopen cannot be called", e);
    }
  }

  private static String withoutName(String message, String library) {
    String prefix = library + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  /** The path from which a library has been loaded; its name if that is not known. */
  static String place(String file) {
    try (Stream<String> maps = Files.lines(MAPS)) {
      return maps.filter(line -> line.contains("/" + file))
          .map(line -> line.substring(line.indexOf('/')))
          .findFirst()
          .orElse(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
