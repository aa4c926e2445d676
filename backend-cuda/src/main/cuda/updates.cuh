// One step of an optimizer over a block of weights with the penalty inside, as
// io.lariat.backend.UpdateRule defines it, in its letters; and the penalty's value.
#pragma once

#include "grid.cuh"

namespace lariat {

enum Rule { kSgd = 0, kMomentum = 1, kNesterov = 2, kRmsProp = 3, kAdam = 4 };

// A rule's numbers.
struct RuleArgs {
  int rule;
  float decay;        // momentum, rho or beta1
  float rest;         // 1 - rho or 1 - beta1
  float rest2;        // 1 - beta2
  float epsilon;
  float floor_share;  // the floor under D in the threshold's scale, as a share of l1
};

__device__ __forceinline__ float soft_threshold(float u, float k) {
  const float size = fabsf(u) - k;
  return size <= 0 ? 0 : copysignf(size, u);  // NaN stays; what is thresholded away is +0
}

// {step, D}: what is added to a weight whose gradient is g, and the rule's scale; renews the state:
// m, for RMSprop v, for Adam m and v.
__device__ __forceinline__ float2 step_of(const RuleArgs& r, float a, float g, float& m, float& v) {
  switch (r.rule) {
    case kSgd:
      return make_float2(-(a * g), 1);
    case kMomentum:
      m = r.decay * m - a * g;
      return make_float2(m, 1);
    case kNesterov:
      m = r.decay * m - a * g;
      return make_float2(r.decay * m - a * g, 1);
    case kRmsProp: {
      v = r.decay * v + r.rest * g * g;
      const float d = sqrtf(v + r.epsilon);
      return make_float2(-(a * g / d), d);
    }
    default: {
      m += (g - m) * r.rest;
      v += (g * g - v) * r.rest2;
      const float d = sqrtf(v) + r.epsilon;
      return make_float2(-(a * m / d), d);
    }
  }
}

// b over the scale of the threshold.
__device__ __forceinline__ float scale_of(const RuleArgs& r, float b, float d, float l1) {
  return r.rule <= kNesterov ? b : b / fmaxf(d, r.floor_share * l1);
}

// The sign, 0 of 0 and NaN of NaN.
__device__ __forceinline__ float sign(float w) { return w > 0 ? 1 : w < 0 ? -1 : w; }

// Where a block of n weights, their gradients and their state lie.
struct Weights {
  float* w;
  const float* grad;
  float* state;        // RMSprop: v; momentum: m; Adam: m, then v
  const float* rates;  // a, b, the strengths of l1 and of l2, their rests, decay
  long long n;
};

__device__ __forceinline__ float* m_of(const RuleArgs& r, const Weights& weights, long long i) {
  return r.rule == kMomentum || r.rule == kNesterov || r.rule == kAdam ? weights.state + i : nullptr;
}

__device__ __forceinline__ float* v_of(const RuleArgs& r, const Weights& weights, long long i) {
  return r.rule == kAdam      ? weights.state + weights.n + i
         : r.rule == kRmsProp ? weights.state + i
                              : nullptr;
}

// {step, D} of weight i for the gradient g.
__device__ __forceinline__ float2 step_at(const RuleArgs& r, const Weights& weights, long long i,
                                          float a, float g) {
  float* where_m = m_of(r, weights, i);
  float* where_v = v_of(r, weights, i);
  float m = where_m == nullptr ? 0 : *where_m;
  float v = where_v == nullptr ? 0 : *where_v;
  const float2 step = step_of(r, a, g, m, v);
  if (where_m != nullptr) {
    *where_m = m;
  }
  if (where_v != nullptr) {
    *where_v = v;
  }
  return step;
}

// A weight after a step of the rule's and its decay.
__device__ __forceinline__ float stepped(const Weights& weights, float w, float step) {
  const float decay = weights.rates[6];
  if (decay != 0) {  // infinite weights stay what they are
    step -= decay * w;
  }
  return w + step;
}

// Takes the step of weight i, whose value is w.
__device__ __forceinline__ void update_at(const RuleArgs& r, bool proximal, float l1, float l2,
                                          const Weights& weights, long long i, float w) {
  float g = weights.grad[i];
  if (!proximal) {
    g += l1 * sign(w) + 2 * l2 * w;
  }
  const float2 step = step_at(r, weights, i, weights.rates[0], g);
  float u = stepped(weights, w, step.x);
  if (proximal) {
    const float c = scale_of(r, weights.rates[1], step.y, l1);
    u = soft_threshold(u, c * l1) / (1 + 2 * c * l2);
  }
  weights.w[i] = u;
}

struct Update {
  Weights weights;   // without gradient and state where only the penalty is wanted
  double* partials;  // one a chunk
  unsigned* arrivals;
  float* penalty;  // the penalty of the weights before the step, or null
  RuleArgs rule;
  float l1;
  float l2;
  int proximal;
  int chunk;  // weights that a block does at a time
};

// Updates the weights; where the penalty is asked for, the chunks' sums are added by the block that
// comes last.
__device__ void update(const Update& args, unsigned block) {
  const long long n = args.weights.n;
  const long long chunks = tiles(n, args.chunk);
  const float l1 = args.l1 * args.weights.rates[2];
  const float l2 = args.l2 * args.weights.rates[3];
  for (long long c = block; c < chunks; c += gridDim.x) {
    double absolutes = 0;
    double squares = 0;
    const long long end = n < (c + 1) * args.chunk ? n : (c + 1) * args.chunk;
#pragma unroll 4
    for (long long i = c * args.chunk + threadIdx.x; i < end; i += kThreads) {
      const float w = args.weights.w[i];
      if (args.penalty != nullptr) {
        absolutes += fabsf(w);
        squares += static_cast<double>(w) * w;
      }
      if (args.weights.grad != nullptr) {
        update_at(args.rule, args.proximal, l1, l2, args.weights, i, w);
      }
    }
    if (args.penalty != nullptr) {
      const double sum = block_sum(l1 * absolutes + l2 * squares);
      if (threadIdx.x == 0) {
        args.partials[c] = sum;
      }
    }
  }
  if (args.penalty != nullptr) {
    finish_sum(args.partials, static_cast<int>(chunks), args.arrivals, args.penalty);
  }
}

struct ShrinkRows {
  Weights weights;       // [rows x cols]; without gradient and rates
  const float* amounts;  // [rows x 1]
  int cols;
  RuleArgs rule;
  float l1;
  float l2;
};

// w = ST(w, c l1) / (1 + 2 c l2), c being a row's amount over the rule's scale.
__device__ void shrink_rows(const ShrinkRows& args, unsigned block) {
  for (long long e = first_element(block); e < args.weights.n; e += element_stride()) {
    const float amount = args.amounts[place_of(e, args.cols).row];
    if (amount == 0) {
      continue;
    }
    float d = 1;
    if (args.rule.rule == kRmsProp) {
      d = sqrtf(*v_of(args.rule, args.weights, e) + args.rule.epsilon);
    } else if (args.rule.rule == kAdam) {
      d = sqrtf(*v_of(args.rule, args.weights, e)) + args.rule.epsilon;
    }
    const float c = scale_of(args.rule, amount, d, args.l1);
    args.weights.w[e] = soft_threshold(args.weights.w[e], c * args.l1) / (1 + 2 * c * args.l2);
  }
}

}  // namespace lariat
