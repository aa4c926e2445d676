package io.lariat.data;

import java.util.AbstractList;
import java.util.Locale;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Numeric columns whose names are a prefix and consecutive numbers, each made when it is asked for:
 * ten million of them take no memory.
 */
final class NumberedColumns extends AbstractList<Column> implements RandomAccess {
  private final String prefix;
  private final int first;
  private final int count;

  NumberedColumns(String prefix, int first, int count) {
    if (first < 0 || count < 0 || (long) first + count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "columns: expected numbers from 0 to 2^31 - 1, found %d from %d on",
              count,
              first));
    }
    this.prefix = prefix;
    this.first = first;
    this.count = count;
  }

  @Override
  public Column get(int i) {
    return Column.numeric(name(i));
  }

  private String name(int i) {
    return prefix + (first + Objects.checkIndex(i, count));
  }

  @Override
  public int size() {
    return count;
  }

  /** The columns' names, each made when it is asked for. */
  AbstractList<String> names() {
    return new Names();
  }

  private final class Names extends AbstractList<String> implements RandomAccess {
    @Override
    public String get(int i) {
      return name(i);
    }

    @Override
    public int size() {
      return count;
    }
  }
}
