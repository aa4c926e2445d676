package io.lariat.simd;

/** The contract with two threads. */
class SimdContractOfTwoTest extends SimdContract {
  SimdContractOfTwoTest() {
    super(2, 3);
  }
}
