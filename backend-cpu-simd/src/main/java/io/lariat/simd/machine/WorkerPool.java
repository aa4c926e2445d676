package io.lariat.simd.machine;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one backend. The caller is one of them; the others wait for the next {@link Job},
 * first spinning, because a job comes every few microseconds inside a training step (handing over
 * costs 0.1 us spinning, 2.5 us through park), then parked, so that an idle backend costs nothing.
 *
 * <p>A share belongs to whoever claims it first. Each thread tries its own first, the one with its
 * number: from job to job that is the same part of the data, which its processor's cache still has.
 * Where another program has the processor of a worker, the others do the worker's share instead of
 * waiting until it is its turn again.
 *
 * <p>Used by one caller at a time, from any thread. Makes no garbage.
 */
public final class WorkerPool implements AutoCloseable {

  /**
   * Turns of spinning before parking, some 0.3 ms: longer than the serial parts of a step, short
   * enough that nobody notices.
   */
  private static final int SPIN_TURNS = 20_000;

  /**
   * The same where there are more threads than processors: a spinning thread then keeps from
   * working the very thread that it waits for.
   */
  private static final int CROWDED_SPIN_TURNS = 100;

  /** Ints in a cache line, so that claims do not share one. */
  private static final int PADDING = 16;

  private final Scratch[] scratches;
  private final Worker[] workers;
  private final int spinTurns;

  /** The number of the round, counting up; a new one starts the workers. */
  private final AtomicInteger round = new AtomicInteger();

  /**
   * For each share the last round in which it was claimed, {@value #PADDING} ints apart: a claim is
   * a CAS from the round before. It fails in a round that is over, for that one's shares have all
   * been claimed.
   */
  private final AtomicIntegerArray claims;

  /** How many shares of the round have ended. */
  private final AtomicInteger finished = new AtomicInteger();

  /** What to do; written before {@link #round}, which publishes it. */
  private @Nullable Job job;

  /** What each share threw; published by {@link #finished}. */
  private final @Nullable Throwable[] failures;

  /** Whether the caller has stopped spinning. */
  private volatile boolean callerParks;

  private volatile boolean closed;
  private volatile @Nullable Thread caller;

  /**
   * Starts {@code scratches.length - 1} threads.
   *
   * @param name for the threads' names
   * @param scratches one for each thread, the caller's first
   */
  public WorkerPool(String name, Scratch[] scratches) {
    this.scratches = scratches;
    this.workers = new Worker[scratches.length - 1];
    this.failures = new Throwable[scratches.length];
    this.claims = new AtomicIntegerArray(scratches.length * PADDING);
    boolean crowded = scratches.length > Runtime.getRuntime().availableProcessors();
    this.spinTurns = crowded ? CROWDED_SPIN_TURNS : SPIN_TURNS;
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(name + "-" + (i + 1), i + 1);
    }
    for (Worker worker : workers) {
      worker.start();
    }
  }

  /** The number of threads, the caller included. */
  public int threads() {
    return scratches.length;
  }

  /** Runs all of a small job on the caller. */
  public void runAlone(Job small) {
    small.run(0, 1, scratches[0]);
  }

  /**
   * Runs a job, one share a thread, and returns when all are done. An exception of a share reaches
   * the caller, when all shares have ended; if several fail, the others are suppressed in it.
   */
  public void run(Job next) {
    if (workers.length == 0) {
      runAlone(next);
      return;
    }
    caller = Thread.currentThread();
    job = next;
    finished.set(0);
    int number = round.get() + 1;
    round.set(number);
    for (Worker worker : workers) {
      if (worker.parked) {
        LockSupport.unpark(worker);
      }
    }
    work(number, 0);
    awaitAll();
    caller = null;
    job = null;
    Throwable failure = null;
    for (int i = 0; i < failures.length; i++) {
      failure = merge(failure, failures[i]);
      failures[i] = null;
    }
    if (failure != null) {
      WorkerPool.<RuntimeException>rethrow(failure);
    }
  }

  /** Does shares of round {@code number} until none is left to claim, its own one first. */
  private void work(int number, int self) {
    for (int i = 0; i < scratches.length; i++) {
      int share = (self + i) % scratches.length;
      if (round.get() != number) {
        return;
      }
      // Read before the claim. If that succeeds, the round still lacks this share, so it is not
      // over, and this is its job.
      Job current = job;
      if (claims.compareAndSet(share * PADDING, number - 1, number)) {
        try {
          Objects.requireNonNull(current).run(share, scratches.length, scratches[self]);
        } catch (Throwable e) {
          failures[share] = e; // the caller throws it: see run
        }
        finished.incrementAndGet();
      }
    }
  }

  /** The caller's side: waits until the shares that others have claimed have ended. */
  private void awaitAll() {
    for (int turn = 0; turn < spinTurns; turn++) {
      if (finished.get() == scratches.length) {
        return;
      }
      Thread.onSpinWait();
    }
    callerParks = true;
    while (finished.get() != scratches.length) {
      LockSupport.park(this);
    }
    callerParks = false;
  }

  @SuppressWarnings("ReferenceEquality") // the JVM throws some exceptions as shared objects
  private static @Nullable Throwable merge(@Nullable Throwable first, @Nullable Throwable second) {
    if (first == null) {
      return second;
    }
    if (second != null && second != first) {
      first.addSuppressed(second);
    }
    return first;
  }

  /** Throws {@code failure} as it is; jobs declare no checked exceptions, so it is none. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(Throwable failure) throws T {
    throw (T) failure;
  }

  /** Ends the threads and waits until they have. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that does shares of every job. */
  private final class Worker extends Thread {
    private final int number;
    private volatile boolean parked;

    Worker(String name, int number) {
      super(null, null, name, 0, false);
      this.number = number;
      setDaemon(true);
    }

    @Override
    public void run() {
      int done = 0;
      while (awaitRoundAfter(done)) {
        done = round.get();
        work(done, number);
        Thread waiting = caller;
        if (waiting != null && callerParks) {
          LockSupport.unpark(waiting);
        }
      }
    }

    /** Waits for the next job; false if the pool is closed instead. */
    private boolean awaitRoundAfter(int done) {
      for (int turn = 0; turn < spinTurns; turn++) {
        if (round.get() != done) {
          return true;
        }
        if (closed) {
          return false;
        }
        Thread.onSpinWait();
      }
      // Announce first, look again after: the caller looks at the announcement after it has
      // published the round, so one of the two sees the other.
      parked = true;
      while (round.get() == done && !closed) {
        LockSupport.park(WorkerPool.this);
      }
      parked = false;
      return round.get() != done;
    }
  }
}
