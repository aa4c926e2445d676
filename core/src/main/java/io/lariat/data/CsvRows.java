package io.lariat.data;

import io.lariat.internal.text.CellKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a CSV file's records: the first is the header, every other one a row for the sink. Trims
 * cells (but texts in quotes), skips blank lines, and reports a row of the wrong length rather than
 * what its shifted cells look like.
 */
final class CsvRows {
  private static final char[] NO_TEXT = {};

  private final String file;
  private final RowSink sink;
  private final List<String> names = new ArrayList<>();
  private List<String> firstLines = List.of();
  private @Nullable CsvHeader header;
  private int expected;
  private @Nullable DataException problem;
  private boolean onlyBlank;
  private boolean firstIsPutOff;
  private int found;
  private int breaks;
  private long line;
  private long rows;

  CsvRows(String file, RowSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** The line on which the record begins that is being read. */
  long line() {
    return line;
  }

  /** Checks that there was a row at all. */
  void requireRows() {
    if (header == null) {
      throw new DataException(file + ": is empty; expected a header line and rows");
    }
    if (rows == 0) {
      throw new DataException(file + ": has a header but no rows; add rows");
    }
  }

  /** The first lines that are not blank, as far as anyone wants to know. */
  void firstLines(List<String> lines) {
    firstLines = lines;
  }

  /** What to throw where CSV goes wrong as {@code message} says: in the header, its cause. */
  DataException problem(String message, Exception e) {
    @Nullable String cause = header == null ? HeaderCause.of(firstLines, List.of()) : null;
    String where = file + " line " + line + ": ";
    return new DataException(where + (cause == null ? message : cause), e);
  }

  /** A record begins on line {@code number}. */
  void begin(long number) {
    line = number;
    breaks = 0;
    found = 0;
    onlyBlank = true;
    firstIsPutOff = false;
    problem = null;
  }

  /** The record's next cell: {@code text[from..to)}. */
  void cell(char[] text, int from, int to, boolean quoted) {
    int begin = from;
    int end = to;
    while (begin < end && TextWindow.isWhite(text[begin])) {
      begin++;
    }
    while (begin < end && TextWindow.isWhite(text[end - 1])) {
      end--;
    }
    onlyBlank &= begin == end && !quoted;
    if (header == null) {
      names.add(new String(text, begin, end - begin));
    } else if (quoted && begin < end && end - begin < to - from && isText(text, begin, end)) {
      takeFirst();
      take(found, text, from, to);
    } else if (found == 0 && onlyBlank) {
      firstIsPutOff = true;
    } else {
      takeFirst();
      take(found, text, begin, end);
    }
    found++;
    if (quoted) {
      breaks += lineBreaks(text, from, to);
    }
  }

  /** Whether white space around it is part of what is in quotes: not around a number or a date. */
  private static boolean isText(char[] text, int from, int to) {
    return Double.isNaN(CellKind.parse(text, from, to))
        && CellKind.ofOdd(new String(text, from, to - from)) == CellKind.TEXT;
  }

  /** A blank first cell may be all of a blank line, and so is the sink's only with the second. */
  private void takeFirst() {
    if (firstIsPutOff) {
      firstIsPutOff = false;
      take(0, NO_TEXT, 0, 0);
    }
  }

  private void take(int column, char[] text, int from, int to) {
    if (column < expected && problem == null) {
      try {
        if (from < to && (CsvHeader.isControl(text[from]) || CsvHeader.isControl(text[to - 1]))) {
          Objects.requireNonNull(header).requireNoControls(text, from, to, line + breaks, column);
        }
        sink.cell(column, text, from, to, line + breaks);
      } catch (DataException e) {
        problem = e;
      }
    }
  }

  private static int lineBreaks(char[] text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < to && text[i + 1] == '\n'))) {
        count++;
      }
    }
    return count;
  }

  /** As {@link RowSink#quickCells}, of the record's next cells. */
  void quickCells(LineCursor line) {
    takeFirst();
    if (header == null || problem != null) {
      return;
    }
    line.column = found;
    sink.quickCells(line);
    onlyBlank &= found == line.column;
    found = line.column;
  }

  /** The number of the record's cells so far. */
  int found() {
    return found;
  }

  /** The record is complete. */
  void end() {
    if (onlyBlank && found <= 1) {
      names.clear();
      return;
    }
    if (header == null) {
      header = new CsvHeader(file, line, firstLines, names);
      expected = names.size();
      sink.header(header);
      return;
    }
    if (found != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s line %d: found %d cell%s, expected %d as in the header; look for a missing or an"
                  + " unquoted comma%s",
              file,
              line,
              found,
              found == 1 ? "" : "s",
              expected,
              found == 1 ? ", or remove the line if it is a comment or a footer" : ""));
    }
    if (problem != null) {
      throw problem;
    }
    if (rows == sink.mostRows()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s line %d: is one row more than %d; take fewer rows",
              file,
              line,
              rows));
    }
    sink.endRow();
    rows++;
  }
}
