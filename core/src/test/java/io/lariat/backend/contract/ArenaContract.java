package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Arena;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Recording;
import io.lariat.backend.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was allocated in one scope is freed together, however that is left. */
interface ArenaContract extends BackendUnderTest {

  private float[] read(Storage storage) {
    float[] found = new float[(int) storage.length()];
    backend().read(Matrix.of("found", storage, 1, found.length), found, 0);
    return found;
  }

  private void assertFreed(Storage storage) {
    assertThatIllegalStateException().isThrownBy(() -> read(storage));
  }

  private void assertFreed(Indices indices) {
    assertThatIllegalStateException()
        .isThrownBy(() -> backend().write(new int[indices.length()], 0, indices));
  }

  @Test
  default void arenaFreesAllThatItHandedOut() {
    Storage floats;
    Storage data;
    Matrix matrix;
    Indices indices;
    Recording recording;
    try (Arena arena = backend().arena()) {
      floats = arena.floats(3);
      data = arena.data(4);
      matrix = arena.matrix("m", 2, 2);
      indices = arena.indices(5);
      recording = arena.record(() -> backend().activate(Activation.RELU, matrix, matrix));
      recording.replay();
      assertThat(read(floats)).containsOnly(0);
      assertThat(read(data)).containsOnly(0);
    }
    assertFreed(floats);
    assertFreed(data);
    assertFreed(matrix.storage());
    assertFreed(indices);
    assertThatIllegalStateException().isThrownBy(recording::replay);
  }

  @Test
  default void arenaFillsWhatItIsGivenValuesFor() {
    try (Arena arena = backend().arena()) {
      Matrix source = arena.matrix("source", new float[] {1, 2, 3, 4, 5, 6, 7}, 3, 2);
      Indices rows = arena.indices(new int[] {2, 0, 9}, 2);
      Matrix out = arena.matrix("out", 2, 2);
      backend().gatherRows(source, rows, out);
      assertThat(read(source.storage())).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(read(out.storage())).containsExactly(5, 6, 1, 2);
    }
  }

  @Test
  default void arenaFreesOneThingBeforeTheRest() {
    try (Arena arena = backend().arena()) {
      Storage early = arena.floats(2);
      Storage kept = arena.floats(2);
      Indices indices = arena.indices(2);
      arena.free(early);
      arena.free(indices);
      assertFreed(early);
      assertFreed(indices);
      assertThat(read(kept)).containsOnly(0);
      assertThatThrownBy(() -> arena.free(early))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("freed before");
    }
  }

  @Test
  default void arenaThatIsClosedAllocatesNothing() {
    Arena arena = backend().arena();
    arena.close();
    arena.close();
    List<Runnable> calls =
        List.of(
            () -> arena.floats(1),
            () -> arena.data(1),
            () -> arena.indices(1),
            () -> arena.matrix("m", 1, 1),
            () -> arena.record(() -> {}));
    for (Runnable call : calls) {
      assertThatIllegalStateException()
          .isThrownBy(call::run)
          .withMessageStartingWith("this arena is closed");
    }
  }

  @Test
  default void arenaOfAnOwnerThatCannotBeMadeIsFreed() {
    List<Storage> allocated = new ArrayList<>();
    assertThatThrownBy(
            () ->
                backend()
                    .arena()
                    .ownedBy(
                        arena -> {
                          allocated.add(arena.floats(2));
                          return arena.floats(0);
                        }))
        .isInstanceOf(IllegalArgumentException.class);
    allocated.forEach(this::assertFreed);
    Storage kept = backend().arena().ownedBy(arena -> arena.floats(2));
    assertThat(read(kept)).containsOnly(0);
  }
}
