package io.lariat.cuda;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.contract.BackendContract;

@Gpu
class GpuContractTest extends BackendContract {
  @Override
  protected Backend open() {
    return Backends.open("cuda");
  }
}
