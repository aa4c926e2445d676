package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void writesThreeSignificantDigits() {
    assertThat(Digits.of(0.051234)).isEqualTo("0.0512");
    assertThat(Digits.of(-0.051234)).isEqualTo("\u22120.0512");
    assertThat(Digits.of(1)).isEqualTo("1.00");
    assertThat(Digits.of(16_835.2)).isEqualTo("16,835");
    assertThat(Digits.of(0)).isEqualTo("0");
    assertThat(Digits.of(3.1e-7)).isEqualTo("3.10e-7");
    assertThat(Digits.of(-2.5e12)).isEqualTo("\u22122.50e12");
    assertThat(Digits.of(Double.NaN)).isEqualTo("not defined");
  }

  @Test
  void roundsNoShareToAFalseZeroOrHundred() {
    assertThat(Digits.percent(0)).isEqualTo("0\u00a0%");
    assertThat(Digits.percent(1)).isEqualTo("100\u00a0%");
    assertThat(Digits.percent(1e-6)).isEqualTo("<0.1\u00a0%");
    assertThat(Digits.percent(0.99999)).isEqualTo(">99.9\u00a0%");
    assertThat(Digits.percent(0.2477)).isEqualTo("24.8\u00a0%");
  }

  @Test
  void writesSettingsAsTyped() {
    assertThat(Digits.setting(0.001)).isEqualTo("0.001");
    assertThat(Digits.setting(0)).isEqualTo("0");
    assertThat(Digits.setting(1e-12)).isEqualTo("1.0E-12");
    assertThat(Digits.count(12_096, "row")).isEqualTo("12,096 rows");
    assertThat(Digits.count(1, "row")).isEqualTo("1 row");
  }
}
