package io.lariat.data;

import io.lariat.internal.text.FileProblem;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.ZipException;

/** Says in words for people why rows could not be read, the same of every format. */
final class ReadProblem {
  private ReadProblem() {}

  /** What is said when reading {@code source} failed, with the remedy. */
  static DataException of(TableSource source, IOException e) {
    String what =
        switch (e) {
          case EOFException _ when e.getMessage() != null ->
              e.getMessage() + "; download or compress it again";
          case EOFException _ -> "ends too early; download or write it again";
          case ZipException z ->
              "the gzip data is damaged (" + z.getMessage() + "); download or compress it again";
          default -> "cannot be read: " + FileProblem.reason(e);
        };
    return new DataException(source.name() + ": " + what, e);
  }

  /** A folder is in the place of a file. */
  static DataException isFolder(TableSource source) {
    return new DataException(source.name() + ": is a folder; give the file of rows itself");
  }

  /** Nothing is there. */
  static DataException isEmpty(TableSource source) {
    return new DataException(source.name() + ": is empty; expected " + source.expected());
  }

  /** There is what comes before rows. */
  static DataException hasNoRows(String file) {
    return new DataException(file + ": has a header but no rows; add rows");
  }

  /** A row of data to learn from has no target. */
  static DataException hasNoLabel(SourcePlace place) {
    return new DataException(place.now() + ": has no label; put it first");
  }
}
