package io.lariat.data.csv;

import io.lariat.data.DataException;
import io.lariat.data.RowSink;
import io.lariat.data.SourceColumn;
import io.lariat.data.SourcePlace;
import io.lariat.data.TableSink;
import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.DecimalDouble;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes a CSV file's records: the first is the header, every other one a row for the sink. Trims
 * cells (but texts in quotes), skips blank lines, and reports a row of the wrong length rather than
 * what its shifted cells look like.
 */
final class CsvRows implements SourcePlace {
  private final String file;
  private final TableSink sink;
  private final DecimalDouble numerals = new DecimalDouble();
  private final List<String> names = new ArrayList<>();
  private List<String> firstLines = List.of();
  private @Nullable RowSink cells;
  private int expected;
  private @Nullable DataException problem;
  private boolean onlyBlank;
  private boolean firstIsPutOff;
  private int found;
  private int breaks;
  private long line;

  CsvRows(String file, TableSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /** The line on which the record begins that is being read. */
  long line() {
    return line;
  }

  @Override
  public String now() {
    return file + " line " + (line + breaks);
  }

  @Override
  public @Nullable String misnamed(Collection<String> wanted) {
    return HeaderCause.of(firstLines, wanted);
  }

  /** The first lines that are not blank, as far as anyone wants to know. */
  void firstLines(List<String> lines) {
    firstLines = lines;
  }

  /** What to throw where CSV goes wrong as {@code message} says: in the header, its cause. */
  DataException problem(String message, Exception e) {
    @Nullable String cause = cells == null ? HeaderCause.of(firstLines, List.of()) : null;
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
    if (cells == null) {
      names.add(new String(text, begin, end - begin));
    } else if (quoted && begin < end && end - begin < to - from && isText(text, begin, end)) {
      takeFirst();
      take(cells, found, text, from, to);
    } else if (found == 0 && onlyBlank) {
      firstIsPutOff = true;
    } else {
      takeFirst();
      take(cells, found, text, begin, end);
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
    if (firstIsPutOff && cells != null) {
      firstIsPutOff = false;
      take(cells, 0, new char[0], 0, 0);
    }
  }

  private void take(RowSink row, int column, char[] text, int from, int to) {
    if (column < expected && problem == null) {
      try {
        row.text(column, text, from, to);
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

  /**
   * Takes as many of a line's next cells as are of the kinds that are quickest to read: numerals
   * and single characters that a comma or the line's feed ends without more ado, in columns that
   * the header has. Any other cell is left to come as {@link #cell}.
   *
   * @param text holds the line as a whole, and ends at {@code to}
   * @param from where the next cell begins
   * @return where the next cell begins then, or the next line
   */
  int quickCells(char[] text, int from, int to) {
    takeFirst();
    if (cells == null || problem != null) {
      return from;
    }
    RowSink row = cells;
    int column = found;
    int at = from;
    char end = ',';
    try {
      while (column < expected && end == ',') {
        if (row.takesNumbers(column)) {
          double number = numerals.read(text, at, to);
          int behind = numerals.end();
          if (Double.isNaN(number) || !endsCell(text[behind])) {
            break;
          }
          end = text[behind];
          at = behind + 1;
          row.number(column++, number);
        } else {
          if (at + 1 == to || !endsCell(text[at + 1]) || !row.character(column, text[at])) {
            break;
          }
          end = text[at + 1];
          at += 2;
          column++;
        }
      }
    } catch (DataException e) {
      problem = e;
    }
    onlyBlank &= found == column;
    found = column;
    return at;
  }

  private static boolean endsCell(char c) {
    return c == ',' || c == '\n';
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
    breaks = 0;
    if (cells == null) {
      expected = names.size();
      cells =
          sink.rows(
              names.stream()
                  .map(name -> new SourceColumn(name, SourceColumn.Cells.WRITTEN))
                  .toList(),
              this);
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
    cells.endRow();
  }
}
