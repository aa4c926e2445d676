package io.lariat.internal.files;

import io.lariat.internal.text.FileProblem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file beside its place and then moves it there, so that a reader sees the old file or the
 * whole new one, and a failure leaves nothing behind. File and folder are synchronised with the
 * device, so that neither is lost with the power. What a writer that was killed has left goes with
 * the next write to the same place.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; need not flush or close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code content} to {@code path}, replacing a file that is there. A link is followed; a
   * device or a pipe, {@code /dev/stdout} too, is written to directly, and so is a file by the name
   * of an open descriptor such as {@code /dev/fd/3}: at its end, if it is open for writing.
   *
   * @throws UncheckedIOException if that fails; the message names the file and the reason
   */
  public static void write(Path path, Content content) {
    try {
      if (isDirect(path)) {
        try (OutputStream out =
            new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.APPEND))) {
          content.writeTo(out);
        }
      } else {
        writeBeside(target(path), content);
      }
    } catch (IOException e) {
      throw problem(path, e);
    }
  }

  /** Writes {@code text} as UTF-8, likewise. */
  public static void write(Path path, String text) {
    write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Writes {@code content} to {@code path} as {@link #write} does, but replaces a link where that
   * follows it: for places where others may have put links.
   *
   * @throws UncheckedIOException if that fails; the message names the file and the reason
   */
  public static void replace(Path path, byte[] content) {
    try {
      writeBeside(path.toAbsolutePath(), out -> out.write(content));
    } catch (IOException e) {
      throw problem(path, e);
    }
  }

  /**
   * Tries out whether {@link #write} could write to {@code path}, and changes nothing: for those
   * who work long before they have something to write.
   *
   * @throws UncheckedIOException as {@link #write} would
   */
  public static void requireWritable(Path path) {
    try {
      if (!isDirect(path)) {
        TemporaryFile.beside(target(path)).close();
      }
    } catch (IOException e) {
      throw problem(path, e);
    }
  }

  /**
   * Removes what this process is writing, for one that ends while others of its threads write: none
   * of them comes to an end with it any more.
   *
   * @throws UncheckedIOException if that fails
   */
  public static void abandonAll() {
    try {
      TemporaryFile.removeAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Whether what is at {@code path} has no place where a file could be moved to. What a {@link
   * Descriptor} leads to may be a file, but one that its owner has open and goes on writing to.
   *
   * @throws IOException if it is a descriptor that is not open for writing
   */
  private static boolean isDirect(Path path) throws IOException {
    @Nullable Descriptor descriptor = Descriptor.of(path);
    if (descriptor != null) {
      descriptor.requireWritable();
      return true;
    }
    return Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path);
  }

  private static Path target(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("it is a folder");
    }
    return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
  }

  private static void writeBeside(Path target, Content content) throws IOException {
    Uninterrupted.run(
        () -> {
          try (TemporaryFile file = TemporaryFile.beside(target)) {
            content.writeTo(file.out());
            file.moveTo(target);
          }
          return target;
        });
  }

  private static UncheckedIOException problem(Path path, IOException e) {
    return new UncheckedIOException(path + ": cannot be written: " + FileProblem.reason(e), e);
  }
}
