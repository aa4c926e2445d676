package io.lariat.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which products are taken. */
class PanelsTest {

  @Test
  void littleWorkIsScalarAndSoIsAllWithoutAProvider() {
    assertThat(Panels.of(1e6)).isInstanceOf(ScalarPanels.class);
    assertThat(Panels.of(1e12)).isInstanceOf(ScalarPanels.class);
  }
}
