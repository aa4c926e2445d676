// The part of cuBLAS that the backend calls, as work on streams of the fake driver.
//
// Built twice, as libcublas.so.12 and .13, with the symbol versions of the real ones.
#include <dlfcn.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <vector>

#include "codes.h"

namespace {

enum Status {
  CUBLAS_STATUS_SUCCESS = 0,
  CUBLAS_STATUS_NOT_INITIALIZED = 1,
  CUBLAS_STATUS_INVALID_VALUE = 7,
  CUBLAS_STATUS_EXECUTION_FAILED = 13,
  CUBLAS_STATUS_INTERNAL_ERROR = 14,
  CUBLAS_STATUS_NOT_SUPPORTED = 15,
};

enum {
  CUBLAS_OP_N = 0,
  CUBLAS_OP_T = 1,
  CUBLAS_POINTER_MODE_HOST = 0,
  CUBLAS_DEFAULT_MATH = 0,
  CUBLAS_TF32_TENSOR_OP_MATH = 3,
};

// cuBLAS refuses a workspace at another address.
const uint64_t WORKSPACE_ALIGNMENT = 256;

struct Handle {
  void *stream;
  CUdeviceptr workspace;
  size_t workspaceBytes;
  bool tf32;
};

struct Product {
  bool transposeA, transposeB, tf32;
  int m, n, k, lda, ldb, ldc;
  float alpha, beta;
  const float *a, *b;
  float *c;
  char *workspace;
  size_t workspaceBytes;
};

std::mutex lock;
std::set<Handle *> handles;

// ---- the fake driver -----------------------------------------------------------------------------------------------

template <typename Function>
Function *ofDriver(const char *name) {
  static void *driver = dlopen("libcuda.so.1", RTLD_LAZY);
  void *symbol = driver == nullptr ? nullptr : dlsym(driver, name);
  if (symbol == nullptr) {
    fprintf(stderr, "CUDA emulation: cuBLAS finds no %s in libcuda.so.1; is that the emulated driver?\n", name);
    abort();
  }
  return reinterpret_cast<Function *>(symbol);
}

bool inDevice(const void *address, size_t bytes, const char *what) {
  using InDevice = int(CUdeviceptr, size_t, const char *);
  return ofDriver<InDevice>("emulation_in_device")(reinterpret_cast<CUdeviceptr>(address), bytes, what) != 0;
}

bool capturing(void *stream) {
  using IsCapturing = CUresult(void *, int *);
  int status = 0;
  return ofDriver<IsCapturing>("cuStreamIsCapturing")(stream, &status) == CUDA_SUCCESS && status != 0;
}

void count(int change) {
  using Count = void(const char *, long long);
  ofDriver<Count>("emulation_count")("blas", change);
}

// ---- the product ---------------------------------------------------------------------------------------------------

// The bytes from the first element of a matrix to its last. Columns are `leading` floats apart.
size_t extent(int rows, int columns, int leading) {
  return (static_cast<size_t>(columns - 1) * leading + rows) * sizeof(float);
}

// TF32 keeps ten bits of the fraction.
float rounded(float value, bool tf32) {
  if (!tf32 || !std::isfinite(value)) {
    return value;
  }
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits = (bits + 0x1000) & ~uint32_t{0x1fff};
  memcpy(&value, &bits, sizeof value);
  return value;
}

// c = alpha op(a) op(b) + beta c, each sum in double and rounded once; c is not read if beta is 0.
CUresult run(const void *argument) {
  const Product p = *static_cast<const Product *>(argument);
  // Valid when it was queued, perhaps freed since.
  bool reads = p.k > 0;
  if ((reads && !inDevice(p.a, p.transposeA ? extent(p.k, p.m, p.lda) : extent(p.m, p.k, p.lda), "cublasSgemm: a")) ||
      (reads && !inDevice(p.b, p.transposeB ? extent(p.n, p.k, p.ldb) : extent(p.k, p.n, p.ldb), "cublasSgemm: b")) ||
      !inDevice(p.c, extent(p.m, p.n, p.ldc), "cublasSgemm: c") ||
      (p.workspace != nullptr && !inDevice(p.workspace, p.workspaceBytes, "cublasSgemm: the workspace"))) {
    return CUDA_ERROR_ILLEGAL_ADDRESS;
  }
  std::vector<double> left(static_cast<size_t>(p.m) * p.k), sums(p.m);
  for (int l = 0; l < p.k; l++) {
    for (int i = 0; i < p.m; i++) {
      float value = p.transposeA ? p.a[l + static_cast<size_t>(i) * p.lda] : p.a[i + static_cast<size_t>(l) * p.lda];
      left[i + static_cast<size_t>(l) * p.m] = rounded(value, p.tf32);
    }
  }
  for (int j = 0; j < p.n; j++) {
    sums.assign(p.m, 0);
    for (int l = 0; l < p.k; l++) {
      float value = p.transposeB ? p.b[j + static_cast<size_t>(l) * p.ldb] : p.b[l + static_cast<size_t>(j) * p.ldb];
      double right = rounded(value, p.tf32);
      const double *column = &left[static_cast<size_t>(l) * p.m];
      for (int i = 0; i < p.m; i++) {
        sums[i] += column[i] * right;
      }
    }
    float *out = p.c + static_cast<size_t>(j) * p.ldc;
    for (int i = 0; i < p.m; i++) {
      out[i] = static_cast<float>(p.alpha * sums[i] + (p.beta == 0 ? 0 : static_cast<double>(p.beta) * out[i]));
    }
  }
  // The real one may use all of it at any time.
  memset(p.workspace, 0xff, p.workspaceBytes);
  return CUDA_SUCCESS;
}

bool known(Handle *handle) {
  std::lock_guard<std::mutex> hold(lock);
  return handles.count(handle) != 0;
}

bool wrongLeading(bool transposed, int rows, int columns, int leading) {
  return leading < (transposed ? columns : rows) || leading < 1;
}

}  // namespace

