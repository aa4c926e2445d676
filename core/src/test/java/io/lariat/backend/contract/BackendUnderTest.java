package io.lariat.backend.contract;

import io.lariat.backend.Backend;

/** What the contracts share: the backend that they test. */
interface BackendUnderTest {

  /** A backend that is fresh for each test and is closed after it. */
  Backend backend();

  /** A second one beside it, which must give the same bits; also closed after the test. */
  Backend sibling();
}
