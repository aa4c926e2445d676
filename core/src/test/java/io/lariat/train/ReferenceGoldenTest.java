package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

/** The golden cases on the scalar reference. */
class ReferenceGoldenTest extends GoldenContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
