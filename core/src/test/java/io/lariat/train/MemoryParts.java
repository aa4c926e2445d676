package io.lariat.train;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps parts in memory, and cancels the work when there are {@code most} new ones. */
public final class MemoryParts implements Parts {
  /** What is kept. */
  public final Map<String, byte[]> parts = new ConcurrentHashMap<>();

  /** Is cancelled. */
  public final Cancellation cancellation = new Cancellation();

  /** How many were kept. */
  public final AtomicInteger kept = new AtomicInteger();

  private final int most;

  /** Empty. */
  public MemoryParts(int most) {
    this.most = most;
  }

  @Override
  public byte @Nullable [] find(String name) {
    return parts.get(name);
  }

  @Override
  public void keep(String name, byte[] content) {
    parts.put(name, content);
    if (kept.incrementAndGet() >= most) {
      cancellation.cancel();
    }
  }
}
