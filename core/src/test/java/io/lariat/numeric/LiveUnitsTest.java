package io.lariat.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveUnitsTest {
  /** 3 inputs, layers of 3, 2 and 1 units: kernels at 0, 9 and 15. */
  private static final int[] WIDTHS = {3, 3, 2, 1};

  private static LiveUnits of(Integer... weights) {
    Set<Integer> present = Set.of(weights);
    return LiveUnits.of(WIDTHS, e -> !present.contains(e));
  }

  @Test
  void whatLeadsToAnOutputIsLive() {
    // input 2 -> unit 1 -> unit 0 -> output; input 0 -> unit 2, which leads to a dead unit 1
    LiveUnits live = of(2 * 3 + 1, 2, 9 + 2, 9 + 2 * 2 + 1, 15);
    assertThat(live.units(2)).containsExactly(0);
    assertThat(live.units(1)).containsExactly(0);
    assertThat(live.units(0)).containsExactly(1);
    assertThat(live.inputs(0)).containsExactly(2);
    assertThat(live.inputs(1)).containsExactly(1);
    assertThat(live.isLive(0, 1)).isTrue();
    assertThat(live.isLive(0, 2)).isFalse();
    assertThat(live.isLive(1, 1)).isFalse();
    assertThat(live.readsInputs()).isTrue();
    // inputs 1 and 2 by unit 1, unit 1 by unit 0, unit 0 by the output, then their biases
    assertThat(live.positions(new int[] {1, 2})).containsExactly(4, 7, 11, 15, 18, 20, 22);
  }

  /** Unit 0 of the second layer stays, as a layer has at least one, though nothing leads on. */
  @Test
  void whereNothingIsLiveOneStaysAndIsNotCalledLive() {
    LiveUnits live = of(0, 9, 4);
    assertThat(live.units(1)).containsExactly(0);
    assertThat(live.units(0)).containsExactly(0);
    assertThat(live.inputs(0)).containsExactly(0);
    assertThat(live.isLive(2, 0)).isTrue();
    assertThat(live.isLive(1, 0)).isFalse();
    assertThat(live.isLive(0, 0)).isFalse();
  }

  @Test
  void withoutAnyWeightNoInputIsRead() {
    LiveUnits live = of();
    assertThat(live.readsInputs()).isFalse();
    assertThat(live.inputs(0)).containsExactly(0);
  }
}
