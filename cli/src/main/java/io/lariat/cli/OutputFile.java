package io.lariat.cli;

import io.lariat.data.AtomicFile;
import io.lariat.data.FileProblem;
import java.io.IOException;
import java.nio.file.Path;

/** A file that a command writes where {@code --out} says. */
final class OutputFile {
  private OutputFile() {}

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
