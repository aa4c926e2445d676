package io.lariat.train;

/**
 * What was kept of an interrupted run is not what such a run keeps; the message says which part.
 */
public final class PartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception.
   *
   * @param name under which it was kept
   * @param problem what is wrong with it
   */
  public PartException(String name, String problem) {
    super("what was kept as '" + name + "': " + problem);
  }
}
