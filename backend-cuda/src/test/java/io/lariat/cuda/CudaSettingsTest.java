package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaSettingsTest {

  @AfterEach
  void clear() {
    System.clearProperty(CudaSettings.TF32_PROPERTY);
    System.clearProperty(CudaSettings.LARGE_PROPERTY);
    System.clearProperty(ReplayMode.PROPERTY);
  }

  @Test
  void roundingIsOffUnlessAskedFor() {
    assertThat(CudaSettings.fromSystemProperties().tf32()).isFalse();
    assertThat(CudaSettings.fromSystemProperties().replay()).isEqualTo(ReplayMode.AUTO);
    System.setProperty(CudaSettings.TF32_PROPERTY, " true ");
    System.setProperty(CudaSettings.LARGE_PROPERTY, "1e6");
    System.setProperty(ReplayMode.PROPERTY, "program");
    assertThat(CudaSettings.fromSystemProperties())
        .isEqualTo(new CudaSettings(true, ReplayMode.PROGRAM, 1e6));
  }

  @ParameterizedTest
  @CsvSource({
    "lariat.cuda.tf32, yes, 'true or false'",
    "lariat.cuda.large, many, 'a number of multiplications'",
    "lariat.cuda.large, -1, 'a number of multiplications'",
    "lariat.cuda.large, NaN, 'a number of multiplications'",
    "lariat.cuda.replay, fast, 'auto, graph, program'"
  })
  void whatMakesNoSenseIsRefused(String property, String value, String expected) {
    System.setProperty(property, value);
    assertThatThrownBy(CudaSettings::fromSystemProperties)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("system property %s: expected %s, found '%s'", property, expected, value);
  }
}
