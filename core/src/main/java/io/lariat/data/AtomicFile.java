package io.lariat.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file beside its place and then moves it there, so that a reader sees the old file or the
 * whole new one, and a failure leaves nothing behind.
 */
public final class AtomicFile {
  private static final AtomicLong COUNT = new AtomicLong();

  private AtomicFile() {}

  /** What is written. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; need not flush or close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes {@code content} to {@code path}, replacing a file that is there. A link is followed; a
   * device or a pipe is written to directly.
   *
   * @throws UncheckedIOException if that fails; the message names the file and the reason
   */
  public static void write(Path path, Content content) {
    try {
      if (Files.isDirectory(path)) {
        throw new IOException("it is a folder");
      }
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
          content.writeTo(out);
        }
      } else {
        writeBeside(target, content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be written: " + FileProblem.reason(e), e);
    }
  }

  /** Writes {@code text} as UTF-8, likewise. */
  public static void write(Path path, String text) {
    write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void writeBeside(Path target, Content content) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            ".%s.%d-%d.tmp",
            target.getFileName(),
            ProcessHandle.current().pid(),
            COUNT.incrementAndGet());
    Path beside = target.resolveSibling(name);
    try {
      try (FileChannel channel =
              FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      try {
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(beside);
    }
  }
}
