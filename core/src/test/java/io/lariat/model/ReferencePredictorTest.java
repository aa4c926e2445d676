package io.lariat.model;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferencePredictorTest extends PredictorContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
