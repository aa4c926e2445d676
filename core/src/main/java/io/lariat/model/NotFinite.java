package io.lariat.model;

import io.lariat.data.Standardization;
import io.lariat.internal.text.Excerpt;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words why a model's outputs for a row are not finite. */
final class NotFinite {
  private NotFinite() {}

  /** The cause: an input that is not finite, the input that is farthest out, or the weights. */
  static String cause(Model model, double[] row) {
    @Nullable Standardization standardization = model.standardization();
    int farthest = -1;
    double distance = -1;
    for (int j = 0; j < row.length; j++) {
      if (!model.weights().usesInput(j)) {
        continue;
      }
      if (!Double.isFinite(row[j])) {
        return "input " + name(model, j) + " is " + row[j];
      }
      double z =
          standardization == null ? Math.abs(row[j]) : Math.abs(standardization.apply(j, row[j]));
      if (z > distance) {
        farthest = j;
        distance = z;
      }
    }
    double weight = largestWeight(model.weights());
    if (farthest < 0 || distance < weight) {
      return String.format(
          Locale.ROOT,
          "the model's weights, up to %.3g, make its sums larger than a %s holds",
          weight,
          model.weights().isExact() ? "double" : "float");
    }
    return "input "
        + name(model, farthest)
        + " is "
        + row[farthest]
        + (standardization == null ? ", too large for the model's sums" : deviations(distance));
  }

  private static String deviations(double distance) {
    return Double.isInfinite(distance)
        ? ", more deviations from its mean in training than a double can say"
        : String.format(Locale.ROOT, ", %.3g deviations from its mean in training", distance);
  }

  private static String name(Model model, int input) {
    return Excerpt.of(model.schema().featureNames().get(input));
  }

  private static double largestWeight(Weights weights) {
    double largest = 0;
    for (double w : weights.doubles()) {
      largest = Math.max(largest, Math.abs(w));
    }
    return largest;
  }
}
