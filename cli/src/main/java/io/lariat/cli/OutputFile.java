package io.lariat.cli;

import io.lariat.data.AtomicFile;
import io.lariat.data.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes where {@code --out} says. */
final class OutputFile {
  private OutputFile() {}

  /** Whether both are there and are one, under whatever names. */
  static boolean isSame(Path file, Path other) {
    try {
      return Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A file that is written may be none of those that are read.
   *
   * @throws Failure if it is
   */
  static void requireNoInput(Path file, Path... inputs) {
    for (Path input : inputs) {
      if (Files.isRegularFile(input) && isSame(file, input)) {
        throw Failure.usage("--out " + file + ": is an input; name another file");
      }
    }
  }

  /**
   * Tries it out, long before there is something to write.
   *
   * @throws Failure if it cannot be written
   */
  static void requireWritable(Path file) {
    write(file, () -> AtomicFile.requireWritable(file));
  }

  /**
   * Writes it.
   *
   * @throws Failure if that fails
   */
  static void write(Path file, Runnable writing) {
    try {
      Rescue.withIOException(writing);
    } catch (IOException e) {
      throw Failure.run(
          file
              + ": cannot be written: "
              + FileProblem.reason(e)
              + "; name another file with --out");
    }
  }
}
