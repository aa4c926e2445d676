package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceLassoTrainingTest extends LassoTrainingContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
