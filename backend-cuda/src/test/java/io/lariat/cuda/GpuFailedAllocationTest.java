package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.train.FailedAllocationContract;

@Gpu
class GpuFailedAllocationTest extends FailedAllocationContract {
  @Override
  protected Backend open() {
    return Backends.open("cuda");
  }
}
