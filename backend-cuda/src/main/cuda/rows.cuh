// Operations that move, count or mask elements row by row.
#pragma once

#include "grid.cuh"

namespace lariat {

struct MoveRows {
  const float* from;
  const int* rows;
  float* to;
  int count;    // how many rows are moved
  int cols;
  int outside;  // rows of the matrix that the numbers point into
};

// to[i] = from[rows[i]]; a number that is outside gives NaNs.
__device__ void gather_rows(const MoveRows& args, unsigned block) {
  const long long size = static_cast<long long>(args.count) * args.cols;
  for (long long e = first_element(block); e < size; e += element_stride()) {
    const Place place = place_of(e, args.cols);
    const int row = args.rows[place.row];
    const bool inside = row >= 0 && row < args.outside;
    const long long from = static_cast<long long>(row) * args.cols + place.column;
    args.to[e] = inside ? args.from[from] : NAN;
  }
}

// to[rows[i]] = from[i]; a row whose number is outside goes nowhere.
__device__ void scatter_rows(const MoveRows& args, unsigned block) {
  const long long size = static_cast<long long>(args.count) * args.cols;
  for (long long e = first_element(block); e < size; e += element_stride()) {
    const Place place = place_of(e, args.cols);
    const int row = args.rows[place.row];
    if (row >= 0 && row < args.outside) {
      args.to[static_cast<long long>(row) * args.cols + place.column] = args.from[e];
    }
  }
}

struct Dropout {
  const float* x;
  const int* key;
  float* out;
  int size;
  int threshold;
  float scale;
};

// The hash of io.lariat.backend.Dropout.
__device__ __forceinline__ bool keeps(int key, int index, int threshold) {
  unsigned x = static_cast<unsigned>(index) * 0x9E3779B9u ^ static_cast<unsigned>(key);
  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  x ^= x >> 16;
  return static_cast<int>(x >> 8) >= threshold;
}

// out = kept ? x * scale : 0
__device__ void dropout(const Dropout& args, unsigned block) {
  const int key = *args.key;
  for (long long e = first_element(block); e < args.size; e += element_stride()) {
    const bool kept = keeps(key, static_cast<int>(e), args.threshold);
    args.out[e] = kept ? args.x[e] * args.scale : 0;
  }
}

struct CountZeros {
  const float* x;
  float* out;
  int rows;
  int cols;
};

// out[i] = the number of zeros of row i. A warp has a row.
__device__ void count_zeros(const CountZeros& args, unsigned block) {
  for (long long i = first_row(block); i < args.rows; i += row_stride()) {
    int zeros = 0;
    for (int j = lane(); j < args.cols; j += kLanes) {
      zeros += args.x[i * args.cols + j] == 0;
    }
    zeros = warp_sum(zeros);
    if (lane() == 0) {
      args.out[i] = static_cast<float>(zeros);
    }
  }
}

struct SumRows {
  const float* x;
  float* out;
  float* partials;     // [chunks x cols], where there are several chunks
  unsigned* arrivals;  // one for each 32 columns, all 0 before and after
  int rows;
  int cols;
  int chunk;  // rows that are summed by one block
};

// out[j] = the sum of column j. A block sums a chunk of 32 columns, its warps taking turns at the rows;
// the last one to have done so sums the chunks.
__device__ void sum_rows(const SumRows& args, unsigned block) {
  const int chunks = static_cast<int>(tiles(args.rows, args.chunk));
  const long long blocks = tiles(args.cols, kLanes) * chunks;
  for (long long t = block; t < blocks; t += gridDim.x) {
    const int chunk = static_cast<int>(t % chunks);
    const long long columns = t / chunks;
    const long long j = columns * kLanes + lane();
    const int from = chunk * args.chunk;
    const int to = args.rows - from < args.chunk ? args.rows : from + args.chunk;
    float sum = 0;
    if (j < args.cols) {
#pragma unroll 4
      for (int i = from + warp(); i < to; i += kWarps) {
        sum += args.x[static_cast<long long>(i) * args.cols + j];
      }
    }
    shared_pool[threadIdx.x] = sum;
    __syncthreads();
    if (warp() == 0 && j < args.cols) {
      for (int w = 1; w < kWarps; w++) {
        sum += shared_pool[w * kLanes + lane()];
      }
      (chunks == 1 ? args.out : args.partials + static_cast<long long>(chunk) * args.cols)[j] = sum;
    }
    __syncthreads();
    if (chunks > 1 && arrives_last(args.arrivals + columns, chunks)) {
      if (warp() == 0 && j < args.cols) {
        const volatile float* partials = args.partials;
        float total = 0;
        for (int c = 0; c < chunks; c++) {
          total += partials[static_cast<long long>(c) * args.cols + j];
        }
        args.out[j] = total;
      }
    }
  }
}

}  // namespace lariat
