package io.lariat.cli.words;

import io.lariat.internal.text.FileProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A problem of reading or writing. */
public final class IoProblem {

  private IoProblem() {}

  /** The file and what is wrong with it. */
  public static String text(UncheckedIOException e) {
    @Nullable IOException cause = e.getCause();
    if (cause == null || !cause.toString().equals(e.getMessage())) {
      return String.valueOf(e.getMessage()); // core's own words, with file and reason
    }
    String file = cause instanceof FileSystemException f ? f.getFile() + ": " : "";
    return file + FileProblem.reason(cause);
  }

  /** The problem that {@code e} tells of; null: it tells of another. */
  public static @Nullable IOException in(Throwable e) {
    @Nullable Throwable at = e;
    while (at != null && !(at instanceof IOException)) {
      at = at.getCause();
    }
    return (IOException) at;
  }
}
