package io.lariat.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B1")
class OccupancyTest {
  private final Occupancy occupancy = new Occupancy();

  /** What another thread is told that tries to enter, or "entered". */
  private String tryFrom(Thread.Builder builder) throws InterruptedException {
    AtomicReference<String> told = new AtomicReference<>("entered");
    builder
        .start(
            () -> {
              try {
                occupancy.enter();
                occupancy.leave();
              } catch (IllegalStateException e) {
                told.set(String.valueOf(e.getMessage()));
              }
            })
        .join();
    return told.get();
  }

  @Test
  void aThreadEntersAgainAndOthersWaitForItsLastLeave() throws Exception {
    occupancy.enter();
    occupancy.enter();
    occupancy.leave();
    assertThat(tryFrom(Thread.ofPlatform()))
        .startsWith("this backend is in use by thread " + Thread.currentThread().getName() + ", ");
    occupancy.leave();
    assertThat(tryFrom(Thread.ofPlatform())).isEqualTo("entered");
    assertThat(tryFrom(Thread.ofVirtual())).isEqualTo("entered");
  }

  @Test
  void aThreadWithoutANameIsCalledByItsNumber() throws Exception {
    AtomicReference<String> told = new AtomicReference<>("");
    Thread.ofVirtual()
        .start(
            () -> {
              occupancy.enter();
              try {
                told.set(tryFrom(Thread.ofPlatform()));
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              } finally {
                occupancy.leave();
              }
            })
        .join();
    assertThat(told.get()).matches("this backend is in use by thread #\\d+, and takes .*");
  }

  @Test
  void leavingWithoutHavingEnteredIsAMistake() {
    assertThatIllegalStateException().isThrownBy(occupancy::leave);
  }

  @Test
  void whatFreesRunsAloneAndWhatItThrowsIsThrown() throws Exception {
    occupancy.enter();
    assertThatIllegalStateException()
        .isThrownBy(() -> occupancy.close(() -> {}))
        .withMessageContaining("closes it from inside a training");
    occupancy.leave();
    assertThatThrownBy(
            () ->
                occupancy.close(
                    () -> {
                      throw new IllegalArgumentException("freeing failed");
                    }))
        .hasMessage("freeing failed");
    assertThat(tryFrom(Thread.ofPlatform())).isEqualTo("entered");
  }
}
