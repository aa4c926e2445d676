package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cuda.emulation.CheckDevice.DevicePointer;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.Random;
import jcuda.Pointer;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasMath;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulated cuBLAS 12, through JCublas2. */
class EmulatedBlasTest {
  private static final int M = 5;
  private static final int N = 7;
  private static final int K = 11;
  private static final int WORKSPACE_BYTES = 4096;

  private CheckDevice device;
  private final cublasHandle handle = new cublasHandle();

  @BeforeEach
  @SuppressWarnings("restricted")
  void open() {
    device = new CheckDevice();
    for (String name : new String[] {"libcublasLt.so.12", "libcublas.so.12"}) {
      SymbolLookup.libraryLookup(Emulation.blasFolder(12).resolve(name), Arena.global());
    }
    assertThat(JCublas2.cublasCreate(handle)).isEqualTo(cublasStatus.CUBLAS_STATUS_SUCCESS);
    JCublas2.cublasSetStream(handle, new cudaStream_t(device.stream));
  }

  @AfterEach
  void close() {
    assertThat(JCublas2.cublasDestroy(handle)).isEqualTo(cublasStatus.CUBLAS_STATUS_SUCCESS);
    assertThat(Emulation.counters().blas()).isZero();
    device.close();
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 1, 0",
    "true, false, 1, 0",
    "false, true, 1, 0",
    "true, true, 1, 0",
    "false, true, 2, 0.5"
  })
  void multipliesMatricesThatLieByColumns(
      boolean transposeA, boolean transposeB, float alpha, float beta) {
    int lda = (transposeA ? K : M) + 2;
    int ldb = (transposeB ? N : K) + 1;
    int ldc = M + 3;
    float[] a = random(lda * (transposeA ? M : K), 1);
    float[] b = random(ldb * (transposeB ? K : N), 2);
    float[] c = random(ldc * N, 3);
    DevicePointer out = device.holding(c);
    int status =
        JCublas2.cublasSgemm(
            handle,
            transposeA ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
            transposeB ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N,
            M,
            N,
            K,
            Pointer.to(new float[] {alpha}),
            device.holding(a),
            lda,
            device.holding(b),
            ldb,
            Pointer.to(new float[] {beta}),
            out,
            ldc);
    assertThat(status).isEqualTo(cublasStatus.CUBLAS_STATUS_SUCCESS);
    float[] result = device.read(out, c.length);
    for (int column = 0; column < N; column++) {
      for (int row = 0; row < ldc; row++) {
        int at = row + column * ldc;
        if (row >= M) {
          assertThat(result[at]).as("between the columns").isEqualTo(c[at]);
          continue;
        }
        double sum = 0;
        for (int k = 0; k < K; k++) {
          double left = transposeA ? a[k + row * lda] : a[row + k * lda];
          double right = transposeB ? b[column + k * ldb] : b[k + column * ldb];
          sum += left * right;
        }
        assertThat(result[at]).isEqualTo((float) (alpha * sum + (double) beta * c[at]));
      }
    }
  }

  @Test
  void whatIsNotReadMayBeNan() {
    DevicePointer out = device.allocate(4);
    multiplyNumbers(device.holding(3), device.holding(4), out);
    assertThat(device.read(out, 1)[0]).isEqualTo(12);
  }

  @Test
  void tf32KeepsTenBitsOfTheFraction() {
    float fine = 1 + 0x1p-12f;
    DevicePointer out = device.allocate(4);
    multiplyNumbers(device.holding(fine), device.holding(1), out);
    assertThat(device.read(out, 1)[0]).isEqualTo(fine);
    JCublas2.cublasSetMathMode(handle, cublasMath.CUBLAS_TF32_TENSOR_OP_MATH);
    multiplyNumbers(device.holding(fine), device.holding(1), out);
    assertThat(device.read(out, 1)[0]).isEqualTo(1);
  }

  @Test
  void aCaptureNeedsAWorkspaceThatWasSetAfterTheStream() {
    DevicePointer workspace = device.allocate(WORKSPACE_BYTES);
    DevicePointer a = device.holding(3);
    DevicePointer out = device.allocate(4);
    JCublas2.cublasSetWorkspace(handle, workspace, WORKSPACE_BYTES);
    JCublas2.cublasSetStream(handle, new cudaStream_t(device.stream)); // forgets it
    begin();
    assertThat(multiplyNumbers(a, a, out)).isEqualTo(cublasStatus.CUBLAS_STATUS_INTERNAL_ERROR);
    end();
    JCublas2.cublasSetWorkspace(handle, workspace, WORKSPACE_BYTES);
    begin();
    assertThat(multiplyNumbers(a, a, out)).isEqualTo(cublasStatus.CUBLAS_STATUS_SUCCESS);
    JCudaDriver.cuGraphLaunch(end(), device.stream);
    assertThat(device.read(out, 1)[0]).isEqualTo(9);
  }

  @Test
  void theWorkspaceIsNobodyElses() {
    DevicePointer workspace = device.holding(new float[WORKSPACE_BYTES / Float.BYTES]);
    JCublas2.cublasSetWorkspace(handle, workspace, WORKSPACE_BYTES);
    DevicePointer a = device.holding(3);
    multiplyNumbers(a, a, device.allocate(4));
    assertThat(device.read(workspace, 8)).containsOnly(Float.NaN);
  }

  @Test
  void matricesMustLieInDeviceMemory() {
    DevicePointer a = device.holding(3);
    DevicePointer freed = device.allocate(4);
    multiplyNumbers(a, a, freed);
    JCudaDriver.cuStreamSynchronize(device.stream);
    JCudaDriver.cuMemFree(freed);
    multiplyNumbers(a, a, freed);
    CheckDevice.assertFails(
        "CUDA_ERROR_ILLEGAL_ADDRESS", () -> JCudaDriver.cuStreamSynchronize(device.stream));
  }

  private int multiplyNumbers(DevicePointer a, DevicePointer b, DevicePointer out) {
    return JCublas2.cublasSgemm(
        handle,
        cublasOperation.CUBLAS_OP_N,
        cublasOperation.CUBLAS_OP_N,
        1,
        1,
        1,
        Pointer.to(new float[] {1}),
        a,
        1,
        b,
        1,
        Pointer.to(new float[] {0}),
        out,
        1);
  }

  private void begin() {
    JCudaDriver.cuStreamBeginCapture(
        device.stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
  }

  private CUgraphExec end() {
    CUgraph graph = new CUgraph();
    JCudaDriver.cuStreamEndCapture(device.stream, graph);
    CUgraphExec executable = new CUgraphExec();
    JCudaDriver.cuGraphInstantiate(executable, graph, 0);
    return executable;
  }

  private static float[] random(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }
}
