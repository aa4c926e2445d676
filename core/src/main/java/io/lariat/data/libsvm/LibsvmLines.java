package io.lariat.data.libsvm;

import io.lariat.data.DataException;
import io.lariat.data.SparseSink;
import io.lariat.data.TableSink;
import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.DecimalDouble;
import io.lariat.internal.text.Excerpt;

/** Takes a libsvm file's lines apart. */
final class LibsvmLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String QUERY = "qid";

  private final String file;
  private final SparseSink sink;
  private final DecimalDouble numerals = new DecimalDouble();
  private char[] text = new char[1024];
  private int length;
  private int at;
  private long line;
  private Labels labels = Labels.UNKNOWN;
  private long emptyBefore;

  /** What the first line that is not empty says of labels. */
  private enum Labels {
    UNKNOWN,
    ON_LINES,
    ON_NONE
  }

  /** Lines of {@code file}, as messages call it, that go into {@code table}. */
  LibsvmLines(String file, TableSink table) {
    this.file = file;
    sink = table.sparseRows(this::place);
  }

  /** Takes the next line. */
  void take(String read) {
    String next = line == 0 && read.startsWith(BYTE_ORDER_MARK) ? read.substring(1) : read;
    line++;
    int comment = next.indexOf('#');
    length = comment < 0 ? next.length() : comment;
    if (length > text.length) {
      text = new char[2 * length];
    }
    next.getChars(0, length, text, 0);
    at = 0;
    if (skipBlanks()) {
      if (comment < 0) {
        takeEmptyLine();
      }
      return;
    }
    int end = tokenEnd();
    double label = Double.NaN;
    String written = "";
    if (indexOfColon(end) < 0) {
      requireOneLabel(end);
      label = number(at, end, "the label");
      written = new String(text, at, end - at);
      at = end;
    }
    takeLabels(Double.isNaN(label) ? Labels.ON_NONE : Labels.ON_LINES);
    if (Double.isNaN(label)) {
      sink.noLabel();
    } else {
      sink.label(label, written);
    }
    int before = -1;
    while (!skipBlanks()) {
      before = element(before);
    }
    sink.endRow();
  }

  private void takeEmptyLine() {
    if (labels == Labels.ON_NONE) {
      sink.noLabel();
      sink.endRow();
    } else if (labels == Labels.UNKNOWN) {
      emptyBefore++;
    }
  }

  /** Takes note of whether this line, which is not empty, has a label. */
  private void takeLabels(Labels here) {
    if (labels == Labels.UNKNOWN) {
      labels = here;
      for (long i = 0; i < emptyBefore && here == Labels.ON_NONE; i++) {
        sink.noLabel();
        sink.endRow();
      }
    }
  }

  private void requireOneLabel(int end) {
    int comma = new String(text, at, end - at).indexOf(',');
    if (comma < 0) {
      return;
    }
    boolean hasElements = new String(text, 0, length).indexOf(':') >= 0;
    throw new DataException(
        where()
            + "found "
            + excerpt(at, end)
            + (hasElements
                ? ", several labels; give one a line"
                : ", which is CSV; read it as such (--format csv), or see the libsvm format"));
  }

  /** Takes the next element; its index. */
  private int element(int before) {
    int end = tokenEnd();
    int colon = indexOfColon(end);
    if (colon < 0) {
      throw new DataException(
          where() + "expected index:value, found " + excerpt(at, end) + "; see the libsvm format");
    }
    int index = index(colon);
    if (index <= before) {
      throw new DataException(
          where()
              + "index "
              + index
              + " comes after "
              + before
              + "; sort the elements of the line and give each index once");
    }
    sink.element(index, number(colon + 1, end, "the value of index " + index));
    at = end;
    return index;
  }

  private int index(int colon) {
    if (colon - at == QUERY.length() && new String(text, at, colon - at).equals(QUERY)) {
      throw new DataException(
          where()
              + excerpt(at, tokenEnd())
              + " says to which query a row belongs, which Lariat knows nothing of; remove it from"
              + " each line, for example by sed 's/ qid:[0-9]*//'");
    }
    long index = 0;
    boolean isRight = colon > at;
    for (int i = at; i < colon; i++) {
      isRight &= text[i] >= '0' && text[i] <= '9' && colon - at <= 10;
      index = 10 * index + (text[i] - '0');
    }
    // one less than the greatest int, so that the number of features is an int
    if (!isRight || index >= Integer.MAX_VALUE) {
      throw new DataException(
          where()
              + "expected an index from 0 to 2147483646 before the colon, found "
              + excerpt(at, colon));
    }
    return (int) index;
  }

  private double number(int from, int to, String what) {
    double value = numerals.read(text, from, to);
    if (Double.isNaN(value) || numerals.end() != to) {
      value = CellKind.parse(text, from, to);
    }
    if (!Double.isFinite(value)) {
      String found = new String(text, from, to - from);
      CellKind kind = CellKind.ofOdd(found);
      if (kind.isNumeric()) {
        throw new DataException(
            where() + what + ", " + Excerpt.of(found) + ", " + kind.complaint());
      }
      throw new DataException(
          where() + "expected a number as " + what + ", found " + excerpt(from, to));
    }
    return value;
  }

  private boolean skipBlanks() {
    while (at < length && text[at] <= ' ') {
      at++;
    }
    return at == length;
  }

  private int tokenEnd() {
    int end = at;
    while (end < length && text[end] > ' ') {
      end++;
    }
    return end;
  }

  private int indexOfColon(int end) {
    for (int i = at; i < end; i++) {
      if (text[i] == ':') {
        return i;
      }
    }
    return -1;
  }

  private String place() {
    return file + " line " + line;
  }

  private String where() {
    return place() + ": ";
  }

  private String excerpt(int from, int to) {
    return Excerpt.of(new String(text, from, to - from));
  }
}
