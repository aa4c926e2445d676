package io.lariat.data;

/** How exactly a data set keeps its numbers. */
public enum Precision {
  /** As 32-bit floats, which training takes: 24 bits of each number. */
  FLOAT,
  /**
   * As two floats, the nearest one and the nearest one to what is left: 48 bits of each number, for
   * what is computed in double. Needs twice the memory.
   */
  DOUBLE
}
