package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Page-locked memory between the heap and the device. What is written is copied here and on its way
 * when the call returns, so that a step's few numbers never wait for the step before; what is read
 * is waited for.
 */
final class Staging implements AutoCloseable {
  private static final int SEGMENTS = 8;
  private static final long SEGMENT_BYTES = 512L << 10;

  private final Session session;
  private final MemorySegment memory;
  private final List<Driver.Event> sent = new ArrayList<>();
  private final boolean[] used = new boolean[SEGMENTS];
  private int segment;
  private long filled;

  /** Makes room; leaves nothing behind if that fails. */
  Staging(Session session) {
    this.session = session;
    memory = session.driver().allocatePinned(SEGMENTS * SEGMENT_BYTES);
    try {
      for (int i = 0; i < SEGMENTS; i++) {
        sent.add(session.driver().createEvent(false));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Copies heap memory to the device. */
  void write(MemorySegment source, long to) {
    long size = source.byteSize();
    for (long done = 0; done < size; ) {
      if (filled == SEGMENT_BYTES) {
        nextSegment();
      }
      long bytes = Math.min(size - done, SEGMENT_BYTES - filled);
      long at = segment * SEGMENT_BYTES + filled;
      MemorySegment.copy(source, done, memory, at, bytes);
      session
          .driver()
          .copyToDevice(memory.address() + at, to + done, bytes, session.main().stream());
      done += bytes;
      filled += bytes;
    }
  }

  /** Goes on to the segment that was used longest ago, once its copies are over. */
  private void nextSegment() {
    session.driver().record(sent.get(segment), session.main().stream());
    used[segment] = true;
    segment = (segment + 1) % SEGMENTS;
    if (used[segment]) {
      session.driver().synchronize(sent.get(segment));
    }
    filled = 0;
  }

  /** Copies device memory to the heap, after all work that was queued. */
  void read(long from, float[] target, int to, int count) {
    // all copies are over after the first wait, so every segment is free to read into
    Driver.Stream stream = session.main().stream();
    int most = (int) (SEGMENTS * SEGMENT_BYTES / Float.BYTES);
    session.driver().synchronize(stream);
    for (int done = 0; done < count; ) {
      int floats = Math.min(count - done, most);
      long at = from + (long) done * Float.BYTES;
      session.driver().copyToHost(at, memory.address(), (long) floats * Float.BYTES, stream);
      session.driver().synchronize(stream);
      MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 0, target, to + done, floats);
      done += floats;
    }
  }

  @Override
  public void close() {
    sent.forEach(event -> session.free(() -> session.driver().destroy(event)));
    session.free(() -> session.driver().freePinned(memory));
  }
}
