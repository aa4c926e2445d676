package io.lariat.data;

import java.util.Arrays;
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

  /** Mean and deviation of the features over the first {@code rows} rows of {@code data}. */
  public static Standardization ofFeatures(Dataset data, int rows) {
    int features = data.features();
    double[] mean = new double[features];
    double[] square = new double[features];
    double[] first = new double[features];
    double[] row = new double[features];
    data.copyFeatures(0, 1, first);
    // Sums of differences from the first row: a constant column gives exactly zero, and a large
    // common offset cancels before it can swallow the variance.
    for (int i = 0; i < rows; i++) {
      data.copyFeatures(i, 1, row);
      for (int j = 0; j < features; j++) {
        mean[j] += row[j] - first[j];
      }
    }
    for (int j = 0; j < features; j++) {
      mean[j] /= rows;
    }
    for (int i = 0; i < rows; i++) {
      data.copyFeatures(i, 1, row);
      for (int j = 0; j < features; j++) {
        double d = row[j] - first[j] - mean[j];
        square[j] += d * d;
      }
    }
    double[] deviation = new double[features];
    for (int j = 0; j < features; j++) {
      mean[j] += first[j];
      double d = Math.sqrt(square[j] / rows);
      deviation[j] = d > 0 ? d : 1;
    }
    return new Standardization(mean, deviation);
  }

  /** Mean and deviation of the target over the first {@code rows} rows of {@code data}. */
  public static Standardization ofTarget(Dataset data, int rows) {
    double[] targets = new double[rows];
    data.copyTargets(0, rows, targets);
    double mean = 0;
    for (double target : targets) {
      mean += target - targets[0];
    }
    mean /= rows;
    double square = 0;
    for (double target : targets) {
      double d = target - targets[0] - mean;
      square += d * d;
    }
    double d = Math.sqrt(square / rows);
    return new Standardization(new double[] {mean + targets[0]}, new double[] {d > 0 ? d : 1});
  }

  /** Standardises {@code rows} rows in place, in double. */
  public void apply(double[] values, int rows) {
    int features = mean.length;
    for (int i = 0, k = 0; i < rows; i++) {
      for (int j = 0; j < features; j++, k++) {
        values[k] = (values[k] - mean[j]) / deviation[j];
      }
    }
  }

  /** Standardises {@code rows} rows of {@code values} into {@code out}, rounding each once. */
  public void apply(double[] values, int rows, float[] out) {
    int features = mean.length;
    for (int i = 0, k = 0; i < rows; i++) {
      for (int j = 0; j < features; j++, k++) {
        out[k] = (float) ((values[k] - mean[j]) / deviation[j]);
      }
    }
  }

  /** Standardises {@code rows} rows from {@code from} on in place. */
  public void apply(float[] values, int from, int rows) {
    int features = mean.length;
    for (int i = 0; i < rows; i++) {
      int row = from + i * features;
      for (int j = 0; j < features; j++) {
        values[row + j] = (float) ((values[row + j] - mean[j]) / deviation[j]);
      }
    }
  }

  /** The value that feature {@code j} had before it was standardised to {@code z}. */
  public float invert(int j, float z) {
    return (float) (z * deviation[j] + mean[j]);
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
