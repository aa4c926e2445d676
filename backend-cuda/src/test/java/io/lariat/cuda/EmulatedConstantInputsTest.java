package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.train.ConstantInputsContract;

/** CPU emulation: inputs that are constant. */
class EmulatedConstantInputsTest extends ConstantInputsContract {
  @Override
  protected Backend open() {
    return EmulatedGpu.open(EmulatedGpu.GRAPH);
  }
}
