package io.lariat.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void writesThreeSignificantDigits() {
    assertThat(Figures.digits(0.051234)).isEqualTo("0.0512");
    assertThat(Figures.digits(-0.051234)).isEqualTo("\u22120.0512");
    assertThat(Figures.digits(1)).isEqualTo("1.00");
    assertThat(Figures.digits(16_835.2)).isEqualTo("16,835");
    assertThat(Figures.digits(0)).isEqualTo("0");
    assertThat(Figures.digits(3.1e-7)).isEqualTo("3.10e-7");
    assertThat(Figures.digits(-2.5e12)).isEqualTo("\u22122.50e12");
    assertThat(Figures.digits(Double.NaN)).isEqualTo("not defined");
  }

  @Test
  void roundsNoShareToAFalseZeroOrHundred() {
    assertThat(Figures.share(0)).isEqualTo("0\u00a0%");
    assertThat(Figures.share(1)).isEqualTo("100\u00a0%");
    assertThat(Figures.share(1e-6)).isEqualTo("<0.1\u00a0%");
    assertThat(Figures.share(0.99999)).isEqualTo(">99.9\u00a0%");
    assertThat(Figures.share(0.2477)).isEqualTo("24.8\u00a0%");
  }

  @Test
  void writesSettingsAsTyped() {
    assertThat(Figures.setting(0.001)).isEqualTo("0.001");
    assertThat(Figures.setting(0)).isEqualTo("0");
    assertThat(Figures.setting(1e-12)).isEqualTo("1.0E-12");
    assertThat(Figures.count(12_096, "row")).isEqualTo("12,096 rows");
    assertThat(Figures.count(1, "row")).isEqualTo("1 row");
  }
}
