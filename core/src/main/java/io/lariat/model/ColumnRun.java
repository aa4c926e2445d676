package io.lariat.model;

import io.lariat.data.Column;
import java.util.List;

/**
 * Columns in a row that are numeric and called by a prefix and consecutive numbers.
 *
 * @param prefix what stands before the numbers; ends with no digit
 * @param first the first number
 * @param count how many columns; 0 if the first is not called so
 */
record ColumnRun(String prefix, int first, int count) {
  /** So many digits are an int. */
  private static final int MOST_DIGITS = 9;

  private static final ColumnRun NONE = new ColumnRun("", 0, 0);

  /** The run that begins at column {@code from} of {@code columns}. */
  static ColumnRun at(List<Column> columns, int from) {
    String name = columns.get(from).name();
    int digits = name.length();
    while (digits > 0 && isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    int length = name.length() - digits;
    if (columns.get(from).isCategorical()
        || length == 0
        || length > MOST_DIGITS
        || (length > 1 && name.charAt(digits) == '0')) {
      return NONE;
    }
    String prefix = name.substring(0, digits);
    int first = Integer.parseInt(name.substring(digits));
    int count = 1;
    while (from + count < columns.size()
        && isCalled(columns.get(from + count), prefix, first + count)) {
      count++;
    }
    return new ColumnRun(prefix, first, count);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isCalled(Column column, String prefix, int number) {
    return !column.isCategorical()
        && column.name().startsWith(prefix)
        && column.name().equals(prefix + number);
  }
}
