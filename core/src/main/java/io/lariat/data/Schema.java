package io.lariat.data;

import io.lariat.internal.text.Excerpt;
import io.lariat.internal.text.NearNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What a data set's columns mean; a model keeps it to read new data the same way.
 *
 * @param columns the input columns in the order of their features
 * @param target the target
 */
public record Schema(List<Column> columns, Target target) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a column has no name, or two columns, two categories of one
   *     or two classes have the same, or a text is none that a file can hold
   */
  public Schema {
    if (!(columns instanceof NumberedColumns)) {
      columns = List.copyOf(columns);
      SchemaNames.check(columns);
    }
    SchemaNames.check(target);
  }

  /** Numeric columns {@code x0, x1, ...} for data that has no names. */
  public static Schema unnamed(int features, Target target) {
    return new Schema(unnamedColumns(features), target);
  }

  static List<Column> unnamedColumns(int features) {
    return Column.numbered("x", 0, features);
  }

  /** The number of features: inputs of a network. */
  public int features() {
    return columns instanceof NumberedColumns numbered
        ? numbered.size()
        : columns.stream().mapToInt(Column::width).sum();
  }

  /** The features' names, one-hot ones as {@code column=category}. */
  public List<String> featureNames() {
    if (columns instanceof NumberedColumns numbered) {
      return numbered.names();
    }
    List<String> names = new ArrayList<>();
    for (Column column : columns) {
      for (int i = 0; i < column.width(); i++) {
        names.add(column.featureName(i));
      }
    }
    return List.copyOf(names);
  }

  /** Where the features of {@code smaller}, whose columns are some of these, are among these. */
  int[] places(Schema smaller) {
    int[] places = new int[smaller.features()];
    int found = 0;
    for (Column wanted : smaller.columns) {
      int at = 0;
      for (Column column : columns) {
        if (column.equals(wanted)) {
          for (int i = 0; i < column.width(); i++) {
            places[found++] = at + i;
          }
        }
        at += column.width();
      }
    }
    if (found < places.length || !smaller.target.equals(target)) {
      throw new IllegalArgumentException(
          "schema: expected some of these columns and the same target");
    }
    return places;
  }

  /**
   * Checks that {@code names} are input columns.
   *
   * @throws DataException if one is not, saying which may have been meant
   */
  public void requireColumns(Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    List<String> inputs = columns.stream().map(Column::name).toList();
    for (String name : names) {
      if (name.equals(target.name())) {
        throw new DataException(
            "column " + Excerpt.of(name) + " is the target; name columns to predict it from");
      }
      if (!inputs.contains(name)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "no input column %s; %s",
                Excerpt.of(name),
                NearNames.remedy(name, inputs, "the data")));
      }
    }
  }
}
