package io.lariat.simd.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads: every share once, failures to the caller, nothing left behind. */
@Timeout(60)
class WorkerPoolTest {
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void freeScratch() {
    arena.close();
  }

  private WorkerPool pool(int threads) {
    Scratch[] scratches = new Scratch[threads];
    for (int i = 0; i < threads; i++) {
      scratches[i] = new Scratch(arena, 0);
    }
    return new WorkerPool("pool-test", scratches);
  }

  /** Counts how often each share was run. */
  private static final class Count extends Job {
    private final AtomicIntegerArray runs;

    Count(int threads) {
      runs = new AtomicIntegerArray(threads);
    }

    @Override
    public void run(int part, int parts, Scratch scratch) {
      runs.incrementAndGet(part);
    }
  }

  /** Fails in some of its shares. */
  private static final class Failing extends Job {
    private final int from;

    Failing(int from) {
      this.from = from;
    }

    @Override
    public void run(int part, int parts, Scratch scratch) {
      if (part >= from) {
        throw new ArithmeticException("share " + part);
      }
    }
  }

  @Test
  void runsEveryShareOnceARound() {
    for (int threads = 1; threads <= 5; threads++) {
      try (WorkerPool pool = pool(threads)) {
        Count count = new Count(threads);
        for (int round = 0; round < 2000; round++) {
          pool.run(count);
        }
        for (int part = 0; part < threads; part++) {
          assertThat(count.runs.get(part)).as("share %d of %d", part, threads).isEqualTo(2000);
        }
      }
    }
  }

  @Test
  void wakesThreadsThatHaveParked() throws InterruptedException {
    try (WorkerPool pool = pool(3)) {
      Count count = new Count(3);
      for (int round = 1; round <= 20; round++) {
        Thread.sleep(10); // long enough for the spinning to end
        pool.run(count);
        assertThat(count.runs.get(2)).isEqualTo(round);
      }
    }
  }

  @Test
  void idleThreadsDoNotBurnTheirCore() throws InterruptedException {
    try (WorkerPool pool = pool(3)) {
      pool.run(new Count(3));
      Thread.sleep(300);
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("pool-test-"))
          .hasSize(2)
          .allMatch(thread -> thread.getState() == Thread.State.WAITING)
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  void failuresReachTheCallerAndThePoolGoesOn() {
    try (WorkerPool pool = pool(3)) {
      for (int from = 2; from >= 0; from--) {
        int first = from;
        assertThatThrownBy(() -> pool.run(new Failing(first)))
            .isInstanceOf(ArithmeticException.class)
            .hasMessage("share " + from)
            .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2 - first));
      }
      Count count = new Count(3);
      pool.run(count);
      assertThat(count.runs.get(2)).isEqualTo(1);
    }
  }

  @Test
  void anInterruptedCallerStillWaitsAndKeepsItsInterrupt() {
    try (WorkerPool pool = pool(2)) {
      Count count = new Count(2);
      Thread.currentThread().interrupt();
      pool.run(count);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(count.runs.get(1)).isEqualTo(1);
    }
  }

  @Test
  void closingEndsTheThreads() {
    WorkerPool pool = pool(4);
    pool.close();
    pool.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("pool-test-") && thread.isAlive());
  }

  @Test
  void sharesCoverEverythingOnce() {
    for (int parts = 1; parts <= 7; parts++) {
      for (long items : new long[] {1, 2, 15, 16, 17, 1000, 3L << 32}) {
        for (long grain : new long[] {1, 16, 2048}) {
          assertThat(Job.begin(items, grain, 0, parts)).isZero();
          assertThat(Job.begin(items, grain, parts, parts)).isEqualTo(items);
          for (int part = 1; part < parts; part++) {
            long begin = Job.begin(items, grain, part, parts);
            assertThat(begin).isBetween(Job.begin(items, grain, part - 1, parts), items);
            assertThat(begin == items || begin % grain == 0).isTrue();
          }
        }
      }
    }
  }
}
