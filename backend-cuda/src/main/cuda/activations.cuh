// Activation functions and their gradients, as io.lariat.backend.Activation defines them. None of
// them loses a NaN.
#pragma once

#include "grid.cuh"

namespace lariat {

enum Activation {
  kIdentity = 0,
  kRelu = 1,
  kSigmoid = 2,
  kTanh = 3,
  kSoftplus = 4,
  kSoftmax = 5,
  kGelu = 6,
  kSilu = 7,
  kElu = 8,
  kLeakyRelu = 9,
  kExp = 10
};

// 1 / (1 + exp(-x)); exp overflows to infinity, which gives the right 0.
__device__ __forceinline__ float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

__device__ __forceinline__ float softplus(float x) {
  return (x <= 0 ? 0 : x) + log1pf(expf(-fabsf(x)));
}

// GELU and SiLU are x F(x), where F is a symmetric distribution function with upper tail Q: with t = |x|
// that is max(x, 0) - t Q(t), where nothing cancels. From `end` on Q is 0; t is kept there, so that
// infinity gives the limit.
__device__ __forceinline__ float magnitude(float x, float end) {
  const float t = fabsf(x);
  return t > end ? end : t;
}

constexpr float kNormalEnd = 16.0f;
constexpr float kLogisticEnd = 128.0f;

__device__ __forceinline__ float gate(float x, float tail_times_t) {
  return (x <= 0 ? 0 : x) - tail_times_t;
}

// The derivative, where excess = t f(t) - Q(t) with F's density f.
__device__ __forceinline__ float gate_slope(float x, float excess) {
  return x < 0 ? -excess : 1 + excess;
}

__device__ __forceinline__ float gelu(float x) {
  const float t = magnitude(x, kNormalEnd);
  return gate(x, t * normcdff(-t));
}

__device__ __forceinline__ float gelu_slope(float x) {
  const float t = magnitude(x, kNormalEnd);
  const float square = t * t;
  const float lost = fmaf(t, t, -square);  // by rounding it
  const float density = 0.39894228f * (expf(-0.5f * square) * (1.0f - 0.5f * lost));
  return gate_slope(x, t * density - normcdff(-t));
}

__device__ __forceinline__ float silu(float x) {
  const float t = magnitude(x, kLogisticEnd);
  const float e = expf(-t);
  return gate(x, t * (e / (1.0f + e)));
}

__device__ __forceinline__ float silu_slope(float x) {
  const float t = magnitude(x, kLogisticEnd);
  const float e = expf(-t);
  const float rest = 1.0f / (1.0f + e);
  return gate_slope(x, e * rest * (t * rest - 1.0f));
}

constexpr float kLeak = 0.2f;

// f(x); not for softmax, which is a function of a whole row.
__device__ __forceinline__ float activated(int f, float x) {
  switch (f) {
    case kRelu:
      return x <= 0 ? 0 : x;
    case kSigmoid:
      return sigmoid(x);
    case kTanh:
      return tanhf(x);
    case kSoftplus:
      return softplus(x);
    case kGelu:
      return gelu(x);
    case kSilu:
      return silu(x);
    case kElu:
      return x > 0 ? x : expm1f(x);
    case kLeakyRelu:
      return x > 0 ? x : kLeak * x;
    case kExp:
      return expf(x);
    default:
      return x;
  }
}

// f' as a function of v, which is x for gelu and silu, and else the output f(x); not for softmax.
__device__ __forceinline__ float derivative(int f, float v) {
  switch (f) {
    case kRelu:
      return v > 0 ? 1 : 0;
    case kSigmoid:
      return v * (1 - v);
    case kTanh:
      return (1 - v) * (1 + v);
    case kSoftplus:
      return -expm1f(-v);
    case kGelu:
      return gelu_slope(v);
    case kSilu:
      return silu_slope(v);
    case kElu:
      return v > 0 ? 1 : v + 1;
    case kLeakyRelu:
      return v > 0 ? 1 : kLeak;
    case kExp:
      return v;
    default:
      return 1;
  }
}

struct Activate {
  const float* x;
  const float* bias;  // [1 x cols], or null
  float* out;
  long long size;
  int cols;
  int activation;
};

// out = f(x + bias)
__device__ void activate(const Activate& args, unsigned block) {
  for (long long e = first_element(block); e < args.size; e += element_stride()) {
    float x = args.x[e];
    if (args.bias != nullptr) {
      x += args.bias[place_of(e, args.cols).column];
    }
    args.out[e] = activated(args.activation, x);
  }
}

struct ActivateGrad {
  const float* v;
  float* grad;
  long long size;
  int activation;
};

// grad = grad * f'
__device__ void activate_grad(const ActivateGrad& args, unsigned block) {
  for (long long e = first_element(block); e < args.size; e += element_stride()) {
    args.grad[e] *= derivative(args.activation, args.v[e]);
  }
}

// The largest element of a row, by the lanes of a warp; NaN if one is NaN.
__device__ __forceinline__ float row_max(const float* row, int cols) {
  float max = -INFINITY;
  for (int j = lane(); j < cols; j += kLanes) {
    max = largest(row[j], max);
  }
  return warp_max(max);
}

// sum exp(row - max), by the lanes of a warp.
__device__ __forceinline__ float row_sum_exp(const float* row, int cols, float max) {
  float sum = 0;
  for (int j = lane(); j < cols; j += kLanes) {
    sum += expf(row[j] - max);
  }
  return warp_sum(sum);
}

struct Softmax {
  const float* x;
  float* out;
  int rows;
  int cols;
};

// Over each row: out = exp(x - max) / sum exp(x - max). A warp has a row.
__device__ void softmax(const Softmax& args, unsigned block) {
  for (long long i = first_row(block); i < args.rows; i += row_stride()) {
    const float* x = args.x + i * args.cols;
    float* out = args.out + i * args.cols;
    const float max = row_max(x, args.cols);
    const float sum = row_sum_exp(x, args.cols, max);
    for (int j = lane(); j < args.cols; j += kLanes) {
      out[j] = expf(x[j] - max) / sum;
    }
  }
}

struct SoftmaxGrad {
  const float* y;
  float* grad;
  int rows;
  int cols;
};

// Over each row: grad = y (grad - sum grad y). A warp has a row.
__device__ void softmax_grad(const SoftmaxGrad& args, unsigned block) {
  for (long long i = first_row(block); i < args.rows; i += row_stride()) {
    const float* y = args.y + i * args.cols;
    float* grad = args.grad + i * args.cols;
    float mean = 0;
    for (int j = lane(); j < args.cols; j += kLanes) {
      mean += grad[j] * y[j];
    }
    mean = warp_sum(mean);
    for (int j = lane(); j < args.cols; j += kLanes) {
      grad[j] = y[j] * (grad[j] - mean);
    }
  }
}

}  // namespace lariat
