package io.lariat.simd;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one backend. The caller is one of them; the others wait for the next {@link Job},
 * first spinning, because a job comes every few microseconds inside a training step (handing over
 * costs 0.1 us spinning, 2.5 us through park), then parked, so that an idle backend costs nothing.
 *
 * <p>Used by one caller at a time, from any thread. Makes no garbage.
 */
final class WorkerPool implements AutoCloseable {

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

  private final Scratch[] scratches;
  private final Worker[] workers;
  private final int spinTurns;

  /** What to do; written before {@link #round}, which publishes it. */
  private @Nullable Job job;

  /** The number of the job, counting up; a change starts the workers. */
  private volatile int round;

  private volatile boolean closed;
  private volatile @Nullable Thread caller;

  /**
   * Starts {@code scratches.length - 1} threads.
   *
   * @param name for the threads' names
   * @param scratches one for each thread, the caller's first
   */
  WorkerPool(String name, Scratch[] scratches) {
    this.scratches = scratches;
    this.workers = new Worker[scratches.length - 1];
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
  int threads() {
    return scratches.length;
  }

  /** Runs all of a small job on the caller. */
  void runAlone(Job small) {
    small.run(0, 1, scratches[0]);
  }

  /**
   * Runs a job, one share a thread, and returns when all are done. An exception of a share reaches
   * the caller, when all shares have ended; if several fail, the others are suppressed in it.
   */
  void run(Job next) {
    if (workers.length == 0) {
      runAlone(next);
      return;
    }
    caller = Thread.currentThread();
    job = next;
    int now = round + 1;
    round = now;
    for (Worker worker : workers) {
      if (worker.parked) {
        LockSupport.unpark(worker);
      }
    }
    Throwable failure = null;
    try {
      next.run(0, scratches.length, scratches[0]);
    } catch (Throwable e) {
      failure = e;
    }
    for (Worker worker : workers) {
      worker.await(now);
      failure = merge(failure, worker.takeFailure());
    }
    caller = null;
    job = null;
    if (failure != null) {
      WorkerPool.<RuntimeException>rethrow(failure);
    }
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

  /** A thread that does share {@code part} of every job. */
  private final class Worker extends Thread {
    private final int part;
    private volatile boolean parked;

    /** The last round that this worker has finished. */
    private volatile int finished;

    /** What its share threw; published by {@link #finished}. */
    private @Nullable Throwable failure;

    Worker(String name, int part) {
      super(null, null, name, 0, false);
      this.part = part;
      setDaemon(true);
    }

    @Override
    public void run() {
      int done = 0;
      while (awaitRoundAfter(done)) {
        done++;
        Job current = job;
        try {
          if (current != null) {
            current.run(part, scratches.length, scratches[part]);
          }
        } catch (Throwable e) {
          failure = e; // the caller throws it: see WorkerPool.run
        }
        finished = done;
        Thread waiting = caller;
        if (waiting != null && waitingCaller) {
          LockSupport.unpark(waiting);
        }
      }
    }

    /** Waits for the next job; false if the pool is closed instead. */
    private boolean awaitRoundAfter(int done) {
      for (int turn = 0; turn < spinTurns; turn++) {
        if (round != done) {
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
      while (round == done && !closed) {
        LockSupport.park(WorkerPool.this);
      }
      parked = false;
      return round != done;
    }

    /** The caller's side: waits until this worker has finished {@code wanted}. */
    private void await(int wanted) {
      for (int turn = 0; turn < spinTurns; turn++) {
        if (finished == wanted) {
          return;
        }
        Thread.onSpinWait();
      }
      waitingCaller = true;
      while (finished != wanted) {
        LockSupport.park(WorkerPool.this);
      }
      waitingCaller = false;
    }

    private @Nullable Throwable takeFailure() {
      Throwable thrown = failure;
      failure = null;
      return thrown;
    }
  }

  /** Whether the caller has stopped spinning. */
  private volatile boolean waitingCaller;
}
