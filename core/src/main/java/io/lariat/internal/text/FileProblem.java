package io.lariat.internal.text;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

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
