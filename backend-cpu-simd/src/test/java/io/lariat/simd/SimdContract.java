package io.lariat.simd;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.contract.BackendContract;
import io.lariat.simd.machine.VectorWidth;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;

/**
 * The contract with a number of threads, beside a sibling with another number, whose bits must be
 * the same. Surefire runs this once for each width of vectors.
 */
@Tag("width")
abstract class SimdContract extends BackendContract {
  private final int threads;
  private final int threadsOfSibling;

  SimdContract(int threads, int threadsOfSibling) {
    this.threads = threads;
    this.threadsOfSibling = threadsOfSibling;
  }

  @Override
  protected Backend open() {
    return open(threads);
  }

  @Override
  protected Backend openSibling() {
    return open(threadsOfSibling);
  }

  /** A backend of {@code count} threads; skips the test where this machine lacks the width. */
  static Backend open(int count) {
    String missing =
        VectorWidth.refusal(
            System.getProperty(VectorWidth.PROPERTY),
            FloatVector.SPECIES_PREFERRED.vectorBitSize());
    assumeTrue(missing == null, missing);
    return new SimdProvider().open(new BackendOptions(count));
  }
}
