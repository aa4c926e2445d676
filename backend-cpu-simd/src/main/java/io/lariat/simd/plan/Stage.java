package io.lariat.simd.plan;

import static java.util.stream.Collectors.joining;

import io.lariat.simd.machine.Access;
import io.lariat.simd.machine.Job;
import io.lariat.simd.machine.Scratch;
import java.util.ArrayList;
import java.util.List;

/**
 * The jobs of a {@link StepPlan} between two barriers: a share of the stage is the same share of
 * each of its jobs, one after the other.
 */
final class Stage extends Job {
  private final List<Job> jobs = new ArrayList<>();
  private boolean isSerial = true;

  /** Adds a job behind the others. */
  void add(Job job) {
    jobs.add(job);
    isSerial &= job.isSerial();
  }

  /**
   * Whether a share of {@code later} must wait until this stage is over, rather than just come
   * behind its jobs.
   */
  boolean mustEndBefore(Job later) {
    for (Job job : jobs) {
      for (Access access : job.accesses()) {
        for (Access next : later.accesses()) {
          if (Access.mustWait(access, next)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Its jobs, by kind. */
  String describe() {
    return jobs.stream().map(job -> job.getClass().getSimpleName()).collect(joining(" "));
  }

  @Override
  public boolean isSerial() {
    return isSerial;
  }

  @Override
  public void begin() {
    for (int i = 0; i < jobs.size(); i++) {
      jobs.get(i).begin();
    }
  }

  @Override
  public void run(int part, int parts, Scratch scratch) {
    for (int i = 0; i < jobs.size(); i++) {
      jobs.get(i).run(part, parts, scratch);
    }
  }
}
