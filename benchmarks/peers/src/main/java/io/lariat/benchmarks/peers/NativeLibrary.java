package io.lariat.benchmarks.peers;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** A shared library of the system, called through the Foreign Function API. */
@SuppressWarnings("restricted") // run-peers enables native access
final class NativeLibrary {
  private final String name;
  private final SymbolLookup symbols;

  private NativeLibrary(String name, SymbolLookup symbols) {
    this.name = name;
    this.symbols = symbols;
  }

  /**
   * Opens the first of {@code names} that there is.
   *
   * @throws AbsentException if there is none; {@code remedy} says what to install
   */
  static NativeLibrary open(List<String> names, String remedy) {
    for (String name : names) {
      try {
        return new NativeLibrary(name, SymbolLookup.libraryLookup(name, Arena.global()));
      } catch (IllegalArgumentException e) {
        // Under the next name, perhaps.
      }
    }
    throw new AbsentException("not installed; " + remedy);
  }

  /** What a function without parameters points to, so many bytes of it. */
  MemorySegment pointer(String function, long bytes) {
    try {
      MethodHandle handle = function(function, FunctionDescriptor.of(ValueLayout.ADDRESS));
      return ((MemorySegment) handle.invokeExact()).reinterpret(bytes);
    } catch (Throwable e) {
      throw new IllegalStateException(function + " could not be called", e);
    }
  }

  /** The function of that name. */
  MethodHandle function(String function, FunctionDescriptor descriptor) {
    return Linker.nativeLinker()
        .downcallHandle(
            symbols
                .find(function)
                .orElseThrow(() -> new AbsentException(name + " has no function " + function)),
            descriptor);
  }
}
