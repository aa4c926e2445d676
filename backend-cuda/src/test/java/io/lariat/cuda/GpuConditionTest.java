package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GpuConditionTest {

  @Test
  void runsWithAGpu() {
    assertThat(GpuCondition.verdict(null, false).isDisabled()).isFalse();
    assertThat(GpuCondition.verdict(null, true).isDisabled()).isFalse();
  }

  @Test
  void skipsWithoutAndSaysWhy() {
    assertThat(GpuCondition.verdict("it is at the mender's", false))
        .satisfies(verdict -> assertThat(verdict.isDisabled()).isTrue())
        .satisfies(verdict -> assertThat(verdict.getReason().orElseThrow()).contains("mender"));
  }

  @Test
  void failsWithoutWhereOneIsRequired() {
    assertThatThrownBy(() -> GpuCondition.verdict("it is at the mender's", true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "LARIAT_REQUIRE_GPU=1 asks for a GPU, and none can be used: it is at the mender's");
  }
}
