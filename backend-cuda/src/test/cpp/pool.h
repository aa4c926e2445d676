// The shared memory of a block.
#pragma once

#include <cstddef>

namespace emulation {

/** What a running block calls shared_pool: it ends where a page begins that nobody may touch. */
class Pool {
 public:
  Pool();
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;

  /** Gives it a size and fills it with NaN. */
  void prepare(size_t bytes);

  float (*floats() const)[] { return begin; }

  /** As much as any device has. */
  static const size_t LIMIT = 256 << 10;

 private:
  char *memory;
  float (*begin)[];
};

}  // namespace emulation
