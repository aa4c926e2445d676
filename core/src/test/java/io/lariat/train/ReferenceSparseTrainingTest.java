package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceSparseTrainingTest extends SparseTrainingContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
