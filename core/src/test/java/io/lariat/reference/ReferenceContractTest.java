package io.lariat.reference;

import io.lariat.backend.Backend;
import io.lariat.backend.contract.BackendContract;

/** The scalar reference is held to the contract like every other backend. */
class ReferenceContractTest extends BackendContract {

  @Override
  protected Backend open() {
    return new ReferenceBackend();
  }
}
