// A small seeded generator (splitmix64), so that every order chosen can be chosen again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace emulation {

class Random {
 public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t next() {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
  }

  /** One of 0 to bound - 1. */
  size_t below(size_t bound) { return next() % bound; }

  /** The numbers from 0 to count - 1, shuffled. */
  std::vector<unsigned> order(unsigned count) {
    std::vector<unsigned> order(count);
    for (unsigned i = 0; i < count; i++) {
      order[i] = i;
    }
    for (unsigned i = count; i > 1; i--) {
      std::swap(order[i - 1], order[below(i)]);
    }
    return order;
  }

 private:
  uint64_t state;
};

}  // namespace emulation
