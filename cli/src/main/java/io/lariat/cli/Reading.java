package io.lariat.cli;

import io.lariat.data.CsvProgress;

/** Shows how far the reading of a file has come, until closed. */
interface Reading extends CsvProgress, AutoCloseable {

  /** Takes away what is only of the moment, such as a bar. */
  @Override
  void close();
}
