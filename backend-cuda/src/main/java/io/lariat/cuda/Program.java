package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A recorded step as a list in device memory, which one kernel runs from end to end: its blocks
 * stay on the multiprocessors and wait for each other between phases, which costs less than a
 * kernel's start and end where the kernels are short.
 */
final class Program implements AutoCloseable {
  /** Bytes of {@code struct Step} in kernels.cu, and where its arguments begin. */
  private static final long STEP_BYTES = 160;

  private static final long ARGUMENTS_AT = 16;

  private final Session session;
  private final long memory;
  private final int blocks;
  private final Arguments arguments;

  private Program(Session session, long memory, int blocks, Arguments arguments) {
    this.session = session;
    this.memory = memory;
    this.blocks = blocks;
    this.arguments = arguments;
  }

  /** Writes the phases, of which there is at least one, to the device. */
  static Program of(
      Session session, Staging staging, Arena arena, List<List<Recorder.Call>> phases) {
    int count = phases.stream().mapToInt(List::size).sum();
    long bytes = count * STEP_BYTES;
    long memory = session.driver().allocate(bytes);
    MemorySegment steps = MemorySegment.ofArray(new long[(int) (bytes / Long.BYTES)]);
    long at = 0;
    long tiles = 1;
    for (List<Recorder.Call> phase : phases) {
      boolean waits = at > 0;
      long together = 0;
      for (Recorder.Call call : phase) {
        steps.set(ValueLayout.JAVA_INT, at, call.kernel().code());
        steps.set(ValueLayout.JAVA_INT, at + Integer.BYTES, waits ? 1 : 0);
        MemorySegment.copy(
            call.arguments(), 0, steps, at + ARGUMENTS_AT, call.arguments().byteSize());
        waits = false;
        together += call.tiles();
        at += STEP_BYTES;
      }
      tiles = Math.max(tiles, together);
    }
    staging.write(steps, memory);
    Kernel kernel = Kernel.RUN_PROGRAM;
    long atOnce =
        (long) session.device().multiprocessors()
            * session
                .driver()
                .blocksAtOnce(session.function(kernel), Kernel.THREADS, kernel.sharedBytes());
    Arguments arguments =
        new Arguments(arena)
            .begin()
            .pointer(memory)
            .pointer(session.main().barrier())
            .integer(count);
    return new Program(session, memory, (int) Math.max(1, Math.min(tiles, atOnce)), arguments);
  }

  /** Queues a run of it. */
  void run() {
    Driver driver = session.driver();
    driver.launchCooperative(
        session.function(Kernel.RUN_PROGRAM),
        blocks,
        Kernel.THREADS,
        Kernel.RUN_PROGRAM.sharedBytes(),
        session.main().stream(),
        arguments.memory());
  }

  @Override
  public void close() {
    session.free(() -> session.driver().free(memory));
  }
}
