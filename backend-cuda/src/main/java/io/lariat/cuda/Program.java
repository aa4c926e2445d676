package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
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
  /** Bytes of {@code struct Step} in kernels.cu, and where its fields begin. */
  private static final long STEP_BYTES = 160;

  private static final long WAITS_AT = 4;
  private static final long FIRST_AT = 8;
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

  /**
   * Writes the phases, of which there is at least one, to the device; leaves nothing behind if that
   * fails.
   *
   * @throws DriverException of {@link DriverException#isRefusedLaunch} if the device does not run
   *     kernels whose blocks wait for each other
   */
  static Program of(Session session, Staging staging, List<List<Recorder.Call>> phases) {
    Arena arena = Arena.ofAuto(); // there as long as the program is
    int blocks = blocks(session, phases);
    MemorySegment steps = steps(phases, blocks);
    long memory = session.driver().allocate(steps.byteSize());
    int count = (int) (steps.byteSize() / STEP_BYTES);
    Program program =
        new Program(session, memory, blocks, arguments(arena, session, memory, count));
    try {
      program.launch(arguments(arena, session, memory, 0));
      staging.write(steps, memory);
      return program;
    } catch (DriverException e) {
      program.close();
      throw e;
    }
  }

  private static Arguments arguments(Arena arena, Session session, long memory, int count) {
    return new Arguments(arena)
        .begin()
        .pointer(memory)
        .pointer(session.main().barrier())
        .integer(count);
  }

  /** As many as the largest phase has tiles, or as can run at once. */
  private static int blocks(Session session, List<List<Recorder.Call>> phases) {
    Kernel kernel = Kernel.RUN_PROGRAM;
    int each =
        session
            .driver()
            .blocksAtOnce(session.function(kernel), Kernel.THREADS, kernel.sharedBytes());
    long most = phases.stream().mapToLong(Program::tiles).max().orElse(1);
    return (int) Math.min(most, (long) session.device().multiprocessors() * Math.max(1, each));
  }

  private static long tiles(List<Recorder.Call> phase) {
    return phase.stream().mapToLong(Recorder.Call::tiles).sum();
  }

  /** {@code struct Step} of every call. */
  private static MemorySegment steps(List<List<Recorder.Call>> phases, int blocks) {
    int count = phases.stream().mapToInt(List::size).sum();
    long[] room = new long[(int) (count * STEP_BYTES / Long.BYTES)];
    MemorySegment steps = MemorySegment.ofArray(room);
    long at = 0;
    for (List<Recorder.Call> phase : phases) {
      boolean waits = at > 0;
      long tiles = 0;
      for (Recorder.Call call : phase) {
        steps.set(ValueLayout.JAVA_INT, at, call.kernel().code());
        steps.set(ValueLayout.JAVA_INT, at + WAITS_AT, waits ? 1 : 0);
        steps.set(ValueLayout.JAVA_INT, at + FIRST_AT, (int) (tiles % blocks));
        MemorySegment arguments = call.arguments();
        MemorySegment.copy(arguments, 0, steps, at + ARGUMENTS_AT, arguments.byteSize());
        waits = false;
        tiles += call.tiles();
        at += STEP_BYTES;
      }
    }
    return steps;
  }

  /** Queues a run of it. */
  void run() {
    launch(arguments);
  }

  private void launch(Arguments given) {
    Driver driver = session.driver();
    driver.launchCooperative(
        session.function(Kernel.RUN_PROGRAM),
        blocks,
        Kernel.THREADS,
        Kernel.RUN_PROGRAM.sharedBytes(),
        session.main().stream(),
        given.memory());
  }

  @Override
  public void close() {
    session.free(() -> session.driver().free(memory));
  }
}
