package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.ResumeContract;

/** Trainings that go on, on vectors, with two threads. */
class SimdResumeTest extends ResumeContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }
}
