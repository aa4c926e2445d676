package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.train.GoldenContract;

@Gpu
class GpuGoldenTest extends GoldenContract {
  @Override
  protected Backend open() {
    return Backends.open("cuda");
  }
}
