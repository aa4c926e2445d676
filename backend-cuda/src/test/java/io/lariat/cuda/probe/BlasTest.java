package io.lariat.cuda.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import io.lariat.cuda.emulation.Emulation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** cuBLAS 12 by JCublas2 and 13 by the Foreign Function API, on the CPU emulation. */
@ParameterizedClass
@ValueSource(ints = {12, 13})
class BlasTest {
  private static final int WORKSPACE = 1 << 16;

  private static final int M = 3;
  private static final int N = 5;
  private static final int K = 4;

  /** Floats between columns: more than there are rows. */
  private static final int LEADING = 7;

  private static final int FLOATS = LEADING * 5;

  private final Random random = new Random(42);
  private final int version;
  private Blas.Opener opener;
  private Driver driver;
  private Driver.Context context;
  private Driver.Stream stream;
  private long workspace;
  private MemorySegment host;
  private long a;
  private long b;
  private long c;

  BlasTest(int version) {
    this.version = version;
  }

  @BeforeEach
  void open(@TempDir Path root) {
    Emulation.load();
    FakeMachine machine = new FakeMachine(root);
    machine.properties.put("lariat.cuda.cublas", Emulation.blasFolder(version).toString());
    opener = BlasLibrary.find(machine).orElseThrow();
    driver = JCudaLoader.driver();
    context = driver.retainContext(0);
    driver.setCurrent(context);
    stream = driver.createStream();
    workspace = driver.allocate(WORKSPACE);
    host = driver.allocatePinned(FLOATS * Float.BYTES);
    a = driver.allocate(FLOATS * Float.BYTES);
    b = driver.allocate(FLOATS * Float.BYTES);
    c = driver.allocate(FLOATS * Float.BYTES);
  }

  @AfterEach
  void close() {
    assertThat(Emulation.counters().blas()).isZero();
    for (long memory : new long[] {workspace, a, b, c}) {
      driver.free(memory);
    }
    driver.freePinned(host);
    driver.destroy(stream);
    driver.releaseContext(context);
    Emulation.reset();
  }

  @Test
  void saysWhatItIs() {
    assertThat(opener.description())
        .matches(
            "cuBLAS "
                + version
                + "\\.\\d+\\.\\d+ \\("
                + Emulation.blasFolder(version)
                + "/libcublas\\.so\\."
                + version
                + "\\)");
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void multiplies(boolean transposeA, boolean transposeB) {
    float[] left = upload(a, random());
    float[] right = upload(b, random());
    upload(c, filled(Float.NaN)); // what is there must not count
    try (Blas blas = opener.open(stream, workspace, WORKSPACE, false)) {
      blas.sgemm(transposeA, transposeB, M, N, K, a, LEADING, b, LEADING, c, LEADING);
      assertThat(download(c)).containsExactly(product(transposeA, transposeB, left, right));
    }
  }

  @Test
  void isRecordedInAGraph() {
    float[] left = upload(a, random());
    float[] right = upload(b, random());
    upload(c, filled(Float.NaN));
    try (Blas blas = opener.open(stream, workspace, WORKSPACE, false)) {
      driver.beginCapture(stream);
      blas.sgemm(false, false, M, N, K, a, LEADING, b, LEADING, c, LEADING);
      Driver.Graph graph = driver.endCapture(stream);
      assertThat(download(c)).containsOnly(Float.NaN);
      driver.launch(graph, stream);
      assertThat(download(c)).containsExactly(product(false, false, left, right));
      driver.destroy(graph);
    }
  }

  @Test
  void roundsToTf32OnlyWhenAsked() {
    upload(a, filled(1 + 1 / 4096f)); // twelve bits of fraction, of which TF32 has ten
    upload(b, filled(1));
    float[] first = new float[2];
    for (boolean tf32 : new boolean[] {false, true}) {
      try (Blas blas = opener.open(stream, workspace, WORKSPACE, tf32)) {
        blas.sgemm(false, false, 1, 1, 1, a, 1, b, 1, c, 1);
        first[tf32 ? 1 : 0] = download(c)[0];
      }
    }
    assertThat(first).containsExactly(1 + 1 / 4096f, 1);
  }

  @Test
  void saysWhatFailed() {
    try (Blas blas = opener.open(stream, workspace, WORKSPACE, false)) {
      assertThatExceptionOfType(DriverException.class)
          .isThrownBy(() -> blas.sgemm(false, false, M, N, K, a, 1, b, LEADING, c, LEADING))
          .matches(e -> e.fact().equals("cublasSgemm gave CUBLAS_STATUS_INVALID_VALUE (7)"));
    }
  }

  @Test
  void leavesNothingWhenItCannotBeOpened() {
    assertThatExceptionOfType(DriverException.class)
        .isThrownBy(() -> opener.open(stream, workspace + 4, WORKSPACE - 4, false))
        .matches(e -> e.fact().equals("cublasSetWorkspace gave CUBLAS_STATUS_INVALID_VALUE (7)"));
    assertThat(Emulation.counters().blas()).isZero();
  }

  /** By columns, each sum rounded once; NaN where nothing is written. */
  private static float[] product(
      boolean transposeA, boolean transposeB, float[] left, float[] right) {
    float[] expected = filled(Float.NaN);
    for (int i = 0; i < M; i++) {
      for (int j = 0; j < N; j++) {
        double sum = 0;
        for (int l = 0; l < K; l++) {
          sum +=
              (double) left[transposeA ? l + i * LEADING : i + l * LEADING]
                  * right[transposeB ? j + l * LEADING : l + j * LEADING];
        }
        expected[i + j * LEADING] = (float) sum;
      }
    }
    return expected;
  }

  private float[] random() {
    float[] values = new float[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  private static float[] filled(float value) {
    float[] values = new float[FLOATS];
    Arrays.fill(values, value);
    return values;
  }

  private float[] upload(long address, float[] values) {
    MemorySegment.copy(values, 0, host, ValueLayout.JAVA_FLOAT, 0, FLOATS);
    driver.copyToDevice(host.address(), address, host.byteSize(), stream);
    driver.synchronize(stream);
    return values;
  }

  private float[] download(long address) {
    driver.copyToHost(address, host.address(), host.byteSize(), stream);
    driver.synchronize(stream);
    return host.toArray(ValueLayout.JAVA_FLOAT);
  }
}
