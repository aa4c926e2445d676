package io.lariat.data.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.lariat.data.DataException;
import io.lariat.data.ReadProgress;
import io.lariat.data.TableSink;
import io.lariat.data.TableSource;
import io.lariat.internal.files.TextFile;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/** A CSV file's rows. */
final class CsvFile implements TableSource {
  /** A longer cell is taken for one whose closing quote is missing. */
  static final int LONGEST_CELL = 1 << 20;

  private static final int LONGEST_LINE = 1 << 20;
  private static final int FIRST_ROOM = 1 << 16;

  private final Path path;
  private final int room;
  private final int longestLine;

  CsvFile(Path path) {
    this(path, FIRST_ROOM, LONGEST_LINE);
  }

  /**
   * A file that is read by pieces of another size.
   *
   * @param room how many characters are held at first, at least 4
   * @param longestLine longer lines are left to FastCSV; -1: all lines
   */
  CsvFile(Path path, int room, int longestLine) {
    this.path = path;
    this.room = room;
    this.longestLine = longestLine;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String expected() {
    return "a header line and rows";
  }

  @Override
  public void read(ReadProgress progress, TableSink sink) throws IOException {
    CsvRows rows = new CsvRows(name(), sink);
    try (Reader in = new Utf8Reader(TextFile.open(path, progress))) {
      read(new TextWindow(in, room), rows);
    } catch (UncheckedIOException e) {
      throw known(rows, Objects.requireNonNull(e.getCause()));
    } catch (CharacterCodingException e) {
      throw known(rows, e);
    } catch (CsvParseException e) {
      throw problem(rows, e);
    }
  }

  /** What is thrown where reading failed: of what is no text, in words. */
  private IOException known(CsvRows rows, IOException e) {
    if (e instanceof CharacterCodingException) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s line %d: is not UTF-8 text; save the file as CSV in UTF-8",
              path,
              Math.max(1, rows.line())),
          e);
    }
    return e;
  }

  private void read(TextWindow text, CsvRows rows) {
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
