package io.lariat.simd.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The choice between one thread and all, on made-up times. */
class PaceTest {

  /** How many of {@code steps} steps were shared, if a step takes what {@code times} says. */
  private static int shared(Pace pace, int steps, ToLongFunction<Boolean> times) {
    int count = 0;
    for (int i = 0; i < steps; i++) {
      boolean isShared = pace.isShared();
      count += isShared ? 1 : 0;
      pace.took(times.applyAsLong(isShared));
    }
    return count;
  }

  @Test
  void findsOutThatSharingIsFaster() {
    Pace pace = new Pace();
    assertThat(pace.isShared()).isFalse();
    shared(pace, 200, isShared -> isShared ? 60 : 100);
    assertThat(shared(pace, 10_000, isShared -> isShared ? 60 : 100)).isGreaterThan(9_500);
  }

  @Test
  void findsOutThatOneThreadIsFaster() {
    Pace pace = new Pace();
    pace.startShared();
    shared(pace, 200, isShared -> isShared ? 110 : 100);
    assertThat(shared(pace, 10_000, isShared -> isShared ? 110 : 100)).isLessThan(500);
  }

  @Test
  void staysWhereNothingIsToBeGained() {
    Pace pace = new Pace();
    pace.startShared();
    assertThat(shared(pace, 10_000, isShared -> isShared ? 100 : 98)).isGreaterThan(9_500);
  }

  /** Another program takes a processor: a shared step waits for a thread that does not run. */
  @Test
  void leavesABusyMachineWithinAHundredSteps() {
    Pace pace = new Pace();
    pace.startShared();
    assertThat(shared(pace, 20_000, isShared -> isShared ? 60 : 100)).isGreaterThan(19_000);
    assertThat(shared(pace, 100, isShared -> isShared ? 3000 : 110)).isLessThan(90);
    assertThat(shared(pace, 5_000, isShared -> isShared ? 3000 : 110)).isLessThan(100);
    shared(pace, 1_100, isShared -> isShared ? 60 : 100);
    assertThat(shared(pace, 1_000, isShared -> isShared ? 60 : 100)).isGreaterThan(900);
  }

  @Test
  void breaksOffAHopelessTrial() {
    Pace pace = new Pace();
    long[] slow = {0};
    shared(
        pace,
        Pace.SHORTEST_WAIT + Pace.TRIAL_STEPS,
        isShared -> {
          slow[0] += isShared ? 1 : 0;
          return isShared ? 1000 : 100;
        });
    assertThat(slow[0]).isEqualTo(3);
  }
}
