// Penalties on groups of rows of a kernel, and one step of an optimizer under them, as
// io.lariat.backend.UpdateRule defines it under "Groups of rows". A block has a group at a time.
#pragma once

#include "grid.cuh"
#include "updates.cuh"

namespace lariat {

struct Groups {
  const int* starts;     // [count + 1], row numbers
  const float* factors;  // [count]
  const float* rates;    // of which the strengths are looked at
  int count;
  int rows;
  int units;
  float l1;
  float l2;
  float group;
};

// Threads that share the groups' elements.
struct Team {
  bool is_block;
  long long index;   // among all teams
  long long count;   // of all teams
  int thread;        // among its threads
  int size;

  // The sum over its threads, the same bits in each.
  __device__ __forceinline__ double sum(double value) const {
    return is_block ? block_sum(value) : warp_sum(value);
  }
};

__device__ __forceinline__ Team my_team(bool is_block, unsigned block) {
  if (is_block) {
    return {true, block, gridDim.x, static_cast<int>(threadIdx.x), kThreads};
  }
  return {false, first_row(block), row_stride(), lane(), kLanes};
}

// A group's elements in row-major order and its penalty, l1 sum |w| + l2 sum w^2 + norm ||w||.
struct Group {
  long long from;
  long long to;
  float l1;
  float l2;
  float norm;
};

// Never outside of the kernel, whatever the starts are.
__device__ __forceinline__ Group group_at(const Groups& groups, long long i) {
  int first = groups.starts[i];
  int end = groups.starts[i + 1];
  first = first < 0 ? 0 : first > groups.rows ? groups.rows : first;
  end = end < first ? first : end > groups.rows ? groups.rows : end;
  const float f = groups.factors[i];
  Group group;
  group.from = static_cast<long long>(first) * groups.units;
  group.to = static_cast<long long>(end) * groups.units;
  group.l1 = f * (groups.l1 * groups.rates[2]);
  group.l2 = f * (groups.l2 * groups.rates[3]);
  group.norm = f * (groups.group * groups.rates[2]) * sqrtf(static_cast<float>(end - first));
  return group;
}

// sum w^2 of a group, the same in all threads of the team.
__device__ __forceinline__ double squares_of(const Team& team, const float* w,
                                             const Group& group) {
  double squares = 0;
  for (long long i = group.from + team.thread; i < group.to; i += team.size) {
    squares += static_cast<double>(w[i]) * w[i];
  }
  return team.sum(squares);
}

struct GroupPenalty {
  const float* w;
  double* partials;  // one a chunk
  unsigned* arrivals;
  float* out;
  Groups groups;
  int chunk;  // groups that a team does at a time
  int teams_are_blocks;
};

// *out = the sum of all groups' penalties.
__device__ void group_penalty(const GroupPenalty& args, unsigned block) {
  const Team team = my_team(args.teams_are_blocks, block);
  const long long chunks = tiles(args.groups.count, args.chunk);
  for (long long c = team.index; c < chunks; c += team.count) {
    double sum = 0;
    for (long long k = c * args.chunk; k < (c + 1) * args.chunk && k < args.groups.count; k++) {
      const Group group = group_at(args.groups, k);
      double absolutes = 0;
      for (long long i = group.from + team.thread; i < group.to; i += team.size) {
        absolutes += fabsf(args.w[i]);
      }
      absolutes = team.sum(absolutes);
      const double squares = squares_of(team, args.w, group);
      sum += group.l1 * absolutes + group.l2 * squares + group.norm * sqrt(squares);
    }
    if (team.thread == 0) {
      args.partials[c] = sum;
    }
  }
  finish_sum(args.partials, static_cast<int>(chunks), args.arrivals, args.out);
}

struct GroupUpdate {
  Weights weights;  // [rows x units]
  Groups groups;
  RuleArgs rule;
  int proximal;
  int teams_are_blocks;
};

// The step of weights that share nothing: of a group without a penalty, and with the subgradient.
__device__ __forceinline__ void plain_step(const Team& team, const GroupUpdate& args,
                                           const Group& group, float l1, float l2) {
  for (long long i = group.from + team.thread; i < group.to; i += team.size) {
    update_at(args.rule, args.proximal, l1, l2, args.weights, i, args.weights.w[i]);
  }
}

// Renews the state of a group and gives the D that its weights share.
__device__ __forceinline__ float shared_scale(const Team& team, const GroupUpdate& args,
                                              const Group& group) {
  const RuleArgs& r = args.rule;
  double sum = 0;
  for (long long i = group.from + team.thread; i < group.to; i += team.size) {
    // for the state alone: neither the step nor D is this weight's
    step_at(r, args.weights, i, 0, args.weights.grad[i]);
    sum += *v_of(r, args.weights, i);
  }
  const float size = static_cast<float>(group.to - group.from);
  const float mean = static_cast<float>(team.sum(sum) / size);
  const float root = r.rule == kRmsProp ? sqrtf(mean + r.epsilon) : sqrtf(mean) + r.epsilon;
  const float floor = r.floor_share * (group.l1 + group.norm / sqrtf(size));
  return root < floor ? floor : root;  // NaN stays
}

// The proximal step of a group.
__device__ __forceinline__ void proximal_step(const Team& team, const GroupUpdate& args,
                                              const Group& group) {
  constexpr float kSmallestNormal = 1.17549435e-38f;
  const RuleArgs& r = args.rule;
  const Weights& weights = args.weights;
  const float a = weights.rates[0];
  const bool scaled = r.rule > kNesterov;
  const float d = scaled ? shared_scale(team, args, group) : 1;
  const float c = weights.rates[1] / d;
  double squares = 0;
  for (long long i = group.from + team.thread; i < group.to; i += team.size) {
    const float g = weights.grad[i];
    const float step = !scaled              ? step_at(r, weights, i, a, g).x
                       : r.rule == kRmsProp ? -(a * g / d)
                                            : -(a * *m_of(r, weights, i) / d);
    const float x = soft_threshold(stepped(weights, weights.w[i], step), c * group.l1);
    weights.w[i] = x;
    squares += static_cast<double>(x) * x;
  }
  squares = team.sum(squares);
  const float k = c * group.norm;
  float left = k == 0 ? 1 : static_cast<float>(1 - k / sqrt(squares));
  left = left < 0 ? 0 : left;  // NaN stays
  for (long long i = group.from + team.thread; i < group.to; i += team.size) {
    const float shrunk = weights.w[i] * left / (1 + 2 * c * group.l2);
    weights.w[i] = fabsf(shrunk) < kSmallestNormal ? 0 : shrunk;
  }
}

__device__ void group_update(const GroupUpdate& args, unsigned block) {
  const Team team = my_team(args.teams_are_blocks, block);
  for (long long k = team.index; k < args.groups.count; k += team.count) {
    const Group group = group_at(args.groups, k);
    if (group.l1 == 0 && group.l2 == 0 && group.norm == 0) {
      plain_step(team, args, group, 0, 0);
    } else if (args.proximal) {
      proximal_step(team, args, group);
    } else {
      const double norm = sqrt(squares_of(team, args.weights.w, group));
      // norm w / ||w|| is a ridge's gradient, 2 l2 w
      const float ridge = norm == 0 ? 0 : static_cast<float>(group.norm / norm / 2);
      plain_step(team, args, group, group.l1, group.l2 + ridge);
    }
  }
}

}  // namespace lariat
