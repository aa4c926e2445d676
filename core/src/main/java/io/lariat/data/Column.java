package io.lariat.data;

import java.util.List;

/**
 * A column of the user's table. A numeric column is one feature; a categorical one is a feature for
 * each of its categories (one-hot), which stay together as a group under the column's name.
 *
 * @param name the column's name
 * @param categories the categories in the order of their features; empty for a numeric column
 */
public record Column(String name, List<String> categories) {

  /** Copies the list. */
  public Column {
    categories = List.copyOf(categories);
  }

  /** A column of numbers. */
  public static Column numeric(String name) {
    return new Column(name, List.of());
  }

  /**
   * The numeric columns {@code prefix + first}, {@code prefix + (first + 1)}, ... in a list that
   * does not change and takes no memory for each of them.
   *
   * @throws IllegalArgumentException if a number would be negative or above {@code 2^31 - 1}
   */
  public static List<Column> numbered(String prefix, int first, int count) {
    return new NumberedColumns(prefix, first, count);
  }

  /** Whether this column is one-hot encoded. */
  public boolean isCategorical() {
    return !categories.isEmpty();
  }

  /** How many features it makes. */
  public int width() {
    return isCategorical() ? categories.size() : 1;
  }

  /** The name of its feature {@code i}: {@code age}, or {@code color=red}. */
  public String featureName(int i) {
    return isCategorical() ? name + "=" + categories.get(i) : name;
  }
}
