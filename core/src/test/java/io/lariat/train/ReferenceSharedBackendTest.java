package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

class ReferenceSharedBackendTest extends SharedBackendContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
