package io.lariat.train;

import java.util.Objects;

/**
 * What procedures of many trainings have in common: a path, a selection, a comparison. Each is
 * made, set up by calls that change it and return it, and run by its {@code fit} or {@code run},
 * which gives a result that nothing changes.
 *
 * @param <S> the procedure itself
 */
public abstract class Procedure<S extends Procedure<S>> {
  protected long seed;
  protected int threads;
  protected Cancellation cancellation = new Cancellation();
  protected JobProgress progress = (done, all) -> {};
  protected Parts parts = Parts.NONE;

  /** With a seed and a number of threads, unless others are set. */
  protected Procedure(long seed, int threads) {
    this.seed = seed;
    this.threads = threads;
  }

  /** This procedure. */
  protected abstract S self();

  /** The seed of all that is drawn. */
  public S seed(long value) {
    seed = value;
    return self();
  }

  /** How many threads work, each on a backend of its own where one is needed. */
  public S threads(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + number);
    }
    threads = number;
    return self();
  }

  /** Lets {@code token} end the work from another thread. */
  public S cancellation(Cancellation token) {
    cancellation = Objects.requireNonNull(token, "cancellation");
    return self();
  }

  /** Tells {@code listener} how much is done, on the threads that work. */
  public S progress(JobProgress listener) {
    progress = Objects.requireNonNull(listener, "progress");
    return self();
  }

  /** Keeps what is finished in {@code keeper}, and goes on from what is there already. */
  public S parts(Parts keeper) {
    parts = Objects.requireNonNull(keeper, "parts");
    return self();
  }
}
