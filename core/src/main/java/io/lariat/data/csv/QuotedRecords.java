package io.lariat.data.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;

/**
 * Reads records that are no plain lines through FastCSV, which alone says where they end: it gets
 * one line of the text at a time, the next only if it asks for it, and so has looked at nothing
 * beyond the record.
 */
final class QuotedRecords {
  private final TextWindow text;
  private final CsvRows rows;
  private final CloseableIterator<Boolean> records;
  private long linesElsewhere;
  private long lines;
  private int known;
  private boolean lastWasReturn;
  private boolean hasLoneReturn;

  /** Takes records from {@code text}, whose cells go to {@code rows}. */
  QuotedRecords(TextWindow text, CsvRows rows) {
    this.text = text;
    this.rows = rows;
    records =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .maxBufferSize(CsvFile.LONGEST_CELL)
            .build(new Cells(), new Lines())
            .iterator();
  }

  /**
   * Reads the next record; if a carriage return alone has ended a line, all that follow too, as
   * nothing tells then how far FastCSV has looked.
   *
   * @param linesBefore how many lines of the text were read, but not here
   * @param cellsBefore how many cells of the record its rows have got already
   * @return whether there was a record
   */
  boolean read(long linesBefore, int cellsBefore) {
    linesElsewhere = linesBefore;
    known = cellsBefore;
    boolean any = records.hasNext();
    boolean more = any;
    while (more) {
      records.next();
      more = hasLoneReturn && records.hasNext();
    }
    return any;
  }

  /** How many lines were read here so far. */
  long lines() {
    return lines;
  }

  /** Hands cells on; a record is {@code TRUE}, so that the parser stops after it. */
  private final class Cells extends AbstractBaseCsvCallbackHandler<Boolean> {
    @Override
    protected void handleBegin(long line) {
      if (known == 0) {
        rows.begin(linesElsewhere + line);
      }
    }

    @Override
    protected void handleField(int index, char[] chars, int from, int length, boolean quoted) {
      if (index >= known) {
        rows.cell(chars, from, from + length, quoted);
      }
    }

    @Override
    protected Boolean buildRecord() {
      rows.end();
      known = 0;
      return Boolean.TRUE;
    }
  }

  /** The text, at most a line at a time. */
  private final class Lines extends Reader {
    @Override
    public int read(char[] out, int at, int room) throws IOException {
      // Two characters, so that a line's end of two is never torn.
      while (text.length() < 2 && text.fill()) {}
      if (text.length() == 0) {
        text.requireNoFailure();
        return -1;
      }
      int length = lineLength(Math.min(room, text.length()));
      System.arraycopy(text.chars, text.from, out, at, length);
      text.from += length;
      return length;
    }

    private int lineLength(int most) {
      for (int i = 0; i < most; i++) {
        char c = text.chars[text.from + i];
        if (lastWasReturn && c != '\n') {
          hasLoneReturn = true;
        }
        lastWasReturn = c == '\r';
        if (c == '\n') {
          lines++;
          return i + 1;
        }
      }
      if (lastWasReturn && most > 1) {
        lastWasReturn = false;
        return most - 1;
      }
      return most;
    }

    @Override
    public void close() {}
  }
}
