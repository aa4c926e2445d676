package io.lariat.select;

/** What tells a column from chance, or why it is not selected. */
public enum Evidence {
  /** None: it left the path. */
  NONE,

  /**
   * None, though it is on the path at lambda: the network uses it to fit these rows, as it could
   * with a target that has nothing to do with it.
   */
  CHANCE,

  /**
   * None is asked for: it says the same as another column, which is looked at and stands in for it.
   */
  COPY,

  /** None is asked for: it is kept by name. */
  KEPT,

  /** By itself it goes with what the others leave to explain. */
  ALONE,

  /** By its square, or a product with another, it goes with what the others leave to explain. */
  BENT,

  /** The network found it on half the rows, and predicts the other half by it. */
  HELD_OUT,

  /** Others that are selected determine it. */
  COMBINATION;

  /** Whether a column with it is selected. */
  public boolean selects() {
    return this != NONE && this != CHANCE && this != COPY;
  }
}
