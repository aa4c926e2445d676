package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.ResumeContract;

/** CPU emulation: trainings that go on, steps being graphs. */
class EmulatedResumeTest extends ResumeContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
