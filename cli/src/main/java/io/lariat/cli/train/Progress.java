package io.lariat.cli.train;

import io.lariat.train.TrainingCallback;

/** Shows how a training goes on, until closed. */
interface Progress extends TrainingCallback, AutoCloseable {

  /** Takes away what is only of the moment, such as a bar. */
  @Override
  void close();
}
