package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceLossTrainingTest extends LossTrainingContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
