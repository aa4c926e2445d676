package io.lariat.cli;

import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import java.util.List;

/** The columns that {@code --keep} names. */
final class KeptColumns {
  private KeptColumns() {}

  /**
   * Checks that they are input columns.
   *
   * @throws Failure if one is not, saying which may have been meant
   */
  static void check(List<String> keep, Dataset data) {
    try {
      data.schema().requireColumns(keep);
    } catch (DataException e) {
      throw Failure.usage("--keep: " + data.source() + ": " + e.getMessage());
    }
  }
}
