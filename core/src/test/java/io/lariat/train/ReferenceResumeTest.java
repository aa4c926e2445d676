package io.lariat.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;

/** Trainings that go on, on the scalar reference. */
class ReferenceResumeTest extends ResumeContract {
  @Override
  protected Backend open() {
    return Backends.open("reference");
  }
}
