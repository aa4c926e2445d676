package io.lariat.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words for people why a file could not be read or written. */
public final class FileProblem {
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

  private static String lowerFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
