package io.lariat.model;

import io.lariat.data.Column;
import io.lariat.data.Schema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Neighbouring input features whose rows of the first kernel are penalised together, such as the
 * one-hot features of one column: {@code factor * (l1 * sum |w| + l2 * sum w^2 + group * sqrt(rows)
 * * ||w||)}.
 *
 * @param rows how many features, at least 1
 * @param factor what the penalty is multiplied by: 1 unless there is a reason, 0 for features that
 *     are protected from it, other numbers for an adaptive penalty (Zou 2006); finite and not
 *     negative
 */
public record InputGroup(int rows, double factor) {

  /** One feature with the penalty as it is. */
  public static final InputGroup SINGLE = new InputGroup(1, 1);

  /** Checks the numbers. */
  public InputGroup {
    if (rows < 1) {
      throw new IllegalArgumentException("input group: expected at least 1 row, found " + rows);
    }
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "input group: expected a finite factor of at least 0, found " + factor);
    }
  }

  /**
   * One group for each column of {@code schema}.
   *
   * @param kept names of columns that are protected from the penalty: their factor is 0
   * @throws io.lariat.data.DataException if a name is no input column's
   */
  public static List<InputGroup> ofColumns(Schema schema, Collection<String> kept) {
    schema.requireColumns(kept);
    List<InputGroup> groups = new ArrayList<>();
    for (Column column : schema.columns()) {
      groups.add(new InputGroup(column.width(), kept.contains(column.name()) ? 0 : 1));
    }
    return List.copyOf(groups);
  }
}
