package io.lariat.data;

import io.lariat.internal.rows.RowBlocks;
import io.lariat.internal.text.CellKind;
import io.lariat.internal.text.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column of which it is not known yet whether it holds numbers or texts.
 *
 * <p>While the column has few distinct texts, a cell is stored as the text's code. From the row on
 * in which they become too many for categories, a cell is stored as its number; a text is then NaN,
 * and the column an error in the end. So one pass does, and what it keeps beside the cells is
 * bounded.
 *
 * <p>A column is numeric if at least half of its cells that are numbers or texts are numbers; words
 * for missing values count for neither.
 */
final class ColumnReader {
  /** A longer text is no category. */
  static final int LONGEST_TEXT = 200;

  /** What becomes of the column's cells. */
  enum Role {
    /** An input: at most 64 categories. */
    INPUT(InferredRows.MOST_CATEGORIES),
    /** A target of which the task is not known, or is a regression. */
    TARGET(ClassLabels.MOST),
    /** A target of classes, whose labels may be any texts. */
    CLASSES(ClassLabels.MOST);

    private final int limit;

    Role(int limit) {
      this.limit = limit;
    }
  }

  private final SourceColumns header;
  private final int column;
  private final Role role;
  private final int limit;
  private final TextCodes codes;
  private final boolean isWritten;
  private double[] values = new double[4];
  private CellKind[] kinds = new CellKind[4];
  private int numbersFrom = Integer.MAX_VALUE;
  private boolean hasOnlyNumbers = true;
  private long texts;
  private long neither;
  private long forPeople;
  private @Nullable String odd;
  private CellKind oddKind = CellKind.NUMBER;
  private String oddPlace = "";
  private int oddRow;
  private @Nullable Problem firstForPeople;
  private CellKind kindForPeople = CellKind.NUMBER;

  /** Reads column {@code column}. */
  ColumnReader(SourceColumns header, int column, Role role) {
    this.header = header;
    this.column = column;
    this.role = role;
    limit = role.limit;
    this.codes = new TextCodes(limit);
    isWritten = header.cells(column) == SourceColumn.Cells.WRITTEN;
    if (header.cells(column) == SourceColumn.Cells.NUMBERS) {
      numbersFrom = 0;
    }
  }

  /** Takes the cell of row {@code row}; what it returns is to be stored for {@link #stored}. */
  double accept(int row, char[] text, int from, int to) {
    if (row < numbersFrom) {
      int code = codes.find(text, from, to);
      if (code < 0) {
        code = learn(row, text, from, to);
      }
      if (code >= 0) {
        if (!hasOnlyNumbers) {
          count(kinds[code]);
        }
        return code;
      }
    }
    double number = CellKind.parse(text, from, to);
    if (Double.isNaN(number)) {
      String shown = new String(text, from, Math.min(to - from, LONGEST_TEXT));
      CellKind kind = CellKind.ofOdd(shown);
      count(kind);
      note(kind, shown, row);
    }
    return number;
  }

  /**
   * As {@link #accept}, for a cell that is {@code only} a letter or a digit that has been there
   * before, in less time; -1: it is not.
   */
  int codeOf(int row, char only) {
    int code = row < numbersFrom ? codes.find(only) : -1;
    if (code >= 0 && !hasOnlyNumbers) {
      count(kinds[code]);
    }
    return code;
  }

  /** Whether a cell of row {@code row} that is a number is stored as it is. */
  boolean storesNumbers(int row) {
    return row >= numbersFrom;
  }

