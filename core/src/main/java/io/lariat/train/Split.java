package io.lariat.train;

import io.lariat.data.Dataset;
import io.lariat.model.Heads;
import java.util.Locale;

/**
 * The first rows are trained on, the rest validate; split before any shuffling, as Keras does.
 *
 * @param trainingRows how many are trained on
 * @param validationRows how many validate
 */
record Split(int trainingRows, int validationRows) {

  /**
   * Splits {@code data} at {@code floor(n (1 - share))}.
   *
   * @throws TrainingException if there are fewer than two rows to train on or none to validate on
   */
  static Split of(Dataset data, double share) {
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
    return new Split(training, n - training);
  }

  /**
   * Checks that there is something to learn, for a model that knows nothing yet.
   *
   * @throws TrainingException if all training targets are the same
   */
  void requireTwoTargets(Dataset data) {
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
