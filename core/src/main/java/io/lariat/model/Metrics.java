package io.lariat.model;

import java.util.Arrays;
import java.util.Map;

/** Metrics of predictions against targets; all arrays have one entry a row unless stated. */
public final class Metrics {

  private Metrics() {}

  /** Adds a metric unless the rows do not define it. */
  static void putIfDefined(Map<String, Double> metrics, String name, double value) {
    if (!Double.isNaN(value)) {
      metrics.put(name, value);
    }
  }

  /** The share of rows where {@code probability > 0.5} agrees with the target in {0, 1}. */
  public static double binaryAccuracy(double[] probabilities, double[] targets) {
    int right = 0;
    for (int i = 0; i < targets.length; i++) {
      if (probabilities[i] > 0.5 == targets[i] > 0.5) {
        right++;
      }
    }
    return right / (double) targets.length;
  }

  /**
   * The share of rows whose first largest probability is the target class.
   *
   * @param probabilities {@code [rows x classes]} row-major
   */
  public static double categoricalAccuracy(double[] probabilities, double[] targets) {
    int classes = probabilities.length / targets.length;
    int right = 0;
    for (int i = 0; i < targets.length; i++) {
      int best = 0;
      for (int j = 1; j < classes; j++) {
        if (probabilities[i * classes + j] > probabilities[i * classes + best]) {
          best = j;
        }
      }
      if (best == (int) targets[i]) {
        right++;
      }
    }
    return right / (double) targets.length;
  }

  /**
   * The area under the ROC curve: the probability that a positive row scores above a negative one,
   * ties counting half (Mann and Whitney's U over ranks); NaN if there is only one class.
   */
  public static double auc(double[] scores, double[] targets) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    double positives = 0;
    double rankSum = 0;
    for (int i = 0; i < order.length; ) {
      int end = i + 1;
      while (end < order.length && scores[order[end]] == scores[order[i]]) {
        end++;
      }
      double rank = (i + 1 + end) / 2.0;
      for (; i < end; i++) {
        if (targets[order[i]] > 0.5) {
          positives++;
          rankSum += rank;
        }
      }
    }
    double negatives = scores.length - positives;
    if (positives == 0 || negatives == 0) {
      return Double.NaN;
    }
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
  }

  /** The mean of {@code |prediction - target|}. */
  public static double meanAbsoluteError(double[] predictions, double[] targets) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      sum += Math.abs(predictions[i] - targets[i]);
    }
    return sum / targets.length;
  }

  /** The mean of {@code (prediction - target)^2}. */
  public static double meanSquaredError(double[] predictions, double[] targets) {
    double sum = 0;
    for (int i = 0; i < targets.length; i++) {
      double d = predictions[i] - targets[i];
      sum += d * d;
    }
    return sum / targets.length;
  }

  /**
   * The share of the targets' variance that is explained: {@code 1 - sum (p - y)^2 / sum (y - mean
   * y)^2}; NaN if the targets are constant.
   */
  public static double r2(double[] predictions, double[] targets) {
    double mean = 0;
    for (double y : targets) {
      mean += y;
    }
    mean /= targets.length;
    double total = 0;
    for (double y : targets) {
      total += (y - mean) * (y - mean);
    }
    return total == 0
        ? Double.NaN
        : 1 - meanSquaredError(predictions, targets) * targets.length / total;
  }
}
