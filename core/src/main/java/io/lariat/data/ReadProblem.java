package io.lariat.data;

import io.lariat.internal.text.FileProblem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;

/** Says in words for people why a file of rows could not be read. */
final class ReadProblem {
  private ReadProblem() {}

  /** What is said when reading {@code path} failed at its line {@code line}, with the remedy. */
  static DataException of(Path path, long line, IOException e) {
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
          default -> path + ": cannot be read: " + FileProblem.reason(e);
        };
    return new DataException(message, e);
  }
}
