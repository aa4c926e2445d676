package io.lariat.backend;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who uses a backend: one thread at a time, which may enter again while it is inside.
 *
 * <p>Whatever calls several operations that belong together, such as a training or a prediction,
 * does so between {@link #enter} and {@link #leave}. A second thread is refused there, before it
 * has touched anything, so what the first one computes stays as it is alone. That costs one
 * compare-and-set; the operations themselves do not look.
 *
 * <pre>{@code
 * backend.occupancy().enter();
 * try {
 *   ... // operations
 * } finally {
 *   backend.occupancy().leave();
 * }
 * }</pre>
 */
public final class Occupancy {
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

  /** How often the user has entered; the user alone reads and writes it. */
  private int depth;

  /** Nobody is inside. */
  public Occupancy() {}

  /**
   * Makes this thread the user until it has left as often as it entered.
   *
   * @throws IllegalStateException if another thread is the user; the message names it
   */
  public void enter() {
    Thread caller = Thread.currentThread();
    Thread found = user.compareAndExchange(null, caller);
    if (found != null && found != caller) {
      throw new IllegalStateException(
          "this backend is in use by thread "
              + name(found)
              + ", and takes one caller at a time; open a backend for each thread, or let callers"
              + " take turns");
    }
    depth++;
  }

  /**
   * Takes one {@link #enter} back.
   *
   * @throws IllegalStateException if this thread is not the user
   */
  public void leave() {
    if (user.get() != Thread.currentThread()) {
      throw new IllegalStateException("leave: this thread has not entered");
    }
    if (--depth == 0) {
      user.set(null);
    }
  }

  /**
   * Runs what frees a backend's memory, unless somebody still uses it.
   *
   * @throws IllegalStateException if another thread is the user, or this one is from further up its
   *     stack, such as a training that called back
   */
  public void close(Runnable freeing) {
    enter();
    try {
      if (depth > 1) {
        throw new IllegalStateException(
            "this backend is in use by thread "
                + name(Thread.currentThread())
                + " itself, which closes it from inside a training; close it after that");
      }
      freeing.run();
    } finally {
      leave();
    }
  }

  /** Virtual threads often have no name. */
  private static String name(Thread thread) {
    return thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
  }
}
