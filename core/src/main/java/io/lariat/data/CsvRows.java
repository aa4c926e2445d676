package io.lariat.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes fields from FastCSV: the first record is the header, every other one a row for the sink.
 * Trims cells, skips blank lines, keeps count of lines, and reports a row of the wrong length
 * rather than what its shifted cells look like.
 */
final class CsvRows extends AbstractBaseCsvCallbackHandler<Void> {
  private final String file;
  private final RowSink sink;
  private final List<String> names = new ArrayList<>();
  private @Nullable CsvHeader header;
  private @Nullable DataException problem;
  private boolean onlyBlank;
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

  @Override
  protected void handleBegin(long startingLineNumber) {
    line = startingLineNumber;
    breaks = 0;
    onlyBlank = true;
    problem = null;
  }

  @Override
  protected void handleField(int index, char[] text, int from, int length, boolean quoted) {
    int begin = from;
    int end = from + length;
    while (begin < end && isBlank(text[begin])) {
      begin++;
    }
    while (begin < end && isBlank(text[end - 1])) {
      end--;
    }
    onlyBlank &= begin == end && !quoted;
    if (header == null) {
      names.add(new String(text, begin, end - begin));
    } else if (index < header.names().size() && problem == null) {
      try {
        sink.cell(index, text, begin, end, line + breaks);
      } catch (DataException e) {
        problem = e;
      }
    }
    if (quoted) {
      breaks += lineBreaks(text, from, from + length);
    }
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c == '\u00a0' || c == '\ufeff';
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
   * Called after a record's last field; a result of null: there is nothing to hand to the caller.
   */
  @Override
  protected @Nullable Void buildRecord() {
    int found = getFieldCount();
    if (onlyBlank && found <= 1) {
      names.clear();
      return null;
    }
    if (header == null) {
      header = new CsvHeader(file, line, names);
      sink.header(header);
      return null;
    }
    int expected = header.names().size();
    if (found != expected) {
      throw new DataException(
          String.format(
              "%s line %d: found %d cell%s, expected %d as in the header; look for a missing or an"
                  + " unquoted comma",
              file, line, found, found == 1 ? "" : "s", expected));
    }
    if (problem != null) {
      throw problem;
    }
    sink.endRow();
    rows++;
    return null;
  }
}
