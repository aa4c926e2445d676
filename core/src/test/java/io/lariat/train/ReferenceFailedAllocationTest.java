package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceFailedAllocationTest extends FailedAllocationContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
