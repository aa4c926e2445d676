package io.lariat.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which keeps the reason why it could not be written: the {@link PrintWriter} that
 * commands print to says only that it could not. Nothing follows what is missing.
 */
public final class StandardOutput extends OutputStream {
  private static final Path DEVICE = Path.of("/dev/stdout");
  private static final int FILE_TYPE = 0170000;
  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private final OutputStream stream;
  private @Nullable IOException problem;

  public StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** In UTF-8 whatever the locale: names in the data are printed as they are in the file. */
  public PrintWriter writer() {
    return new PrintWriter(this, false, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (problem != null) {
      throw problem;
    }
    try {
      stream.write(bytes, from, length);
    } catch (IOException e) {
      problem = e;
      throw e;
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * Why the output is not complete. Null if it is, and if its reader has gone, as {@code head} does
   * that has seen enough.
   */
  public synchronized @Nullable IOException problem() {
    return problem == null || readerHasGone(problem) ? null : problem;
  }

  /** Writing to a pipe fails for no other reason; the system's own words may be in any language. */
  private static boolean readerHasGone(IOException problem) {
    if ("Broken pipe".equals(problem.getMessage())) {
      return true;
    }
    try {
      int type = (int) Files.getAttribute(DEVICE, "unix:mode") & FILE_TYPE;
      return type == PIPE || type == SOCKET;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // who cannot be told from others is an error
    }
  }
}
