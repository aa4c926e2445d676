package io.lariat.data;

/** Takes sparse rows: for each its label, its elements, its end. */
public interface SparseSink {
  /** What the label is called as a target. */
  String TARGET = "label";

  /** What stands before a feature's index in its name. */
  String PREFIX = "f";

  /**
   * The row's target.
   *
   * @param text as it is written
   * @throws DataException if it is none that is known
   */
  void label(double number, String text);

  /**
   * The row has no target.
   *
   * @throws DataException if it needs one
   */
  void noLabel();

  /**
   * A feature that is not zero, or need not be.
   *
   * @param index at least 0, and above that of the row's element before
   * @throws DataException if there are no such features
   */
  void element(int index, double value);

  /** The row is complete. */
  void endRow();
}
