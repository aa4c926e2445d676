package io.lariat.simd;

/** The contract with three threads. */
class SimdContractOfThreeTest extends SimdContract {
  SimdContractOfThreeTest() {
    super(3, 1);
  }
}
