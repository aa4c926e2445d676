package io.lariat.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/** Says in words for people why a file could not be read or written. */
public final class FileProblem {
  /** What to do where something is not there. */
  public static final String CHECK_NAME = "check the name and the folder";

  private FileProblem() {}

  /** The reason, without the file's name: {@code no such file}, {@code permission denied}. */
  public static String reason(IOException e) {
    String message = e.getMessage();
    return switch (e) {
      case NoSuchFileException _ -> "no such file or folder";
      case AccessDeniedException _ -> "permission denied";
      case NotDirectoryException _ -> "a part of its path is no folder";
      case EOFException _ -> "it ends too early";
      case FileSystemException f when f.getReason() != null -> lowerFirst(f.getReason());
      default -> message == null ? e.getClass().getSimpleName() : lowerFirst(message);
    };
  }

  /** What is said when reading {@code path} failed at its line {@code line}, with the remedy. */
  static DataException whileReading(Path path, long line, IOException e) {
    String message =
        switch (e) {
          case CharacterCodingException _ ->
              String.format(
                  Locale.ROOT,
                  "%s line %d: is not UTF-8 text; save the file as CSV in UTF-8",
                  path,
                  Math.max(1, line));
          case EOFException _ ->
              path + ": the gzip data ends too early; download or compress it again";
          case ZipException z ->
              String.format(
                  Locale.ROOT,
                  "%s: the gzip data is damaged (%s); download or compress it again",
                  path,
                  z.getMessage());
          default -> path + ": cannot be read: " + reason(e);
        };
    return new DataException(message, e);
  }

  /**
   * What to do about it, as a clause that follows a semicolon.
   *
   * @param isWritten whether it was about writing
   */
  public static String remedy(IOException e, boolean isWritten) {
    String reason = reason(e).toLowerCase(Locale.ROOT);
    if (reason.contains("no space") || reason.contains("quota")) {
      return "free some room, or name a place that has more";
    }
    if (reason.contains("too large")) {
      return "raise the limit on the size of a file (ulimit -f), or name a place that takes larger"
          + " ones";
    }
    if (reason.contains("permission") || reason.contains("not permitted")) {
      return "ask for the permission, or name another place";
    }
    if (reason.contains("too long")) {
      return "use a shorter name";
    }
    if (e instanceof NoSuchFileException) {
      return CHECK_NAME;
    }
    return isWritten ? "name another place" : "check the file and its device";
  }

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
