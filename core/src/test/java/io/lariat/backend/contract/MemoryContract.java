package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Backend;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns memory, what it holds, and that nothing is reached after it is freed. */
interface MemoryContract extends BackendUnderTest {

  @Test
  default void memoryIsAllocatedZeroed() {
    for (int floats : new int[] {1, 2, 15, 64, 1000, 100_003}) {
      // the second time a backend may hand out what the first had written and freed
      for (int repeat = 0; repeat < 2; repeat++) {
        Storage storage = backend().allocate(floats);
        assertThat(storage.length()).isEqualTo(floats);
        Matrix all = Matrix.of("all", storage, 1, floats);
        float[] found = new float[floats];
        Arrays.fill(found, 7);
        backend().read(all, found, 0);
        assertThat(found).containsOnly(0);
        Arrays.fill(found, 7);
        backend().write(found, 0, all);
        storage.close();
      }
    }
  }

  @Test
  default void memoryOfIndicesIsAllocatedZeroed() {
    Slab slab = new Slab(backend(), Sample.of("memoryOfIndicesIsAllocatedZeroed"));
    for (int repeat = 0; repeat < 2; repeat++) {
      slab.clear();
      Matrix source = slab.put("source", 3, 1, 10, 20, 30);
      Matrix out = slab.out("out", 5, 1);
      Indices indices = backend().allocateIndices(5);
      assertThat(indices.length()).isEqualTo(5);
      slab.run(() -> backend().gatherRows(source, indices, out), out);
      slab.check("rows 0", out, Expected.exactly(10, 10, 10, 10, 10));
      backend().write(new int[] {1, 2, 1, 2, 1}, 0, indices);
      indices.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  default void memoryOfNoFloatsIsRefused(long floats) {
    assertThatThrownBy(() -> backend().allocate(floats))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found " + floats);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  default void memoryOfNoIntsIsRefused(int ints) {
    assertThatThrownBy(() -> backend().allocateIndices(ints))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found " + ints);
  }

  @Test
  default void memoryWriteAndReadMoveWhatIsAskedFor() {
    Storage storage = backend().allocate(20);
    float[] source = {9, -0f, Float.NaN, 1, 2, 3, 4, Float.MIN_VALUE, 9};
    backend().write(source, 1, new Matrix("m", storage, 5, 2, 3));
    float[] found = new float[24];
    backend().read(Matrix.of("all", storage, 4, 5), found, 3);
    float[] expected = new float[24];
    System.arraycopy(source, 1, expected, 8, 6);
    RowsContract.assertSameBits("write and read", found, expected);
    backend().read(new Matrix("end", storage, 9, 1, 2), found, 22);
    expected[22] = 3;
    expected[23] = 4;
    RowsContract.assertSameBits("read at the end", found, expected);
  }

  @Test
  default void memoryOfIndicesIsSharedByItsRanges() {
    Slab slab = new Slab(backend(), Sample.of("memoryOfIndicesIsSharedByItsRanges"));
    Matrix source = slab.put("source", 6, 1, 0, 1, 2, 3, 4, 5);
    Matrix out = slab.out("out", 4, 1);
    Indices indices = backend().allocateIndices(8);
    backend().write(new int[] {9, 9, 5, 4, 3, 2, 9}, 2, indices.range(2, 4));
    Indices inner = indices.range(1, 6).range(1, 4);
    slab.run(() -> backend().gatherRows(source, inner, out), out);
    slab.check("range of a range", out, Expected.exactly(5, 4, 3, 2));
    slab.run(() -> backend().gatherRows(source, indices.range(4, 4), out), out);
    slab.check("range to the end", out, Expected.exactly(3, 2, 0, 0));
    inner.close(); // a view: nothing happens
    slab.run(() -> backend().gatherRows(source, inner, out), out);
    slab.check("range after its close", out, Expected.exactly(5, 4, 3, 2));
    for (int[] wrong : new int[][] {{-1, 2}, {0, 9}, {8, 1}, {3, -1}, {Integer.MAX_VALUE, 2}}) {
      assertThatThrownBy(() -> indices.range(wrong[0], wrong[1]))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  default void memoryOfAnotherBackendIsRefusedInEveryArgument() {
    Storage own = backend().allocate(64);
    Storage foreign = sibling().allocate(64);
    Storage unheardOf =
        new Storage() {
          @Override
          public long length() {
            return 64;
          }

          @Override
          public void close() {}
        };
    Indices ints = backend().allocateIndices(1);
    for (Storage other : new Storage[] {foreign, unheardOf}) {
      for (int argument = 0; argument < 5; argument++) {
        String name = "argument" + argument;
        EveryOperation.calls(backend(), own, other, ints, argument)
            .forEach(
                (operation, call) ->
                    assertThatThrownBy(call::run)
                        .as("%s with a foreign %s", operation, name)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(name));
      }
    }
  }

  @Test
  default void memoryOfAnotherBackendsIndicesIsRefused() {
    Matrix a = Matrix.of("a", backend().allocate(4), 2, 2);
    Matrix b = Matrix.of("b", backend().allocate(2), 1, 2);
    Indices foreign = sibling().allocateIndices(1);
    assertThatThrownBy(() -> backend().gatherRows(a, foreign, b))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("indices [1]");
    assertThatThrownBy(() -> backend().scatterRows(b, foreign.range(0, 1), a))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> backend().dropout(0.5, foreign, a, a))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> backend().write(new int[1], 0, foreign))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void memoryIsNotUsedAfterItsClose() {
    Storage own = backend().allocate(64);
    Storage closed = backend().allocate(64);
    Indices ints = backend().allocateIndices(1);
    closed.close();
    closed.close();
    for (int argument = 0; argument < 5; argument++) {
      String name = "argument" + argument;
      EveryOperation.calls(backend(), own, closed, ints, argument)
          .forEach(
              (operation, call) ->
                  assertThatThrownBy(call::run)
                      .as("%s with a closed %s", operation, name)
                      .isInstanceOf(IllegalStateException.class)
                      .hasMessageContaining(name));
    }
    // and what is open still works
    EveryOperation.calls(backend(), closed, own, ints, -1).values().forEach(Runnable::run);
  }

  @Test
  default void memoryOfIndicesIsNotUsedAfterItsClose() {
    Matrix a = Matrix.of("a", backend().allocate(4), 2, 2);
    Matrix b = Matrix.of("b", backend().allocate(2), 1, 2);
    Indices closed = backend().allocateIndices(3);
    Indices range = closed.range(1, 1);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> backend().gatherRows(a, range, b))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend().scatterRows(b, range, a))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend().dropout(0.5, range, a, a))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend().write(new int[3], 0, closed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void memoryDiesWithItsBackend() {
    Backend backend = sibling();
    Storage storage = backend.allocate(64);
    Indices ints = backend.allocateIndices(1);
    backend.close();
    assertThatThrownBy(() -> backend.allocate(1)).isInstanceOf(IllegalStateException.class);
    backend.close();
    EveryOperation.calls(backend, storage, storage, ints, -1)
        .forEach(
            (operation, call) ->
                assertThatThrownBy(call::run)
                    .as("%s of a closed backend", operation)
                    .isInstanceOf(IllegalStateException.class));
    assertThatThrownBy(() -> backend.allocate(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend.allocateIndices(1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> backend.write(new int[1], 0, ints))
        .isInstanceOf(IllegalStateException.class);
    storage.close();
    ints.close();
    // the other one lives on
    Storage alive = backend().allocate(64);
    Indices aliveInts = backend().allocateIndices(1);
    EveryOperation.calls(backend(), alive, alive, aliveInts, -1).values().forEach(Runnable::run);
  }

  @Test
  default void memoryBelongsToABackendWithAName() {
    assertThat(backend().name()).isNotBlank();
    assertThat(backend().description()).contains(backend().name());
  }
}
