package io.lariat.simd;

import io.lariat.backend.Backend;
import io.lariat.train.GoldenContract;
import org.junit.jupiter.api.Tag;

/** The golden cases on vectors of every width, with two threads. */
@Tag("width")
class SimdGoldenTest extends GoldenContract {
  @Override
  protected Backend open() {
    return SimdContract.open(2);
  }
}
