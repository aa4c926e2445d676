package io.lariat.data;

/** Hears how far the reading of a file has come; may throw to stop it. */
@FunctionalInterface
public interface ReadProgress {

  /** Does nothing. */
  ReadProgress NONE = (read, total) -> {};

  /**
   * Called after each piece of the file, on the reading thread.
   *
   * @param read the bytes read so far, of the file as it lies on disk
   * @param total the file's size in bytes; 0 where it is not known, as for a pipe
   */
  void bytesRead(long read, long total);
}
