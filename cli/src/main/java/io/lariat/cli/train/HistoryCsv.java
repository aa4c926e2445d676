package io.lariat.cli.train;

import io.lariat.cli.output.RunFiles;
import io.lariat.train.Epoch;
import io.lariat.train.History;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code history.csv}: a line an epoch, with all digits; with the learning rate of its last step
 * where that varies.
 */
final class HistoryCsv {
  private HistoryCsv() {}

  /** The file's text. */
  static String of(History history) {
    StringBuilder text = new StringBuilder();
    text.append(RunFiles.HISTORY_START).append(history.metric());
    text.append(",val_loss,val_data_loss,val_").append(history.metric());
    List<Double> rates = history.learningRates();
    boolean varies = rates.stream().distinct().count() > 1;
    text.append(varies ? ",zeros,seconds,learning_rate\n" : ",zeros,seconds\n");
    for (Epoch epoch : history.epochs()) {
      text.append(epoch.number());
      text.append(',').append(epoch.loss());
      text.append(',').append(epoch.dataLoss());
      text.append(',').append(epoch.penalty());
      text.append(',').append(epoch.metric());
      Epoch.@Nullable Validation v = epoch.validation();
      if (v == null) {
        text.append(",,,");
      } else {
        text.append(',').append(v.loss());
        text.append(',').append(v.dataLoss());
        text.append(',').append(v.metric());
      }
      text.append(',').append(epoch.totalZeros());
      text.append(',').append(epoch.seconds());
      if (varies) {
        text.append(',').append(epoch.number() > rates.size() ? "" : rates.get(epoch.number() - 1));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
