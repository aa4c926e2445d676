package io.lariat.cuda;

import io.lariat.cuda.driver.Driver;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds out which of two ways to run a step is faster, on the training's own first replays: each
 * way runs some to warm up and some between two events.
 */
final class ReplayTrial implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.lariat.cuda");
  private static final int WARM = 20;
  private static final int MEASURED = 100;
  private static final int EACH = WARM + MEASURED;

  private final Session session;
  private final Runnable graph;
  private final Runnable program;
  private final List<Driver.Event> events = new ArrayList<>();
  private int replays;

  /** Makes the events; leaves nothing behind if that fails. */
  ReplayTrial(Session session, Runnable graph, Runnable program) {
    this.session = session;
    this.graph = graph;
    this.program = program;
    try {
      for (int i = 0; i < 4; i++) {
        events.add(session.driver().createEvent(true));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether both have been measured. */
  boolean isOver() {
    return replays == 2 * EACH;
  }

  /** Runs the step once, in the way whose turn it is. */
  void replay() {
    boolean isSecond = replays >= EACH;
    int turn = replays % EACH;
    if (turn == WARM) {
      mark(isSecond ? 2 : 0);
    }
    (isSecond ? program : graph).run();
    replays++;
    if (turn == EACH - 1) {
      mark(isSecond ? 3 : 1);
    }
  }

  private void mark(int event) {
    session.driver().record(events.get(event), session.main().stream());
  }

  /** The faster one; waits for the end of the last replay. */
  Runnable faster() {
    Driver driver = session.driver();
    driver.synchronize(events.get(3));
    float ofGraph = driver.elapsed(events.get(0), events.get(1)) * 1000 / MEASURED;
    float ofProgram = driver.elapsed(events.get(2), events.get(3)) * 1000 / MEASURED;
    LOG.log(
        Level.DEBUG,
        () ->
            String.format(
                Locale.ROOT,
                "a step takes %.1f us as a graph, %.1f us as one kernel",
                ofGraph,
                ofProgram));
    return ofProgram < ofGraph ? program : graph;
  }

  @Override
  public void close() {
    events.forEach(event -> session.free(() -> session.driver().destroy(event)));
    events.clear();
  }
}
