package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which penalties there are. */
class PenaltyTest {

  @ParameterizedTest
  @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void strengthIsFiniteAndNotNegative(double wrong) {
    assertThatThrownBy(() -> Penalty.l1(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("penalty l1: expected a finite number of at least 0, found " + wrong);
    assertThatThrownBy(() -> Penalty.elasticNet(1, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("penalty l2: expected a finite number of at least 0, found " + wrong);
    assertThatThrownBy(() -> Penalty.group(wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("penalty group: expected a finite number of at least 0, found " + wrong);
  }

  @Test
  void noneIsZeroForEveryWeight() {
    assertThat(Penalty.NONE.isNone()).isTrue();
    assertThat(Penalty.l1(0).isNone()).isTrue();
    assertThat(Penalty.l1(1e-9).isNone()).isFalse();
    assertThat(Penalty.l2(1e-9).isNone()).isFalse();
    assertThat(Penalty.group(1e-9).isNone()).isFalse();
  }

  @Test
  void namesSayWhichStrengthIsWhich() {
    assertThat(Penalty.l1(0.1)).isEqualTo(new Penalty(0.1, 0));
    assertThat(Penalty.l2(0.1)).isEqualTo(new Penalty(0, 0.1));
    assertThat(Penalty.elasticNet(0.1, 0.2)).isEqualTo(new Penalty(0.1, 0.2));
    assertThat(Penalty.group(0.1)).isEqualTo(new Penalty(0, 0, 0.1));
    assertThat(new Penalty(0.1, 0.2)).isEqualTo(new Penalty(0.1, 0.2, 0));
  }
}
