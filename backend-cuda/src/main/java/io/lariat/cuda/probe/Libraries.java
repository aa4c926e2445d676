package io.lariat.cuda.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;

/** Loads native libraries for the Foreign Function API. Native access must be enabled. */
@SuppressWarnings("restricted")
final class Libraries {
  private Libraries() {}

  /** Loads the library that the system's loader finds under a name, for as long as the JVM runs. */
  static Optional<SymbolLookup> named(String name) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Loads a file, for as long as the JVM runs. */
  static Optional<SymbolLookup> of(Path file) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Why a file cannot be loaded, in the words of the system's loader. The Foreign Function API does
   * not tell, so it is tried once more as a library of JNI.
   *
   * @param file one that could not be loaded
   */
  static String whyNot(Path file) {
    try {
      System.load(file.toAbsolutePath().toString());
      return "it can now, but could not before";
    } catch (UnsatisfiedLinkError e) {
      String prefix = file.toAbsolutePath() + ": ";
      String message = String.valueOf(e.getMessage());
      // the file's name comes twice: by the JVM and by the loader
      while (message.startsWith(prefix)) {
        message = message.substring(prefix.length());
      }
      return message.strip();
    }
  }
}
