package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Occupancy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One thread at a time, and nobody closes what another one uses. */
@Tag("B1")
interface OccupancyContract extends BackendUnderTest {

  @Test
  default void occupancyIsOneObjectOfThisBackend() {
    Occupancy occupancy = backend().occupancy();
    assertThat(occupancy).isSameAs(backend().occupancy()).isNotSameAs(sibling().occupancy());
  }

  @Test
  default void occupancyOfAnotherThreadKeepsTheBackendOpen() throws Exception {
    Backend backend = backend();
    Matrix kept = Matrix.of("kept", backend.allocate(2), 1, 2);
    backend.write(new float[] {3, 4}, 0, kept);
    try (ExecutorService other =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "the-user"))) {
      other.submit(() -> backend.occupancy().enter()).get();
      assertThatIllegalStateException()
          .isThrownBy(backend::close)
          .withMessageStartingWith("this backend is in use by thread the-user, ");
      float[] found = new float[2];
      other.submit(() -> backend.read(kept, found, 0)).get();
      assertThat(found).containsExactly(3, 4);
      other.submit(() -> backend.occupancy().leave()).get();
    }
    backend.close();
    backend.close();
    assertThatIllegalStateException().isThrownBy(() -> backend.read(kept, new float[2], 0));
  }
}
