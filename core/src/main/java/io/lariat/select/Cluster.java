package io.lariat.select;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns that stand in for each other: every two of them are strongly correlated, so that chance
 * has a part in which of them is selected, on these rows and more so on a half of them. Whether any
 * column of a cluster is selected is less a matter of chance (Faletto and Bien 2022).
 *
 * @param columns their positions among the input columns, ascending; at least two
 * @param correlation the least absolute correlation of two of them; of categories the root of the
 *     share of the one's variance that the other explains
 * @param frequency the share of subsamples in which at least one of them was selected; null without
 *     stability selection
 * @param kept whether one of them is kept by name: such a cluster is no finding
 */
public record Cluster(
    List<Integer> columns, double correlation, @Nullable Double frequency, boolean kept) {

  /** Copies the list. */
  public Cluster {
    columns = List.copyOf(columns);
  }
}