  private int learn(int row, char[] text, int from, int to) {
    if (to - from > LONGEST_TEXT) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: a text of %d characters (%s) is neither a number nor a category; remove the"
                  + " column",
              header.at(column),
              to - from,
              Excerpt.of(new String(text, from, LONGEST_TEXT))));
    }
    header.requireNoControls(text, from, to, column);
    String cell = new String(text, from, to - from);
    int code = codes.add(cell);
    if (code < 0) {
      numbersFrom = row;
      if (numbers(row) == 0 && texts > 0) {
        throw isForPeople(row)
            ? new DataException(Objects.requireNonNull(firstForPeople).message())
            : tooMany(limit + 1);
      }
      return code;
    }
    if (code == values.length) {
      values = Arrays.copyOf(values, 2 * code);
      kinds = Arrays.copyOf(kinds, 2 * code);
    }
    values[code] = isWritten ? CellKind.parse(text, from, to) : Double.NaN;
    kinds[code] = kind(code, cell);
    hasOnlyNumbers &= kinds[code] == CellKind.NUMBER;
    note(kinds[code], cell, row);
    return code;
  }

  private CellKind kind(int code, String cell) {
    if (!isWritten) {
      return CellKind.TEXT;
    }
    return Double.isNaN(values[code]) ? CellKind.ofOdd(cell) : CellKind.NUMBER;
  }

  /** How many of the first {@code rows} cells are numbers, if these are all. */
  private long numbers(int rows) {
    return rows - texts - neither;
  }

  private void count(CellKind kind) {
    if (kind.isText()) {
      texts++;
      forPeople += kind.isNumberForPeople() ? 1 : 0;
    } else if (!kind.isNumeric()) {
      neither++;
    }
  }

  private void note(CellKind kind, String cell, int row) {
    if (firstForPeople == null && kind.isNumberForPeople()) {
      kindForPeople = kind;
      firstForPeople = new Problem(row, complaint(kind, cell));
    }
    if (odd == null && kind != CellKind.NUMBER) {
      odd = cell;
      oddKind = kind;
      oddPlace = at(cell);
      oddRow = row;
    }
  }

  /** Whether this is a column of numbers (though some cell may be none). */
  boolean isNumeric(int rows) {
    return numbers(rows) >= texts;
  }

  /** The first cell that is no number, in quotes. */
  String oddCell() {
    return odd == null ? "none" : Excerpt.of(odd);
  }

  /** Why the column cannot be used, or null. */
  @Nullable Problem problem(int rows) {
    if (isNumeric(rows)) {
      return odd == null
          ? null
          : new Problem(oddRow, oddPlace + oddKind.complaint() + orElse(oddKind, rows));
    }
    if (isForPeople(rows)) {
      return firstForPeople;
    }
    int distinct = codes.texts().size();
    if (numbersFrom != Integer.MAX_VALUE) {
      return new Problem(numbersFrom, String.valueOf(tooMany(distinct + 1).getMessage()));
    }
    return null;
  }

  private String at(String cell) {
    return header.at(column) + ": " + Excerpt.of(cell) + " ";
  }

  /** The other remedy where most cells are numbers, but few, and so may be meant as words. */
  private String orElse(CellKind kind, int rows) {
    int distinct = codes.texts().size();
    boolean areFew =
        numbersFrom == Integer.MAX_VALUE
            && distinct <= Math.min(NumberClasses.MOST_INFERRED, rows / 2);
    if (!kind.isText() || !(areFew || role == Role.CLASSES)) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        ", or put a letter before each cell of the column if these are %s",
        role == Role.INPUT ? "categories" : "classes");
  }

  private String complaint(CellKind kind, String cell) {
    return at(cell)
        + kind.complaint()
        + (role == Role.TARGET && kind.isNumberForPeople()
            ? ", or ask for the multiclass task if these are classes"
            : "");
  }

  /**
   * Whether a column of texts holds numbers in another notation, or dates, rather than categories:
   * at least half of its cells are such or plain numbers. Labels may look like these if classes are
   * asked for; and a few dates, as a few whole numbers, are taken for classes.
   */
  private boolean isForPeople(int rows) {
    boolean areClasses =
        role == Role.CLASSES
            || (role == Role.TARGET
                && kindForPeople == CellKind.DATE
                && codes.texts().size() <= NumberClasses.MOST_INFERRED);
    return forPeople > 0 && !areClasses && numbers(rows) + 2 * forPeople >= texts;
  }

  /** What is wrong first with a column, and in which row. */
  record Problem(int row, String message) {}

  /** Says that the column has so many distinct texts, or more. */
  DataException tooMany(int distinct) {
    List<String> known = codes.texts();
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s, column %s: %s%d distinct texts (%s, %s, %s, ...) are too many for categories;"
                + " remove the column or encode it as numbers",
            header.file(),
            Excerpt.of(header.names().get(column)),
            distinct > limit ? "at least " : "",
            distinct,
            Excerpt.of(known.get(0)),
            Excerpt.of(known.get(1)),
            Excerpt.of(known.get(2))));
  }

  /**
   * What is to be known of numbers that reading could not keep apart; null: nothing.
   *
   * @param numbers as they were read
   * @param j this column in them
   */
  @Nullable String merged(RowBlocks numbers, int j) {
    String name = header.names().get(column);
    @Nullable String seen = MergedNumbers.note(name, codes.texts(), values);
    return seen != null || !storesNumbers(numbers.rows() - 1)
        ? seen
        : MergedNumbers.note(name, numbers, j);
  }

  /** The distinct texts, if the column is not numeric; by code. */
  List<String> texts() {
    return codes.texts();
  }

  /** What the cells mean that were stored. */
  StoredColumn stored(int rows) {
    List<String> texts = codes.texts();
    List<String> categories = isNumeric(rows) ? List.of() : texts.stream().sorted().toList();
    double[] byCode = new double[texts.size()];
    for (int code = 0; code < byCode.length; code++) {
      byCode[code] = isNumeric(rows) ? values[code] : categories.indexOf(texts.get(code));
    }
    return new StoredColumn(categories, byCode, numbersFrom);
  }
}
