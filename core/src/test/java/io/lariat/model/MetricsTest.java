package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {

  @Test
  void aucOfAKnownRanking() {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    double[] targets = {0, 0, 1, 1};
    assertThat(Metrics.auc(scores, targets)).isEqualTo(0.75);
  }

  @Test
  void aucCountsTiesHalf() {
    assertThat(Metrics.auc(new double[] {1, 1, 1, 1}, new double[] {0, 1, 0, 1})).isEqualTo(0.5);
  }

  @Test
  void aucOfOneClassIsUndefined() {
    assertThat(Metrics.auc(new double[] {1, 2}, new double[] {1, 1})).isNaN();
  }

  /** Against the definition: the share of pairs in the right order. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aucIsTheShareOfPairsInOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[60];
    double[] targets = new double[60];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(12);
      targets[i] = random.nextInt(2);
    }
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = 0; j < scores.length; j++) {
        if (targets[i] == 1 && targets[j] == 0) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(Metrics.auc(scores, targets)).isCloseTo(right / pairs, within(1e-12));
  }

  @Test
  void accuracies() {
    assertThat(Metrics.binaryAccuracy(new double[] {0.5, 0.6, 0.2}, new double[] {0, 1, 1}))
        .isEqualTo(2 / 3.0);
    assertThat(
            Metrics.categoricalAccuracy(
                new double[] {0.2, 0.5, 0.3, 0.4, 0.4, 0.2}, new double[] {1, 0}))
        .isEqualTo(1);
  }

  @Test
  void regressionMetrics() {
    double[] predictions = {1, 2, 4};
    double[] targets = {1, 3, 2};
    assertThat(Metrics.meanAbsoluteError(predictions, targets)).isEqualTo(1);
    assertThat(Metrics.meanSquaredError(predictions, targets)).isEqualTo(5 / 3.0);
    assertThat(Metrics.r2(predictions, targets)).isCloseTo(1 - 5 / 2.0, within(1e-12));
    assertThat(Metrics.r2(predictions, new double[] {1, 1, 1})).isNaN();
  }
}
