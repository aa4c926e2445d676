package io.lariat.report;

import io.lariat.data.Dataset;
import io.lariat.data.Schema;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Small selections to report on. */
final class Selections {
  private Selections() {}

  /** 120 rows of 8 columns; the target is the sum of the first two and noise, or noise alone. */
  static Dataset data(boolean noise) {
    RandomGenerator random = new SplittableRandom(5);
    double[][] x = new double[120][8];
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = (noise ? 0 : 3 * x[i][0] - 2 * x[i][1]) + random.nextGaussian();
    }
    return Dataset.of(x, y);
  }

  static Selection selection(Dataset data, int pairs) {
    return FeatureSelector.create().linear().stability(pairs).fit(data);
  }

  static SelectionStudy study(boolean noise, int pairs) {
    Dataset data = data(noise);
    return study("made_up", data.schema(), selection(data, pairs));
  }

  static SelectionStudy study(String name, Schema schema, Selection selection) {
    return new SelectionStudy(
        name, schema, 120, selection, 0.05, Map.of("seed", "42"), List.of("a note"));
  }
}
