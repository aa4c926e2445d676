package io.lariat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JobsTest {
  private final Cancellation cancellation = new Cancellation();

  private Jobs jobs(int threads) {
    return new Jobs(threads, cancellation, () -> {});
  }

  @Test
  @Tag("H11")
  void whatIsCancelledAfterTheLastJobIsDone() {
    AtomicInteger done = new AtomicInteger();
    jobs(1)
        .run(
            List.<Runnable>of(
                done::incrementAndGet,
                () -> {
                  cancellation.cancel();
                  done.incrementAndGet();
                }));
    assertThat(done).hasValue(2);
    assertThatThrownBy(() -> jobs(1).run(List.<Runnable>of(done::incrementAndGet)))
        .isInstanceOf(CancellationException.class);
    assertThat(done).hasValue(2);
  }

  /** The first job would never end by itself, and is the one that is waited for first. */
  @Test
  @Tag("H10")
  void aJobThatFailsEndsTheOthersAndIsWhatIsThrown() {
    CountDownLatch running = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    Runnable endless =
        () -> {
          running.countDown();
          while (!cancellation.isCancelled()) {
            Thread.onSpinWait();
          }
          throw new CancellationException("as trainings do");
        };
    Runnable failing =
        () -> {
          try {
            running.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          throw new IllegalStateException("the cause");
        };
    Runnable never = begun::incrementAndGet;
    assertThatIllegalStateException()
        .isThrownBy(() -> jobs(2).run(List.of(endless, failing, never, never)))
        .withMessage("the cause");
    assertThat(begun).hasValue(0);
  }
}
