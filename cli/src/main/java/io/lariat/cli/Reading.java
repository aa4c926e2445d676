package io.lariat.cli;

import io.lariat.data.ReadProgress;

/** Shows how far the reading of a file has come, until closed. */
interface Reading extends ReadProgress, AutoCloseable {

  /** Takes away what is only of the moment, such as a bar. */
  @Override
  void close();
}
