package io.lariat.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;

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
      throw ReadProblem.of(path, rows.line(), e);
    } catch (UncheckedIOException e) {
      throw ReadProblem.of(path, rows.line(), Objects.requireNonNull(e.getCause()));
    } catch (CsvParseException e) {
      throw problem(rows, e);
    }
    rows.requireRows();
  }

  private static void read(TextWindow text, int longestLine, CsvRows rows) {
    PlainLines plain = new PlainLines(text, rows);
    QuotedRecords quoted = new QuotedRecords(text, rows);
    long plainLines = 0;
    rows.firstLines(text.peekLines(HeaderCause.MOST_LINES, HeaderCause.LONGEST));
    while (true) {
      boolean isLine = text.hasLine(longestLine);
      int blank = isLine ? text.skipBlankLines() : 0;
      if (blank > 0) {
        plainLines += blank;
        continue;
      }
      rows.begin(plainLines + quoted.lines() + 1);
      if (isLine && plain.read()) {
        rows.end();
        plainLines++;
      } else if (!quoted.read(plainLines, rows.found())) {
        return;
      }
    }
  }

  /** FastCSV wraps what a sink throws; its own messages are told apart by their beginning. */
  private static RuntimeException problem(CsvRows rows, CsvParseException e) {
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
    return rows.problem(what, e);
  }
}
