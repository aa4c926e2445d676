package io.lariat.simd;

/** The contract with one thread. */
class SimdContractOfOneTest extends SimdContract {
  SimdContractOfOneTest() {
    super(1, 2);
  }
}
