package io.lariat.cli.train;

import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import org.jspecify.annotations.Nullable;

/** Says where overfitting is visible. */
final class Overfitting {
  private Overfitting() {}

  /** The note with its numbers; null where there is nothing to note. */
  static @Nullable String note(History history) {
    if (!history.overfits()) {
      return null;
    }
    Epoch best = history.epochs().get(history.bestValidationEpoch());
    Epoch last = history.last();
    Epoch.@Nullable Validation from = best.validation();
    Epoch.@Nullable Validation to = last.validation();
    if (from == null || to == null) {
      return null;
    }
    return Text.of(
        "overfitting is visible: the validation data loss rose from %s at epoch %d to %s at epoch"
            + " %d while the training data loss fell from %s to %s",
        Figures.number(from.dataLoss()),
        best.number(),
        Figures.number(to.dataLoss()),
        last.number(),
        Figures.number(best.dataLoss()),
        Figures.number(last.dataLoss()));
  }
}
