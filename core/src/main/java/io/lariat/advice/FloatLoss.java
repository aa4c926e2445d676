package io.lariat.advice;

import io.lariat.data.Dataset;
import io.lariat.data.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is lost of features that are trained on as floats without being standardised. */
final class FloatLoss {
  /** A column whose spread is less than so many distances of neighbouring floats loses too much. */
  private static final int LEAST_STEPS = 1 << 10;

  private FloatLoss() {}

  /** For each dense feature that loses much a few words; of the first {@code rows} rows. */
  static List<String> of(Dataset data, int rows) {
    List<String> lost = new ArrayList<>();
    if (data.sparseRows() != null) {
      return lost;
    }
    List<String> names = data.schema().featureNames();
    double[] low = new double[data.features()];
    data.copyFeatures(0, 1, low);
    double[] high = low.clone();
    double[] row = low.clone();
    for (int i = 1; i < rows; i++) {
      data.copyFeatures(i, 1, row);
      for (int j = 0; j < row.length; j++) {
        low[j] = Math.min(low[j], row[j]);
        high[j] = Math.max(high[j], row[j]);
      }
    }
    for (int j = 0; j < row.length; j++) {
      float size = (float) Math.max(Math.abs(low[j]), Math.abs(high[j]));
      double steps = (high[j] - low[j]) / Math.ulp(size);
      if (high[j] > low[j] && steps < LEAST_STEPS && !isWhole(low[j], high[j])) {
        lost.add(
            String.format(
                Locale.ROOT,
                "%s from %s to %s",
                names.get(j),
                NumberText.of(low[j]),
                NumberText.of(high[j])));
      }
    }
    return lost;
  }

  /** Whether these are whole numbers and floats, such as codes: then so are those between. */
  private static boolean isWhole(double low, double high) {
    double most = Math.max(Math.abs(low), Math.abs(high));
    return low == Math.rint(low) && high == Math.rint(high) && most <= 1 << 24;
  }
}
