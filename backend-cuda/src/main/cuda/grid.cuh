// How the work of a kernel is laid out, and sums over a warp, a block and a grid.
//
// Every kernel has 256 threads a block and walks over its tiles with the stride of the grid, so that
// it is right for any number of blocks: for as many as there are tiles, and for the few of
// run_program. Its body is told its number among them, which there is not that of the block. What a
// tile computes never depends on that number, so neither does any bit.
#pragma once

namespace lariat {

constexpr int kThreads = 256;
constexpr int kBlocksEach = 2;  // a multiprocessor has room for, whatever registers they take
constexpr int kLanes = 32;
constexpr int kWarps = kThreads / kLanes;
constexpr unsigned kAllLanes = 0xffffffffu;

// The shared memory of a block: one pool, since run_program runs all kernels in the same one.
#ifndef LARIAT_EMULATED
extern __shared__ float shared_pool[];
#endif

__device__ __forceinline__ int lane() { return static_cast<int>(threadIdx.x) % kLanes; }

__device__ __forceinline__ int warp() { return static_cast<int>(threadIdx.x) / kLanes; }

// Where a thread of a block begins that takes an element in each turn of the grid, and how far it is
// to its next one.
__device__ __forceinline__ long long first_element(unsigned block) {
  return static_cast<long long>(block) * kThreads + threadIdx.x;
}

__device__ __forceinline__ long long element_stride() {
  return static_cast<long long>(gridDim.x) * kThreads;
}

// The same for a warp that takes a row, or whatever else is a warp's.
__device__ __forceinline__ long long first_row(unsigned block) {
  return static_cast<long long>(block) * kWarps + warp();
}

__device__ __forceinline__ long long row_stride() {
  return static_cast<long long>(gridDim.x) * kWarps;
}

__device__ __forceinline__ long long tiles(long long items, int each) {
  return (items + each - 1) / each;
}

// Row and column of element e of a matrix of so many columns. A division of 64 bits takes as long as
// several reads of memory, so it is done only where it must be.
struct Place {
  long long row;
  int column;
};

__device__ __forceinline__ Place place_of(long long e, int cols) {
  if (e <= 0xffffffffLL) {
    const unsigned row = static_cast<unsigned>(e) / static_cast<unsigned>(cols);
    return {row, static_cast<int>(static_cast<unsigned>(e) - row * static_cast<unsigned>(cols))};
  }
  return {e / cols, static_cast<int>(e % cols)};
}

// The sum of all lanes, the same bits in each.
template <typename T>
__device__ __forceinline__ T warp_sum(T value) {
  for (int offset = kLanes / 2; offset > 0; offset /= 2) {
    value += __shfl_xor_sync(kAllLanes, value, offset);
  }
  return value;
}

// The larger one, or NaN if one is NaN.
__device__ __forceinline__ float largest(float a, float b) { return a > b || a != a ? a : b; }

// The largest of all lanes; NaN if one is NaN.
__device__ __forceinline__ float warp_max(float value) {
  for (int offset = kLanes / 2; offset > 0; offset /= 2) {
    value = largest(value, __shfl_xor_sync(kAllLanes, value, offset));
  }
  return value;
}

// The sum of all threads, the same bits in each. Uses the first 64 bytes of the pool.
__device__ __forceinline__ double block_sum(double value) {
  double* sums = reinterpret_cast<double*>(shared_pool);
  value = warp_sum(value);
  __syncthreads();  // an earlier use of the pool is over
  if (lane() == 0) {
    sums[warp()] = value;
  }
  __syncthreads();
  double total = 0;
  for (int w = 0; w < kWarps; w++) {
    total += sums[w];
  }
  __syncthreads();
  return total;
}

// Whether this block is the last of `expected` to come here; what the others wrote before is then
// seen. Sets the counter back for the next time.
__device__ __forceinline__ bool arrives_last(unsigned* arrivals, unsigned expected) {
  int* last = reinterpret_cast<int*>(shared_pool);
  __threadfence();
  __syncthreads();
  if (threadIdx.x == 0) {
    *last = atomicAdd(arrivals, 1u) == expected - 1;
    if (*last) {
      *arrivals = 0;
    }
  }
  __syncthreads();
  bool is_last = *last;
  __threadfence();
  __syncthreads();
  return is_last;
}

// *out = the sum of partials[0..count), by the block that arrives last, always in the same order.
__device__ __forceinline__ void finish_sum(const double* partials, int count, unsigned* arrivals,
                                           float* out) {
  if (!arrives_last(arrivals, gridDim.x)) {
    return;
  }
  double sum = 0;
  for (int i = static_cast<int>(threadIdx.x); i < count; i += kThreads) {
    sum += reinterpret_cast<const volatile double*>(partials)[i];
  }
  sum = block_sum(sum);
  if (threadIdx.x == 0) {
    *out = static_cast<float>(sum);
  }
}

}  // namespace lariat
