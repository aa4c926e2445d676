package io.lariat.cuda;

import io.lariat.backend.Recording;
import org.jspecify.annotations.Nullable;

/** A recorded step: a graph, where it may be one kernel that too, and the faster of them. */
final class StepRecording implements Recording {
  private final Session session;
  private final DeviceMemory memory;
  private final Recorder.Recorded recorded;
  private final @Nullable Program program;
  private @Nullable ReplayTrial trial;
  private Runnable chosen;
  private int closingsSeen;
  private boolean closed;

  /** Owns what was recorded unless this fails; {@code program} is the same step, or null. */
  StepRecording(
      Session session,
      DeviceMemory memory,
      Recorder.Recorded recorded,
      @Nullable Program program,
      ReplayMode mode) {
    this.session = session;
    this.memory = memory;
    this.recorded = recorded;
    this.program = program;
    closingsSeen = memory.closings();
    Runnable graph = () -> session.driver().launch(recorded.graph(), session.main().stream());
    chosen = graph;
    if (program != null && mode == ReplayMode.PROGRAM) {
      chosen = program::run;
    } else if (program != null) {
      trial = new ReplayTrial(session, graph, program::run);
    }
  }

  @Override
  public void replay() {
    requireAlive();
    if (trial == null) {
      chosen.run();
      return;
    }
    trial.replay();
    if (trial.isOver()) {
      chosen = trial.faster();
      trial.close();
      trial = null;
    }
  }

  /**
   * Addresses are all that a graph knows, so what it uses is looked at whenever anything was freed.
   */
  private void requireAlive() {
    memory.requireOpen();
    if (closed) {
      throw new IllegalStateException("the recorded step is closed");
    }
    if (closingsSeen == memory.closings()) {
      return;
    }
    for (CudaStorage storage : recorded.storages()) {
      if (storage.isClosed()) {
        throw new IllegalStateException(
            "the recorded step uses a storage of " + storage.length() + " floats that is closed");
      }
    }
    closingsSeen = memory.closings();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (trial != null) {
      trial.close();
    }
    if (program != null) {
      program.close();
    }
    session.free(() -> session.driver().destroy(recorded.graph()));
  }
}
