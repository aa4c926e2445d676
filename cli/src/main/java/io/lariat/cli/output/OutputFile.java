package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import io.lariat.internal.files.AtomicFile;
import io.lariat.internal.text.FileProblem;
import io.lariat.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that a command writes where {@code --out} says. */
public final class OutputFile {
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
   * Checks that it is none of the files that the command reads, under another name or through a
   * link either.
   *
   * @param model the model's file or folder
   * @param data null: none
   * @throws Failure if it is
   */
  public static void requireNoInput(Path file, Path model, @Nullable Path data) {
    List<Path> inputs = new ArrayList<>(List.of(model, model.resolve(ModelFile.NAME)));
    if (data != null) {
      inputs.add(data);
    }
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
  public static void requireWritable(Path file) {
    write(file, () -> AtomicFile.requireWritable(file));
  }

  /**
   * Writes it.
   *
   * @throws Failure if that fails
   */
  public static void write(Path file, Runnable writing) {
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
