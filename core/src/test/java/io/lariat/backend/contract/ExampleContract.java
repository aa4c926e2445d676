package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.backend.Matrix;
import org.junit.jupiter.api.Test;

/**
 * What a contract is, to be read before the others: put numbers into the backend's memory, run one
 * operation, look at what came out. The others do this for all shapes, with bounds instead of
 * equality, and with guards around each matrix.
 */
interface ExampleContract extends BackendUnderTest {

  /** {@code relu([1 2] [3 -4; -5 6] + [8 -9]) = [1 0]}: whole numbers, so there is no rounding. */
  @Test
  default void aDenseLayerIsWhatItsFormulaSays() {
    Slab slab = new Slab(backend(), Sample.of("aDenseLayerIsWhatItsFormulaSays"));
    Matrix x = slab.put("x", 1, 2, 1, 2);
    Matrix w = slab.put("w", 2, 2, 3, -4, -5, 6);
    Matrix bias = slab.put("bias", 1, 2, 8, -9);
    Matrix out = slab.out("out", 1, 2);

    slab.run(() -> backend().dense(x, w, bias, Activation.RELU, out), out);

    assertThat(slab.get(out)).containsExactly(1, 0);
  }
}
