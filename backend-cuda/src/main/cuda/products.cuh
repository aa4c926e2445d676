// Products of matrices, with what follows them in a dense layer done at the store.
//
// Two kinds: small_product for the layers of small networks, whose few outputs would leave most of a
// GPU idle, so that the warps of a block share the sum over k; and large_product, the textbook's tiles
// of 64 x 64, for where there is no cuBLAS. In both an element is summed in an order that depends on k
// alone.
#pragma once

#include "activations.cuh"
#include "grid.cuh"

namespace lariat {

enum Transposition { kAB, kATB, kABT };

enum Epilogue {
  kStore = 0,          // out = sum
  kBiasActivate = 1,   // out = f(sum + extra[column])
  kActivationGrad = 2  // out = sum * f'(extra[row, column])
};

struct Product {
  const float* a;      // AB, AB': [m x k], A'B: [k x m]
  const float* b;      // AB, A'B: [k x n], AB': [n x k]
  float* out;          // [m x n]
  const float* extra;  // of the epilogue
  float* sums;         // A'B only: [1 x n], the sums of b's columns; or null
  int m;
  int n;
  int k;
  int epilogue;
  int activation;
};

__device__ __forceinline__ void store(const Product& p, int row, int column, float sum) {
  const long long e = static_cast<long long>(row) * p.n + column;
  if (p.epilogue == kBiasActivate) {
    sum = activated(p.activation, sum + p.extra[column]);
  } else if (p.epilogue == kActivationGrad) {
    sum *= derivative(p.activation, p.extra[e]);
  }
  p.out[e] = sum;
}

// The same for where it would be inlined many times: the activations are long.
__device__ __noinline__ void call_store(const Product& p, int row, int column, float sum) {
  store(p, row, column, sum);
}

// Element (row, k) of op(a); 0 outside.
template <int T>
__device__ __forceinline__ float at_a(const Product& p, int row, int k) {
  if (row >= p.m || k >= p.k) {
    return 0;
  }
  return p.a[T == kATB ? static_cast<long long>(k) * p.m + row
                       : static_cast<long long>(row) * p.k + k];
}

// Element (k, column) of op(b); 0 outside.
template <int T>
__device__ __forceinline__ float at_b(const Product& p, int k, int column) {
  if (column >= p.n || k >= p.k) {
    return 0;
  }
  return p.b[T == kABT ? static_cast<long long>(column) * p.k + k
                       : static_cast<long long>(k) * p.n + column];
}

constexpr int kSmallRows = 16;
constexpr int kSmallColumns = kLanes;
constexpr int kSlab = 16;  // of k

// Tiles of 16 x 32. Warp w has the slabs w, w + 8, ... of k, in memory of its own; its lanes have 4 x 4
// outputs each. The warps' sums are added in the order of the warps.
template <int T>
__device__ void small_product(const Product& p, unsigned block) {
  constexpr int kPitchA = kSmallRows + 1;  // odd, against bank conflicts of the transposing stores
  constexpr int kPitchB = kSmallColumns + 1;
  constexpr int kTile = kSmallRows * kSmallColumns;
  float* slab_a = shared_pool + warp() * kSlab * (kPitchA + kPitchB);  // [k][row]
  float* slab_b = slab_a + kSlab * kPitchA;                            // [k][column]
  float* parts = shared_pool;                                          // [warp][row][column]
  float* column_parts = parts + kWarps * kTile;                        // [warp][column]
  const int my_row = lane() / 8 * 4;
  const int my_column = lane() % 8 * 4;
  const long long columns = tiles(p.n, kSmallColumns);
  const long long blocks = tiles(p.m, kSmallRows) * columns;
  for (long long t = block; t < blocks; t += gridDim.x) {
    const int row0 = static_cast<int>(t / columns) * kSmallRows;
    const int column0 = static_cast<int>(t % columns) * kSmallColumns;
    float sums[4][4] = {};
    float column_sum = 0;
    for (int k0 = warp() * kSlab; k0 < p.k; k0 += kWarps * kSlab) {
      __syncwarp();
#pragma unroll
      for (int i = 0; i < kSlab * kSmallRows / kLanes; i++) {
        const int e = i * kLanes + lane();
        // neighbouring lanes read neighbours in memory
        const int row = T == kATB ? e % kSmallRows : e / kSlab;
        const int k = T == kATB ? e / kSmallRows : e % kSlab;
        slab_a[k * kPitchA + row] = at_a<T>(p, row0 + row, k0 + k);
      }
#pragma unroll
      for (int i = 0; i < kSlab * kSmallColumns / kLanes; i++) {
        const int e = i * kLanes + lane();
        const int column = T == kABT ? e / kSlab : lane();
        const int k = T == kABT ? e % kSlab : i;
        const float value = at_b<T>(p, k0 + k, column0 + column);
        slab_b[k * kPitchB + column] = value;
        if (T == kATB) {
          column_sum += value;
        }
      }
      __syncwarp();
#pragma unroll
      for (int k = 0; k < kSlab; k++) {
        const float* a = slab_a + k * kPitchA + my_row;
        const float* b = slab_b + k * kPitchB + my_column;
#pragma unroll
        for (int i = 0; i < 4; i++) {
#pragma unroll
          for (int j = 0; j < 4; j++) {
            sums[i][j] = fmaf(a[i], b[j], sums[i][j]);
          }
        }
      }
    }
    __syncthreads();  // the slabs are done with
#pragma unroll
    for (int i = 0; i < 4; i++) {
#pragma unroll
      for (int j = 0; j < 4; j++) {
        parts[warp() * kTile + (my_row + i) * kSmallColumns + my_column + j] = sums[i][j];
      }
    }
    if (T == kATB) {
      column_parts[warp() * kSmallColumns + lane()] = column_sum;
    }
    __syncthreads();
    for (int e = static_cast<int>(threadIdx.x); e < kTile; e += kThreads) {
      const int row = row0 + e / kSmallColumns;
      const int column = column0 + e % kSmallColumns;
      if (row < p.m && column < p.n) {
        float sum = parts[e];
        for (int w = 1; w < kWarps; w++) {
          sum += parts[w * kTile + e];
        }
        store(p, row, column, sum);
      }
    }
    if (T == kATB && p.sums != nullptr && row0 == 0 && warp() == 0 && column0 + lane() < p.n) {
      float sum = column_parts[lane()];
      for (int w = 1; w < kWarps; w++) {
        sum += column_parts[w * kSmallColumns + lane()];
      }
      p.sums[column0 + lane()] = sum;
    }
    __syncthreads();  // the parts are done with
  }
}

constexpr int kLargeTile = 64;

// Tiles of 64 x 64, 4 x 4 outputs a thread; the next slab of k is read while this one is multiplied.
template <int T>
__device__ void large_product(const Product& p, unsigned block) {
  constexpr int kPitch = kLargeTile + 4;
  constexpr int kEach = kSlab * kLargeTile / kThreads;  // floats of a slab that a thread moves
  float* slab_a = shared_pool;                  // [k][row]
  float* slab_b = slab_a + kSlab * kPitch;      // [k][column]
  const int thread = static_cast<int>(threadIdx.x);
  const int my_row = thread / 16 * 4;
  const int my_column = thread % 16 * 4;
  const long long columns = tiles(p.n, kLargeTile);
  const long long blocks = tiles(p.m, kLargeTile) * columns;
  for (long long t = block; t < blocks; t += gridDim.x) {
    const int row0 = static_cast<int>(t / columns) * kLargeTile;
    const int column0 = static_cast<int>(t % columns) * kLargeTile;
    float sums[4][4] = {};
    float next_a[kEach];
    float next_b[kEach];
    for (int k0 = -kSlab; k0 < p.k; k0 += kSlab) {
      if (k0 >= 0) {
        __syncthreads();
#pragma unroll
        for (int i = 0; i < kEach; i++) {
          const int e = i * kThreads + thread;
          slab_a[T == kATB ? e / kLargeTile * kPitch + e % kLargeTile
                           : e % kSlab * kPitch + e / kSlab] = next_a[i];
          slab_b[T == kABT ? e % kSlab * kPitch + e / kSlab
                           : e / kLargeTile * kPitch + e % kLargeTile] = next_b[i];
        }
        __syncthreads();
      }
      const int k1 = k0 + kSlab;
      if (k1 < p.k) {
#pragma unroll
        for (int i = 0; i < kEach; i++) {
          const int e = i * kThreads + thread;
          next_a[i] = T == kATB ? at_a<T>(p, row0 + e % kLargeTile, k1 + e / kLargeTile)
                                : at_a<T>(p, row0 + e / kSlab, k1 + e % kSlab);
          next_b[i] = T == kABT ? at_b<T>(p, k1 + e % kSlab, column0 + e / kSlab)
                                : at_b<T>(p, k1 + e / kLargeTile, column0 + e % kLargeTile);
        }
      }
      if (k0 < 0) {
        continue;
      }
#pragma unroll
      for (int k = 0; k < kSlab; k++) {
        const float4 a = *reinterpret_cast<const float4*>(slab_a + k * kPitch + my_row);
        const float4 b = *reinterpret_cast<const float4*>(slab_b + k * kPitch + my_column);
        const float as[4] = {a.x, a.y, a.z, a.w};
        const float bs[4] = {b.x, b.y, b.z, b.w};
#pragma unroll
        for (int i = 0; i < 4; i++) {
#pragma unroll
          for (int j = 0; j < 4; j++) {
            sums[i][j] = fmaf(as[i], bs[j], sums[i][j]);
          }
        }
      }
    }
#pragma unroll
    for (int i = 0; i < 4; i++) {
#pragma unroll
      for (int j = 0; j < 4; j++) {
        if (row0 + my_row + i < p.m && column0 + my_column + j < p.n) {
          call_store(p, row0 + my_row + i, column0 + my_column + j, sums[i][j]);
        }
      }
    }
    __syncthreads();  // the slabs are done with
  }
}

struct SparseProduct {
  const int* starts;    // [rows + 1]
  const int* columns;   // [elements]
  const float* values;  // [elements]
  const float* b;       // [depth x cols]
  float* out;           // [rows x cols]
  int rows;
  int depth;
  int cols;
  int elements;
};

// out = a b for a sparse a. A warp has 32 columns of a row; what points outside is left out.
__device__ void sparse_product(const SparseProduct& p, unsigned block) {
  const long long columns = tiles(p.cols, kLanes);
  for (long long t = first_row(block); t < p.rows * columns; t += row_stride()) {
    const long long i = t / columns;
    const long long j = t % columns * kLanes + lane();
    const int from = p.starts[i] < 0 ? 0 : p.starts[i];
    const int to = p.starts[i + 1] > p.elements ? p.elements : p.starts[i + 1];
    if (j >= p.cols) {
      continue;
    }
    float sum = 0;
    for (int e = from; e < to; e++) {
      const int k = p.columns[e];
      if (k >= 0 && k < p.depth) {
        sum = fmaf(p.values[e], p.b[static_cast<long long>(k) * p.cols + j], sum);
      }
    }
    p.out[i * p.cols + j] = sum;
  }
}

}  // namespace lariat
