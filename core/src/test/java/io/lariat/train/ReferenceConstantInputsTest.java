package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceConstantInputsTest extends ConstantInputsContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
