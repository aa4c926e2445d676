package io.lariat.train;

/** Is told how a number of jobs, such as trainings, goes on. */
@FunctionalInterface
public interface JobProgress {

  /** {@code done} of {@code all} jobs are finished; called from several threads. */
  void finished(int done, int all);
}
