package io.lariat.select;

/** Is told how a selection goes on. */
@FunctionalInterface
public interface SelectionProgress {

  /**
   * {@code done} of {@code all} fits are finished: one of all rows, and with stability selection
   * one of each subsample; called from several threads.
   */
  void finished(int done, int all);
}
