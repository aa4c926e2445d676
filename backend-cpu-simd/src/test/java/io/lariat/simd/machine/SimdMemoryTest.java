package io.lariat.simd.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.backend.Indices;
import io.lariat.backend.Matrix;
import io.lariat.backend.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Who owns memory, when it goes, and that it goes. */
class SimdMemoryTest {

  private static Backend open(int threads) {
    return Backends.open("simd", new BackendOptions(threads));
  }

  @Test
  void isZeroedAndAligned() {
    try (Backend backend = open(1)) {
      for (int n : new int[] {1, 15, 16, 17, 100_003}) {
        Storage storage = backend.allocate(n);
        float[] found = new float[n];
        backend.read(Matrix.of("m", storage, 1, n), found, 0);
        assertThat(found).containsOnly(0f);
        long address = ((SimdStorage) storage).memory().address();
        assertThat(address % SimdStorage.ALIGNMENT).isZero();
      }
    }
  }

  @Test
  void memoryOfAClosedStorageComesBackZeroed() {
    try (Backend backend = open(1)) {
      Storage first = backend.allocate(100);
      float[] ones = new float[100];
      Arrays.fill(ones, 1);
      backend.write(ones, 0, Matrix.of("m", first, 10, 10));
      long address = ((SimdStorage) first).memory().address();
      first.close();
      Storage second = backend.allocate(100);
      assertThat(((SimdStorage) second).memory().address()).isEqualTo(address);
      assertThat(((SimdStorage) second).memory().toArray(Lanes.FLOAT_LAYOUT)).containsOnly(0f);
      Storage third = backend.allocate(100);
      assertThat(((SimdStorage) third).memory().address()).isNotEqualTo(address);
    }
  }

  @Test
  void keepsALimitedAmountOfMemory() {
    SpareMemory spare = new SpareMemory();
    List<SpareMemory.Block> blocks = new ArrayList<>();
    for (long bytes = 64; bytes <= 2 * SpareMemory.LARGEST; bytes *= 2) {
      for (int i = 0; i < 20; i++) {
        blocks.add(spare.take(bytes));
      }
    }
    blocks.forEach(spare::giveBack);
    assertThat(spare.kept()).isPositive().isLessThanOrEqualTo(SpareMemory.LIMIT);
    SpareMemory.Block large = spare.take(2 * SpareMemory.LARGEST);
    spare.giveBack(large);
    assertThat(large.arena().scope().isAlive()).isFalse();
    SpareMemory.Block small = spare.take(64);
    spare.giveBack(small);
    assertThat(small.arena().scope().isAlive()).isTrue();
    spare.close();
    assertThat(spare.kept()).isZero();
    assertThat(blocks).noneMatch(block -> block.arena().scope().isAlive());
  }

  @Test
  void refusesUseAfterClose() {
    Backend backend = open(2);
    Matrix x = Matrix.of("x", backend.allocate(6), 2, 3);
    Matrix y = Matrix.of("y", backend.allocate(6), 2, 3);
    Indices rows = backend.allocateIndices(2);
    x.storage().close();
    x.storage().close();
    assertThatThrownBy(() -> backend.copy(x, y))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("x [2x3]: its storage is closed");
    rows.range(0, 1).close();
    backend.write(new int[] {1, 0}, 0, rows);
    rows.close();
    assertThatThrownBy(() -> backend.write(new int[] {1, 0}, 0, rows))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("indices [2]: they are closed");
    backend.close();
    backend.close();
    assertThatThrownBy(() -> backend.activate(Activation.RELU, y, y))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the simd backend is closed");
    assertThatThrownBy(() -> backend.allocate(1)).isInstanceOf(IllegalStateException.class);
    y.storage().close();
  }

  @Test
  void refusesMemoryOfOthers() {
    try (Backend simd = open(1);
        Backend other = open(1);
        Backend reference = Backends.open("reference")) {
      Matrix mine = Matrix.of("mine", simd.allocate(4), 2, 2);
      Matrix others = Matrix.of("theirs", other.allocate(4), 2, 2);
      Matrix heap = Matrix.of("heap", reference.allocate(4), 2, 2);
      assertThatThrownBy(() -> simd.copy(others, mine))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "theirs [2x2]: expected memory that this simd backend allocated, found SimdStorage of"
                  + " another simd backend");
      assertThatThrownBy(() -> simd.copy(heap, mine))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "heap [2x2]: expected memory that this simd backend allocated, found HeapStorage of"
                  + " another backend");
    }
  }

  @Test
  void refusesSizesThatAreNone() {
    try (Backend backend = open(1)) {
      assertThatThrownBy(() -> backend.allocate(0)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> backend.allocateIndices(-1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A thousand backends of 8 MB: what is not freed would be 8 GB. */
  @Test
  void openingAndClosingLeavesNothingBehind() throws IOException {
    cycle(50);
    long memory = residentBytes();
    int threads = Thread.activeCount();
    cycle(1000);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    assertThat(residentBytes() - memory).isLessThan(200L << 20);
  }

  private static void cycle(int times) {
    float[] ones = new float[1 << 20];
    for (int i = 0; i < times; i++) {
      try (Backend backend = open(2)) {
        Matrix a = Matrix.of("a", backend.allocate(1 << 20), 1 << 10, 1 << 10);
        Matrix b = Matrix.of("b", backend.allocate(1 << 20), 1 << 10, 1 << 10);
        backend.write(ones, 0, a);
        backend.copy(a, b);
        if (i % 2 == 0) {
          a.storage().close();
        }
      }
    }
  }

  /** The memory that the process has, from Linux's proc file system. */
  private static long residentBytes() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    Assumptions.assumeTrue(Files.exists(statm), "no /proc here");
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * 4096;
  }
}
