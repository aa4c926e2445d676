package io.lariat.train;

import io.lariat.backend.Backend;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Runs independent jobs, such as trainings, on several threads. */
public final class Jobs {

  /** A job that needs a backend. */
  @FunctionalInterface
  public interface Job {
    /** Runs it on a backend that nobody else uses meanwhile. */
    void run(Backend backend);
  }

  private final int threads;
  private final Cancellation cancellation;
  private final Runnable finished;

  /**
   * Jobs are still to come.
   *
   * @param threads how many run at a time
   * @param finished is told after each job, by the thread that ran it
   */
  public Jobs(int threads, Cancellation cancellation, Runnable finished) {
    this.threads = threads;
    this.cancellation = cancellation;
    this.finished = finished;
  }

  /**
   * Runs all jobs; the first that fails interrupts the others, and is what is thrown. So does an
   * interrupt of the caller, who stays interrupted.
   *
   * @throws CancellationException if it was cancelled before all were done
   */
  public void run(List<Runnable> jobs) {
    Numbers numbers = new Numbers(jobs.size());
    run(numbers, () -> numbers.work(i -> jobs.get(i).run()));
  }

  /**
   * As {@link #run(List)}, with a backend for each thread.
   *
   * @param backends opens them
   */
  public void run(List<Job> jobs, Supplier<Backend> backends) {
    Numbers numbers = new Numbers(jobs.size());
    run(
        numbers,
        () -> {
          try (Backend backend = backends.get()) {
            numbers.work(i -> jobs.get(i).run(backend));
          }
        });
  }

  private void run(Numbers numbers, Runnable worker) {
    int workers = Math.min(threads, numbers.all);
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      ExecutorCompletionService<Void> ended = new ExecutorCompletionService<>(pool);
      for (int t = 0; t < workers; t++) {
        ended.submit(worker, null);
      }
      for (int t = 0; t < workers; t++) {
        await(ended, pool);
      }
    }
    if (numbers.done.get() < numbers.all) {
      throw new CancellationException("cancelled");
    }
  }

  /** The numbers of the jobs, each for one worker. */
  private final class Numbers {
    final int all;
    final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();

    Numbers(int all) {
      this.all = all;
    }

    void work(IntConsumer job) {
      for (int i = next.getAndIncrement(); i < all; i = next.getAndIncrement()) {
        if (cancellation.isCancelled()) {
          return;
        }
        job.accept(i);
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
