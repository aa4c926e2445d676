package io.lariat.compare;

/** Is told how a comparison goes on. */
@FunctionalInterface
public interface ComparisonProgress {

  /** {@code done} of {@code all} trainings are finished; called from several threads. */
  void finished(int done, int all);
}
