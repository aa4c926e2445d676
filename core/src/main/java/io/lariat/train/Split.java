package io.lariat.train;

import io.lariat.data.Dataset;
import io.lariat.model.Heads;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which rows are trained on and which validate: the first and the last ones of a data set, split
 * before any shuffling, as Keras does; or those of two data sets.
 *
 * @param data what is trained on
 * @param trainingRows how many rows of it, the first ones
 * @param validation where the rows that validate are
 * @param from the first of them
 * @param validationRows how many there are
 */
record Split(Dataset data, int trainingRows, Dataset validation, int from, int validationRows) {

  /**
   * Splits {@code data} at {@code floor(n (1 - share))}, unless other rows validate.
   *
   * @param others the rows that validate; null: a share of the data's
   * @throws TrainingException if there are fewer than two rows to train on or none to validate on
   */
  static Split of(Dataset data, double share, @Nullable Dataset others) {
    int n = data.rows();
    int training = share == 0 ? n : (int) Math.floor(n * (1 - share));
    if (training < 2 || (share > 0 && training == n)) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%s has %d rows, too few for a validation split of %s: %d to train on, %d to validate"
                  + " on; use more rows or another split",
              data.source(),
              n,
              share,
              training,
              n - training));
    }
    if (others == null) {
      return new Split(data, training, data, training, n - training);
    }
    if (data.sparseRows() != null && others.sparseRows() == null) {
      throw new TrainingException(
          String.format(
              Locale.ROOT,
              "%s has sparse rows, and %s, which is to validate, has none; read both from files of"
                  + " the same format",
              data.source(),
              others.source()));
    }
    return new Split(data, training, others.under(data.schema()), 0, others.rows());
  }

  /** Whether those that validate are of the same data. */
  boolean isShare() {
    return from > 0;
  }

  /** All rows that are looked at. */
  int rows() {
    return trainingRows + validationRows;
  }

  /**
   * Checks that there is something to learn, for a model that knows nothing yet.
   *
   * @throws TrainingException if all training targets are the same
   */
  void requireTwoTargets() {
    if (!data.hasOneTarget(trainingRows)) {
      return;
    }
    String what = Heads.of(data.task()).whereAllAre(data.schema().target(), data.target(0));
    throw new TrainingException(
        String.format(
            Locale.ROOT,
            "%s: all %d training rows %s; the file may be sorted by its target: shuffle its rows",
            data.source(),
            trainingRows,
            what));
  }
}
