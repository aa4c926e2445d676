package io.lariat.train;

import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.internal.text.NumberText;
import org.jspecify.annotations.Nullable;

/** What is so large, where it is trained on as it is, that a training may well diverge of it. */
final class Unscaled {
  /** A size that a step with a usual learning rate can still cope with. */
  private static final double MOST = 1000;

  private Unscaled() {}

  /**
   * Says what reaches how far; null if nothing is large.
   *
   * @param features whether features are as they are in the data
   * @param target whether numbers to learn are
   */
  static @Nullable String named(Dataset data, boolean features, boolean target) {
    double greatest = MOST;
    @Nullable String name = null;
    for (int i = 0; target && i < data.rows(); i++) {
      if (Math.abs(data.target(i)) > greatest) {
        greatest = Math.abs(data.target(i));
        name = "target '" + data.schema().target().name() + "'";
      }
    }
    if (features) {
      double[] of = new double[data.features()];
      reach(data, of);
      for (int j = 0; j < of.length; j++) {
        if (of[j] > greatest) {
          greatest = of[j];
          name = "feature " + data.schema().featureNames().get(j);
        }
      }
    }
    return name == null
        ? null
        : name + " reaches " + NumberText.of(greatest) + " and is not scaled";
  }

  /** The greatest size of each feature's values. */
  private static void reach(Dataset data, double[] greatest) {
    @Nullable SparseRows sparse = data.sparseRows();
    double[] row = new double[sparse == null ? data.features() : 0];
    for (int i = 0; i < data.rows(); i++) {
      if (sparse == null) {
        data.copyFeatures(i, 1, row);
        for (int j = 0; j < row.length; j++) {
          greatest[j] = Math.max(greatest[j], Math.abs(row[j]));
        }
        continue;
      }
      for (int k = sparse.start(i); k < sparse.start(i + 1); k++) {
        int j = sparse.column(k);
        greatest[j] = Math.max(greatest[j], Math.abs(sparse.value(k)));
      }
    }
  }
}
