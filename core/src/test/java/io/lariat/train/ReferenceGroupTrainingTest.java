package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceGroupTrainingTest extends GroupTrainingContract {
  @Override
  protected Backend open(int threads) {
    return Backends.open("reference");
  }
}