API Status cublasCreate_v2(Handle **handle) {
  using GetCurrent = CUresult(void **);
  void *context = nullptr;
  if (ofDriver<GetCurrent>("cuCtxGetCurrent")(&context) != CUDA_SUCCESS || context == nullptr) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  std::lock_guard<std::mutex> hold(lock);
  *handle = new Handle{nullptr, 0, 0, false};
  handles.insert(*handle);
  count(1);
  return CUBLAS_STATUS_SUCCESS;
}

API Status cublasDestroy_v2(Handle *handle) {
  std::lock_guard<std::mutex> hold(lock);
  if (handles.erase(handle) == 0) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  count(-1);
  return CUBLAS_STATUS_SUCCESS;
}

// As the real one, without a handle too.
API Status cublasGetVersion_v2(Handle *handle, int *version) {
  *version = CUBLAS_VERSION;
  return handle == nullptr || known(handle) ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_INITIALIZED;
}

API const char *cublasGetStatusString(Status status) {
  return status == CUBLAS_STATUS_SUCCESS ? "success" : "the operation failed";
}

// Takes cuBLAS back to a workspace of its own.
API Status cublasSetStream_v2(Handle *handle, void *stream) {
  if (!known(handle)) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  handle->stream = stream;
  handle->workspace = 0;
  handle->workspaceBytes = 0;
  return CUBLAS_STATUS_SUCCESS;
}

API Status cublasSetWorkspace_v2(Handle *handle, void *workspace, size_t bytes) {
  if (!known(handle)) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  if (reinterpret_cast<uint64_t>(workspace) % WORKSPACE_ALIGNMENT != 0 ||
      (bytes != 0 && !inDevice(workspace, bytes, "cublasSetWorkspace"))) {
    return CUBLAS_STATUS_INVALID_VALUE;
  }
  handle->workspace = reinterpret_cast<CUdeviceptr>(workspace);
  handle->workspaceBytes = bytes;
  return CUBLAS_STATUS_SUCCESS;
}

API Status cublasSetMathMode(Handle *handle, int mode) {
  if (!known(handle)) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  if (mode != CUBLAS_DEFAULT_MATH && mode != CUBLAS_TF32_TENSOR_OP_MATH) {
    return CUBLAS_STATUS_NOT_SUPPORTED;
  }
  handle->tf32 = mode == CUBLAS_TF32_TENSOR_OP_MATH;
  return CUBLAS_STATUS_SUCCESS;
}

// Nothing here is atomic.
API Status cublasSetAtomicsMode(Handle *handle, int) {
  return known(handle) ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_INITIALIZED;
}

API Status cublasSetPointerMode_v2(Handle *handle, int mode) {
  if (!known(handle)) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  return mode == CUBLAS_POINTER_MODE_HOST ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_SUPPORTED;
}

API Status cublasSgemm_v2(Handle *handle, int opA, int opB, int m, int n, int k, const float *alpha, const float *a,
                          int lda, const float *b, int ldb, const float *beta, float *c, int ldc) {
  if (!known(handle)) {
    return CUBLAS_STATUS_NOT_INITIALIZED;
  }
  bool transposeA = opA != CUBLAS_OP_N, transposeB = opB != CUBLAS_OP_N;
  if (m < 0 || n < 0 || k < 0 || wrongLeading(transposeA, m, k, lda) || wrongLeading(transposeB, k, n, ldb) ||
      wrongLeading(false, m, n, ldc)) {
    return CUBLAS_STATUS_INVALID_VALUE;
  }
  if (m == 0 || n == 0) {
    return CUBLAS_STATUS_SUCCESS;
  }
  // The real one may allocate then, which no capture allows.
  if (handle->workspaceBytes == 0 && capturing(handle->stream)) {
    fprintf(stderr, "CUDA emulation: cublasSgemm is captured without a workspace; set one after the stream\n");
    return CUBLAS_STATUS_INTERNAL_ERROR;
  }
  Product product{transposeA, transposeB, handle->tf32, m, n, k, lda, ldb, ldc, *alpha, *beta, a, b, c,
                  reinterpret_cast<char *>(handle->workspace), handle->workspaceBytes};
  using Enqueue = CUresult(void *, CUresult (*)(const void *), const void *, size_t);
  CUresult code = ofDriver<Enqueue>("emulation_enqueue")(handle->stream, run, &product, sizeof product);
  return code == CUDA_SUCCESS ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_EXECUTION_FAILED;
}
