// Losses on logits, their metrics and gradients, as io.lariat.backend.Loss defines them.
#pragma once

#include "activations.cuh"
#include "grid.cuh"

namespace lariat {

enum Loss {
  kBinaryCrossentropy = 0,
  kCategoricalCrossentropy = 1,
  kMeanSquaredError = 2,
  kHuber = 3,
  kPoisson = 4,
  kQuantile = 5
};

struct LossArgs {
  const float* logits;   // [rows x cols]
  const float* targets;  // [rows x cols]; categorical: [rows x 1]
  float* scores;         // [rows x 2], or null
  float* grad;           // [rows x cols], may be the logits; or null
  int rows;
  int cols;
  int loss;
  float parameter;  // the loss's number, if it has one
  float weight;  // what a row's gradient is multiplied by; for all but categorical, an element's
};

// What an element adds to its row's loss and metric.
__device__ __forceinline__ float2 element_scores(const LossArgs& args, float z, float y) {
  if (args.loss == kBinaryCrossentropy) {
    // max(z, 0) - z y without the cancellation
    const float linear = z > 0 ? z * (1 - y) : -z * y;
    return make_float2(linear + log1pf(expf(-fabsf(z))), (z > 0) == (y > 0.5f) ? 1 : 0);
  }
  const float error = z - y;
  const float size = fabsf(error);
  if (args.loss == kHuber) {
    const float clipped = size > args.parameter ? args.parameter : size;
    return make_float2(clipped * (size - 0.5f * clipped), size);
  }
  if (args.loss == kPoisson) {
    const float mean = expf(z);
    const float logs = y == 0 ? 0 : y * (logf(y) - z);
    const float half = logs + (mean - y);
    return make_float2(half, 2 * half);
  }
  if (args.loss == kQuantile) {
    const float pinball = error * (error > 0 ? 1 - args.parameter : -args.parameter);
    return make_float2(pinball, pinball);
  }
  return make_float2(error * error, size);
}

__device__ __forceinline__ float element_grad(const LossArgs& args, float z, float y) {
  if (args.loss == kBinaryCrossentropy) {
    // sigmoid(z) - 1 without the cancellation
    return y == 1 ? -sigmoid(-z) : sigmoid(z) - y;
  }
  const float error = z - y;
  if (args.loss == kHuber) {
    return fabsf(error) > args.parameter ? copysignf(args.parameter, error) : error;
  }
  if (args.loss == kPoisson) {
    return expf(z) - y;
  }
  if (args.loss == kQuantile) {
    return error > 0 ? 1 - args.parameter : error < 0 ? -args.parameter : error;
  }
  return 2 * error;
}

// A loss that goes element by element of row i, by the lanes of a warp.
__device__ __forceinline__ void loss_by_elements(const LossArgs& args, long long i) {
  float loss = 0;
  float metric = 0;
  for (long long j = lane(); j < args.cols; j += kLanes) {
    const long long e = i * args.cols + j;
    const float z = args.logits[e];
    const float y = args.targets[e];
    const float2 scores = element_scores(args, z, y);
    loss += scores.x;
    metric += scores.y;
    if (args.grad != nullptr) {
      args.grad[e] = element_grad(args, z, y) * args.weight;
    }
  }
  loss = warp_sum(loss);
  metric = warp_sum(metric);
  if (args.scores != nullptr && lane() == 0) {
    args.scores[2 * i] = loss / args.cols;
    args.scores[2 * i + 1] = metric / args.cols;
  }
}

// Categorical crossentropy of row i, by the lanes of a warp. A class that is no column gives NaN.
__device__ __forceinline__ void loss_by_classes(const LossArgs& args, long long i) {
  const float* logits = args.logits + i * args.cols;
  const float y = args.targets[i];
  const float max = row_max(logits, args.cols);
  float sum = 0;
  float target = 0;
  int found = 0;
  int first = args.cols;  // the first column with the largest logit
  for (int j = lane(); j < args.cols; j += kLanes) {
    const float z = logits[j];
    sum += expf(z - max);
    if (static_cast<float>(j) == y) {
      target = z;
      found = 1;
    }
    if (z == max && j < first) {
      first = j;
    }
  }
  sum = warp_sum(sum);
  target = warp_sum(target);  // all lanes but one add 0
  found = warp_sum(found);
  for (int offset = kLanes / 2; offset > 0; offset /= 2) {
    const int other = __shfl_xor_sync(kAllLanes, first, offset);
    first = other < first ? other : first;
  }
  if (args.scores != nullptr && lane() == 0) {
    args.scores[2 * i] = found ? max - target + logf(sum) : NAN;
    args.scores[2 * i + 1] = static_cast<float>(first) == y ? 1 : 0;
  }
  if (args.grad != nullptr) {
    for (int j = lane(); j < args.cols; j += kLanes) {
      const float p = expf(logits[j] - max) / sum;
      args.grad[i * args.cols + j] = (p - (static_cast<float>(j) == y ? 1 : 0)) * args.weight;
    }
  }
}

// A warp has a row.
__device__ void loss(const LossArgs& args, unsigned block) {
  for (long long i = first_row(block); i < args.rows; i += row_stride()) {
    if (args.loss == kCategoricalCrossentropy) {
      loss_by_classes(args, i);
    } else {
      loss_by_elements(args, i);
    }
  }
}

}  // namespace lariat
