package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.GoldenContract;

/** CPU emulation: the golden cases, steps being graphs. */
class EmulatedGoldenTest extends GoldenContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
