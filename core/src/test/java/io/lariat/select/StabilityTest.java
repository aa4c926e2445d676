package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.numeric.Permutation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bound of stability selection. */
@Tag("E4")
class StabilityTest {

  @ParameterizedTest
  @CsvSource({ // halves, q, pi, p, and by hand q^2 / p / c
    "50, 2, 0.76, 10, 0.4", // c = 1.04 / (4 * 0.26)
    "50, 2, 0.75, 10, 0.4", // 37.5 halves are 38
    "50, 2, 0.74, 10, 0.43478261", // c = 2 (0.48 - 0.02)
    "100, 3, 0.6, 30, 0.78947368", // c = 2 (0.2 - 0.01)
    "50, 2, 1, 10, 0.03076923", // c = 1.04 / (4 * 0.02)
    "50, 8, 0.75, 10, 12.30769231", // theta above 1 / sqrt(3): c = 0.52
    "50, 6, 0.54, 12, 37.5", // tau not above 1/2 + 1/50 + 3/16 nor 1/2 + 1/4: c = 0.08
    "2, 1, 0.9, 10, 0.1"
  })
  void isShahAndSamworths(int halves, double q, double threshold, int p, double bound) {
    Stability stability = new Stability(halves, q, threshold, p, 3);
    assertThat(stability.expectedFalse()).isCloseTo(bound, within(1e-8));
    assertThat(stability.isInformative()).isEqualTo(bound < 3);
  }

  @Test
  void withoutStableColumnsThereIsNothingToBound() {
    assertThat(new Stability(50, 0, 0.75, 10, 0).expectedFalse()).isZero();
    assertThat(new Stability(50, 0, 0.75, 0, 0).isInformative()).isFalse();
  }

  /** Halves that pick some of 20 at random: all that is stable is chance. */
  @ParameterizedTest
  @CsvSource({"4, 5, 0.6", "4, 25, 0.6", "8, 10, 0.7", "3, 3, 0.8"})
  void boundsWhatIsStableByGuessing(int picked, int pairs, double threshold) {
    RandomGenerator random = new SplittableRandom(7);
    int tables = 4000;
    double stable = 0;
    for (int t = 0; t < tables; t++) {
      int[] chosen = new int[20];
      int[] order = new int[20];
      Arrays.setAll(order, i -> i);
      for (int half = 0; half < 2 * pairs; half++) {
        Permutation.shuffle(order, random);
        for (int i = 0; i < picked; i++) {
          chosen[order[i]]++;
        }
      }
      for (int count : chosen) {
        stable += Stability.isStable(count / (2.0 * pairs), threshold) ? 1.0 / tables : 0;
      }
    }
    double bound = new Stability(2 * pairs, picked, threshold, 20, 1).expectedFalse();
    assertThat(stable).isLessThanOrEqualTo(bound);
  }
}
