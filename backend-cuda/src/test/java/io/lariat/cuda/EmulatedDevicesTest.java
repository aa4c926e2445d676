package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.Matrix;
import io.lariat.backend.Product;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.emulation.Emulation;
import io.lariat.cuda.emulation.Setting;
import io.lariat.cuda.probe.JCudaLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CPU emulation: devices and drivers of several kinds, and several of them. */
class EmulatedDevicesTest {

  @BeforeEach
  void begin() {
    Emulation.load();
    Emulation.reset();
  }

  @AfterEach
  void end() {
    Emulation.reset();
  }

  /** The cubin is for 9.0 and a driver that knows its format; all others compile the PTX. */
  @ParameterizedTest
  @CsvSource({"75, 12000", "80, 12060", "86, 13000", "90, 12060", "90, 13000", "120, 13000"})
  void kernelsAreLoadedWhateverTheDeviceAndTheDriver(int capability, int driver) {
    Emulation.set(Setting.CAPABILITY, capability);
    Emulation.set(Setting.DRIVER, driver);
    try (Backend backend = EmulatedGpu.open(EmulatedGpu.GRAPH)) {
      assertThat(SmallTraining.run(backend, 1).history().epochs()).hasSize(1);
    }
    assertThat(Emulation.counters().held()).isZero();
  }

  /** The program's report shows the description. */
  @Test
  void theDescriptionSaysWhetherFactorsAreRounded() {
    CudaSettings rounding = new CudaSettings(true, ReplayMode.GRAPH, 0);
    try (Backend backend = EmulatedGpu.open(rounding)) {
      assertThat(backend.description()).contains("in float32, as there is no cuBLAS for TF32");
    }
    try (Backend backend = EmulatedGpu.open(rounding, EmulatedGpu.cublas())) {
      assertThat(backend.description()).contains("cuBLAS 12.6.4").endsWith(", TF32)");
    }
    try (Backend backend = EmulatedGpu.open(EmulatedGpu.LARGE, EmulatedGpu.cublas())) {
      assertThat(backend.description()).contains("cuBLAS 12.6.4").doesNotContain("TF32");
    }
  }

  /** 1 + 2^-12 is 1 in TF32, which has 10 bits of fraction. */
  @Test
  void factorsAreRoundedOnlyWhenAskedFor() {
    float factor = 1 + 0x1p-12f;
    assertThat(product(new CudaSettings(true, ReplayMode.GRAPH, 0), factor)).isEqualTo(1);
    assertThat(product(EmulatedGpu.LARGE, factor)).isEqualTo(factor);
  }

  private static float product(CudaSettings settings, float factor) {
    try (Backend backend = EmulatedGpu.open(settings, EmulatedGpu.cublas())) {
      Matrix a = Matrix.of("a", backend.allocate(1), 1, 1);
      Matrix b = Matrix.of("b", backend.allocate(1), 1, 1);
      Matrix out = Matrix.of("out", backend.allocate(1), 1, 1);
      backend.write(new float[] {factor}, 0, a);
      backend.write(new float[] {1}, 0, b);
      backend.matmul(Product.AB, a, b, out);
      float[] found = new float[1];
      backend.read(out, found, 0);
      return found[0];
    }
  }

  @Test
  void twoDevicesTakeTurnsInOneThread() {
    Emulation.set(Setting.DEVICES, 2);
    Driver driver = JCudaLoader.driver();
    try (Backend first = new CudaBackend(driver, 0, null, EmulatedGpu.GRAPH);
        Backend second = new CudaBackend(driver, 1, null, EmulatedGpu.GRAPH)) {
      double[] weights = SmallTraining.weights(SmallTraining.run(first, 2));
      assertThat(SmallTraining.weights(SmallTraining.run(second, 2))).containsExactly(weights);
      assertThat(SmallTraining.weights(SmallTraining.run(first, 2))).containsExactly(weights);
    }
    assertThat(Emulation.counters().held()).isZero();
  }
}
