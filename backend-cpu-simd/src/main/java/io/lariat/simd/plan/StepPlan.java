package io.lariat.simd.plan;

import io.lariat.backend.Matrix;
import io.lariat.backend.Recording;
import io.lariat.simd.machine.Access;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Ownership;
import io.lariat.simd.machine.WorkerPool;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded step: its jobs in stages, with a barrier between two stages and none inside.
 *
 * <p>A job goes into the earliest stage that its data allow, wherever the step called it. In a
 * training step all that goes by the batch's rows (gather, forward, loss, gradients of the inputs)
 * is one stage, in which each thread takes its rows from the first layer to the last and back; the
 * gradients of the parameters are the second, the update is the third.
 *
 * <p>Whether the threads share a step or the caller does it alone is measured as it goes: {@link
 * Pace}. The bits are the same.
 */
public final class StepPlan implements Recording {
  private final WorkerPool pool;
  private final Ownership ownership;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Matrix> matrices = new ArrayList<>();
  private final Pace pace = new Pace();
  private boolean closed;

  /** Starts with no job. */
  public StepPlan(WorkerPool pool, Ownership ownership) {
    this.pool = pool;
    this.ownership = ownership;
  }

  /**
   * Records a job that has been set up.
   *
   * @param isLarge whether it would be shared if it were called by itself
   */
  public void add(Job job, boolean isLarge) {
    int stage = 0;
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).mustEndBefore(job)) {
        stage = i + 1;
      }
    }
    if (stage == stages.size()) {
      stages.add(new Stage());
    }
    stages.get(stage).add(job);
    for (Access access : job.accesses()) {
      if (!matrices.contains(access.matrix())) {
        matrices.add(access.matrix());
      }
    }
    if (isLarge) {
      pace.startShared();
    }
  }

  @Override
  public void replay() {
    if (closed) {
      throw new IllegalStateException("the recording is closed");
    }
    for (int i = 0; i < matrices.size(); i++) { // an iterator would be garbage
      ownership.require(matrices.get(i));
    }
    for (int i = 0; i < stages.size(); i++) {
      stages.get(i).begin();
    }
    if (pool.threads() == 1) {
      runAlone();
      return;
    }
    boolean shared = pace.isShared();
    long start = System.nanoTime();
    if (shared) {
      runShared();
    } else {
      runAlone();
    }
    pace.took(System.nanoTime() - start);
  }

  /** Each stage's jobs, by kind. */
  List<String> describe() {
    return stages.stream().map(Stage::describe).toList();
  }

  private void runAlone() {
    for (int i = 0; i < stages.size(); i++) {
      pool.runAlone(stages.get(i));
    }
  }

  private void runShared() {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).isSerial()) {
        pool.runAlone(stages.get(i));
      } else {
        pool.run(stages.get(i));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
