package io.lariat.compare;

import io.lariat.data.Schema;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Network;
import java.util.List;

/**
 * A comparison's rows, and what they are about.
 *
 * @param network the network, without any regularization
 * @param schema the data's columns and target
 * @param rows a row for each regularization, in the order of {@link Regularization}
 * @param dataRows how many rows the data has
 * @param testRows how many of them were kept for the test
 * @param folds the folds of the cross-validation; each training from a seed has one of them for
 *     validation
 * @param seeds how many trainings each figure is of
 */
public record ComparisonResult(
    Network network,
    Schema schema,
    List<ComparisonRow> rows,
    int dataRows,
    int testRows,
    int folds,
    int seeds) {

  /** Copies the list. */
  public ComparisonResult {
    rows = List.copyOf(rows);
  }

  /** What the networks' outputs are for, and what they are judged by. */
  public Head head() {
    return Heads.of(network.loss());
  }

  /** The row of {@code kind}. */
  public ComparisonRow row(Regularization kind) {
    return rows.stream()
        .filter(r -> r.regularization() == kind)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("comparison: has no row for " + kind.label()));
  }

  /** The rows as a table for people, of lines of the same length. */
  public List<String> table() {
    return ComparisonTable.lines(this);
  }
}
