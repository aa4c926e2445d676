package io.lariat.simd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lariat.backend.Backends;
import io.lariat.backend.PanelProducts;
import io.lariat.backend.contract.PanelContract;
import io.lariat.simd.machine.VectorWidth;
import io.lariat.simd.panels.VectorPanels;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract of products of panels, once for each width of vectors, as the SPI finds them. */
@Tag("width")
class SimdPanelsTest extends PanelContract {
  @Override
  protected PanelProducts open() {
    String missing =
        VectorWidth.refusal(
            System.getProperty(VectorWidth.PROPERTY),
            FloatVector.SPECIES_PREFERRED.vectorBitSize());
    assumeTrue(missing == null, missing);
    return Objects.requireNonNull(Backends.panelProducts());
  }

  @Test
  void theyAreVectors() {
    assertThat(open()).isInstanceOf(VectorPanels.class);
  }
}
