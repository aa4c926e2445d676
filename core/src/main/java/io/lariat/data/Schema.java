package io.lariat.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a data set's columns mean; a model keeps it to read new data the same way.
 *
 * @param columns the input columns in the order of their features
 * @param target the target
 */
public record Schema(List<Column> columns, Target target) {

  /** Copies the list. */
  public Schema {
    columns = List.copyOf(columns);
  }

  /** Numeric columns {@code x0, x1, ...} for data that has no names. */
  public static Schema unnamed(int features, Target target) {
    return new Schema(unnamedColumns(features), target);
  }

  static List<Column> unnamedColumns(int features) {
    return IntStream.range(0, features).mapToObj(i -> Column.numeric("x" + i)).toList();
  }

  /** The number of features: inputs of a network. */
  public int features() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /** The features' names, one-hot ones as {@code column=category}. */
  public List<String> featureNames() {
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
