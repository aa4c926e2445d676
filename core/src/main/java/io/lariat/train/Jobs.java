package io.lariat.train;

import io.lariat.backend.Backend;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
   * Runs all jobs; the first that fails interrupts the others, and is what is thrown. So does an
   * interrupt of the caller, who stays interrupted.
   *
   * @throws CancellationException if it was cancelled before all were done
   */
  public void run(List<Job> jobs) {
    int workers = Math.min(threads, jobs.size());
    AtomicInteger next = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      ExecutorCompletionService<Void> ended = new ExecutorCompletionService<>(pool);
      for (int t = 0; t < workers; t++) {
        ended.submit(() -> work(jobs, next, done), null);
      }
      for (int t = 0; t < workers; t++) {
        await(ended, pool);
      }
    }
    if (done.get() < jobs.size()) {
      throw new CancellationException("cancelled");
    }
  }

  private void work(List<Job> jobs, AtomicInteger next, AtomicInteger done) {
    try (Backend backend = backends.get()) {
      for (int i = next.getAndIncrement(); i < jobs.size(); i = next.getAndIncrement()) {
        if (cancellation.isCancelled()) {
          return;
        }
        jobs.get(i).run(backend);
        done.incrementAndGet();
        finished.run();
      }
    }
  }

  /** Waits for the worker that ends next. */
  private static void await(ExecutorCompletionService<Void> ended, ExecutorService pool) {
    try {
      ended.take().get();
    } catch (ExecutionException e) {
      pool.shutdownNow();
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause; // such as too little memory
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
