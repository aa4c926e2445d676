package io.lariat.train;

import io.lariat.backend.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Runs independent jobs, such as trainings, on several threads, each with a backend of its own. */
public final class Jobs {

  /** One job. */
  @FunctionalInterface
  public interface Job {
    /** Runs it on a backend that nobody else uses meanwhile. */
    void run(Backend backend);
  }

  private final int threads;
  private final Supplier<Backend> backends;
  private final Cancellation cancellation;
  private final Runnable finished;

  /**
   * Jobs are still to come.
   *
   * @param threads how many run at a time
   * @param backends opens a backend for each thread
   * @param finished is told after each job, by the thread that ran it
   */
  public Jobs(
      int threads, Supplier<Backend> backends, Cancellation cancellation, Runnable finished) {
    this.threads = threads;
    this.backends = backends;
    this.cancellation = cancellation;
    this.finished = finished;
  }

  /**
   * Runs all jobs; the first that fails ends them all.
   *
   * @throws CancellationException if it was cancelled before all were done
   */
  public void run(List<Job> jobs) {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, jobs.size()))) {
      List<Future<?>> workers = new ArrayList<>();
      for (int t = 0; t < Math.min(threads, jobs.size()); t++) {
        workers.add(pool.submit(() -> work(jobs, next)));
      }
      for (Future<?> worker : workers) {
        await(worker, jobs, next);
      }
    }
    if (cancellation.isCancelled()) {
      throw new CancellationException("cancelled");
    }
  }

  private void work(List<Job> jobs, AtomicInteger next) {
    try (Backend backend = backends.get()) {
      for (int i = next.getAndIncrement(); i < jobs.size(); i = next.getAndIncrement()) {
        if (cancellation.isCancelled()) {
          return;
        }
        jobs.get(i).run(backend);
        finished.run();
      }
    }
  }

  private static void await(Future<?> worker, List<Job> jobs, AtomicInteger next) {
    try {
      worker.get();
    } catch (ExecutionException e) {
      next.set(jobs.size()); // the others end after the job they are at
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause; // such as too little memory
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      next.set(jobs.size());
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
