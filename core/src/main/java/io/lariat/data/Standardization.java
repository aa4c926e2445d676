package io.lariat.data;

import io.lariat.internal.text.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code z = (x - mean) / deviation} for each feature, in double, rounded once to float. The
 * deviation is that of the population (ddof 0); a feature that is constant has deviation 1 here and
 * so becomes 0. Immutable: arrays are copied on their way in and out.
 *
 * @param mean one number a feature
 * @param deviation one positive number a feature
 */
@SuppressWarnings("ArrayRecordComponent") // copied and compared by what they hold
public record Standardization(double[] mean, double[] deviation) {
  /** Greater differences than this might not add up to a double over all rows. */
  private static final double MOST_SPAN = 0x1p990;

  /** Checks the lengths and the deviations, and copies the arrays. */
  public Standardization {
    mean = mean.clone();
    deviation = deviation.clone();
    if (mean.length != deviation.length) {
      throw new IllegalArgumentException(
          "standardization: " + mean.length + " means, " + deviation.length + " deviations");
    }
    for (int j = 0; j < mean.length; j++) {
      if (!Double.isFinite(mean[j]) || !(deviation[j] > 0) || Double.isInfinite(deviation[j])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "standardization: feature %d has mean %s and deviation %s, expected finite numbers"
                    + " and a positive deviation",
                j,
                mean[j],
                deviation[j]));
      }
    }
  }

  /** The number of features. */
  public int features() {
    return mean.length;
  }

  /** A copy of the means. */
  @Override
  public double[] mean() {
    return mean.clone();
  }

  /** The mean of feature {@code j}. */
  public double mean(int j) {
    return mean[j];
  }

  /** A copy of the deviations. */
  @Override
  public double[] deviation() {
    return deviation.clone();
  }

  /** The deviation of feature {@code j}. */
  public double deviation(int j) {
    return deviation[j];
  }

  /**
   * Mean and deviation of the features over the first {@code rows} rows of {@code data}.
   *
   * @throws DataException if a feature's values are too far from each other
   */
  public static Standardization ofFeatures(Dataset data, int rows) {
    return of(rows, featureNames(data), (i, row) -> data.copyFeatures(i, 1, row));
  }

  /** Mean and deviation of the features over some rows of {@code data}. */
  public static Standardization ofFeatures(Dataset data, int[] rows) {
    return of(rows.length, featureNames(data), (i, row) -> data.copyFeatures(rows[i], 1, row));
  }

  /** Mean and deviation of the target over the first {@code rows} rows of {@code data}. */
  public static Standardization ofTarget(Dataset data, int rows) {
    return of(rows, targetName(data), (i, row) -> data.copyTargets(i, 1, row));
  }

  /** Mean and deviation of the target over some rows of {@code data}. */
  public static Standardization ofTarget(Dataset data, int[] rows) {
    return of(rows.length, targetName(data), (i, row) -> data.copyTargets(rows[i], 1, row));
  }

  /** Copies row {@code i} to {@code row}. */
  private interface RowReader {
    void read(int i, double[] row);
  }

  private static List<String> featureNames(Dataset data) {
    return data.schema().featureNames();
  }

  private static List<String> targetName(Dataset data) {
    return List.of(data.schema().target().name());
  }

  private static Standardization of(int rows, List<String> names, RowReader reader) {
    int width = names.size();
    double[] row = new double[width];
    reader.read(0, row);
    double[] first = row.clone();
    double[] low = row.clone();
    double[] high = row.clone();
    double[] mean = new double[width];
    // Sums of differences from the first row: a large common offset cancels before it can swallow
    // the variance.
    for (int i = 0; i < rows; i++) {
      reader.read(i, row);
      for (int j = 0; j < width; j++) {
        mean[j] += row[j] - first[j];
        low[j] = Math.min(low[j], row[j]);
        high[j] = Math.max(high[j], row[j]);
      }
    }
    double[] scale = new double[width];
    for (int j = 0; j < width; j++) {
      requireSpan(names.get(j), low[j], high[j]);
      mean[j] /= rows;
      scale[j] = scale(low[j], high[j]);
    }
    double[] square = new double[width];
    for (int i = 0; i < rows; i++) {
      reader.read(i, row);
      for (int j = 0; j < width; j++) {
        double d = row[j] * scale[j] - first[j] * scale[j] - mean[j] * scale[j];
        square[j] += d * d;
      }
    }
    double[] deviation = new double[width];
    for (int j = 0; j < width; j++) {
      mean[j] += first[j];
      double d = Math.sqrt(square[j] / rows) / scale[j];
      deviation[j] = low[j] == high[j] ? 1 : Math.max(d, Double.MIN_VALUE);
    }
    return new Standardization(mean, deviation);
  }

  private static void requireSpan(String name, double low, double high) {
    if (!(high - low < MOST_SPAN)) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "column %s: goes from %s to %s, which is too far to be standardised; rescale it",
              Excerpt.of(name),
              low,
              high));
    }
  }

  /**
   * A power of two by which the differences of numbers from {@code low} to {@code high} are brought
   * near 1, so that their squares neither overflow nor vanish; it changes no bit of the result.
   */
  private static double scale(double low, double high) {
    int exponent = Math.getExponent(high - low);
    return Math.scalb(1.0, -Math.max(exponent, Double.MIN_EXPONENT));
  }

  /** Feature {@code j}'s {@code value} standardised. */
  public double apply(int j, double value) {
    return (value - mean[j]) / deviation[j];
  }

  /** Standardises {@code rows} rows in place, in double. */
  public void apply(double[] values, int rows) {
    int features = mean.length;
    for (int i = 0, k = 0; i < rows; i++) {
      for (int j = 0; j < features; j++, k++) {
        values[k] = apply(j, values[k]);
      }
    }
  }

  /**
   * Standardises {@code rows} rows of {@code values} from {@code values[from]} on into {@code out},
   * rounding each number once.
   */
  public void apply(double[] values, int from, int rows, float[] out) {
    int features = mean.length;
    for (int i = 0, k = 0; i < rows; i++) {
      for (int j = 0; j < features; j++, k++) {
        out[k] = (float) apply(j, values[from + k]);
      }
    }
  }

  /** Standardises {@code rows} rows from {@code from} on in place. */
  public void apply(float[] values, int from, int rows) {
    int features = mean.length;
    for (int i = 0; i < rows; i++) {
      int row = from + i * features;
      for (int j = 0; j < features; j++) {
        values[row + j] = (float) apply(j, values[row + j]);
      }
    }
  }

  /** The value that feature {@code j} had before it was standardised to {@code z}. */
  public double invert(int j, double z) {
    return z * deviation[j] + mean[j];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Standardization that
        && Arrays.equals(mean, that.mean)
        && Arrays.equals(deviation, that.deviation);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(mean) + Arrays.hashCode(deviation);
  }

  @Override
  public String toString() {
    return "Standardization of " + mean.length + (mean.length == 1 ? " feature" : " features");
  }
}
