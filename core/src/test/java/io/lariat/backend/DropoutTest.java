package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash behind dropout: fixed for ever, since models are reproduced with it, and fair. */
class DropoutTest {

  /** Made by the same finaliser written down elsewhere (Python, integers modulo 2^32). */
  @Test
  void hashIsTheOneInTheJavadoc() {
    int threshold = Dropout.threshold(0.5);
    StringBuilder mask = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      mask.append(Dropout.keeps(20251123, i, threshold) ? '1' : '0');
    }
    assertThat(mask).hasToString("1000010000110101101001000100001101101101");
  }

  @Test
  void rateZeroKeepsEverything() {
    for (int i = 0; i < 10_000; i++) {
      assertThat(Dropout.keeps(i * 31, i, Dropout.threshold(0))).isTrue();
    }
    assertThat(Dropout.scale(0)).isEqualTo(1);
  }

  @Test
  void thresholdIsTheRateInUnitsOf2ToTheMinus24() {
    assertThat(Dropout.threshold(0.5)).isEqualTo(1 << 23);
    assertThat(Dropout.threshold(0.25)).isEqualTo(1 << 22);
    assertThat(Dropout.scale(0.75)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void rateIsAFraction(double wrong) {
    assertThatThrownBy(() -> Dropout.threshold(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout rate: expected a number in [0, 1), found " + wrong);
  }

  /** Neighbouring places and neighbouring keys must not be dropped together. */
  @Test
  void masksOfNeighboursAreIndependent() {
    int n = 200_000;
    double rate = 0.3;
    int threshold = Dropout.threshold(rate);
    int nextPlace = 0;
    int nextKey = 0;
    for (int i = 0; i < n; i++) {
      boolean dropped = !Dropout.keeps(5, i, threshold);
      nextPlace += dropped && !Dropout.keeps(5, i + 1, threshold) ? 1 : 0;
      nextKey += dropped && !Dropout.keeps(6, i, threshold) ? 1 : 0;
    }
    double fiveDeviations = 5 * Math.sqrt(rate * rate / n);
    assertThat((double) nextPlace / n).isCloseTo(rate * rate, within(fiveDeviations));
    assertThat((double) nextKey / n).isCloseTo(rate * rate, within(fiveDeviations));
  }
}
