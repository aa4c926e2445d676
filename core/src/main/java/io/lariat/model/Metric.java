package io.lariat.model;

/**
 * What a model is judged by beside its loss.
 *
 * @param name as tables and files have it: {@code accuracy}
 * @param label as it is said to people: {@code accuracy}, {@code MAE}
 * @param isShare whether it is a share from 0 to 1, and not in units of the target
 * @param isMoreBetter whether the larger of two is the better
 */
public record Metric(String name, String label, boolean isShare, boolean isMoreBetter) {
  /** The share of rows whose class is right. */
  static final Metric ACCURACY = new Metric("accuracy", "accuracy", true, true);

  /** The mean absolute error, in the target's units. */
  static final Metric MEAN_ABSOLUTE_ERROR = new Metric("mae", "MAE", false, false);
}
