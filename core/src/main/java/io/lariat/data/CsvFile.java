package io.lariat.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipException;

/** Streams a CSV file's cells into a {@link RowSink}; every failure becomes a sentence. */
final class CsvFile {
  /** A longer cell is taken for one whose closing quote is missing. */
  static final int LONGEST_CELL = 1 << 20;

  private static final int LONGEST_LINE = 1 << 20;
  private static final int FIRST_ROOM = 1 << 16;

  private CsvFile() {}

  /**
   * Reads {@code path} from begin to end.
   *
   * @throws DataException if the file cannot be read, is not well formed or the sink refuses it
   */
  static void read(Path path, ReadProgress progress, RowSink sink) {
    read(path, progress, sink, FIRST_ROOM, LONGEST_LINE);
  }

  /**
   * As {@link #read(Path, ReadProgress, RowSink)}.
   *
   * @param room how many characters are held at first, at least 4
   * @param longestLine longer lines are left to FastCSV; -1: all lines
   */
  static void read(Path path, ReadProgress progress, RowSink sink, int room, int longestLine) {
    CsvRows rows = new CsvRows(path.toString(), sink);
    try (Reader in = new Utf8Reader(CsvBytes.open(path, progress))) {
      read(new TextWindow(in, room), longestLine, rows);
    } catch (IOException e) {
      throw problem(path, rows.line(), e);
    } catch (UncheckedIOException e) {
      throw problem(path, rows.line(), Objects.requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      throw problem(path, rows.line(), e);
    }
    rows.requireRows();
  }

  private static void read(TextWindow text, int longestLine, CsvRows rows) {
    PlainLines plain = new PlainLines(text, rows);
    QuotedRecords quoted = new QuotedRecords(text, rows);
    long plainLines = 0;
    while (true) {
      boolean isLine = text.hasLine(longestLine);
      rows.begin(plainLines + quoted.lines() + 1);
      if (isLine && plain.read()) {
        rows.end();
        plainLines++;
      } else if (!quoted.read(plainLines, rows.found())) {
        return;
      }
    }
  }

  private static DataException problem(Path path, long line, IOException e) {
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

  /** FastCSV wraps what a sink throws; its own messages are told apart by their beginning. */
  private static RuntimeException problem(Path path, long line, CsvParseException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error cause) {
      throw cause;
    }
    String text = String.valueOf(e.getMessage());
    String what;
    if (text.startsWith("Unclosed quoted field")) {
      what = "a quoted cell is never closed; add the missing quote";
    } else if (text.startsWith("Unexpected character after closing quote")) {
      what = "text follows a closing quote; double each quote inside a quoted cell";
    } else if (text.startsWith("The maximum buffer size")) {
      what = "a cell has more than 1 million characters; a closing quote may be missing";
    } else {
      what = "is not well-formed CSV (" + text + "); correct the line";
    }
    return new DataException(String.format(Locale.ROOT, "%s line %d: %s", path, line, what), e);
  }
}
