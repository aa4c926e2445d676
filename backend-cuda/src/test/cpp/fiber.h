// Fibers: functions with stacks of their own that hand control to each other in a few nanoseconds, without the kernel.
#pragma once

#include <cstddef>

// Saves the callee's registers on the running stack, its pointer in *from, and goes on where `to` was saved.
extern "C" void emulation_switch(void **from, void *to);

namespace emulation {

/** A stack between two pages that nobody may touch. */
class Fiber {
 public:
  /** Its size. */
  static const size_t STACK_BYTES = 128 << 10;

  Fiber();
  Fiber(const Fiber &) = delete;
  Fiber &operator=(const Fiber &) = delete;

  /** The next switch to this fiber calls `entry`, which never returns. What ran here is forgotten. */
  void prepare(void (*entry)());

  /** Where it goes on; written by emulation_switch. */
  void *pointer = nullptr;

  /** Whether an address is in the page below the stack, as when it overflowed. */
  bool overflowedAt(const void *address) const;

 private:
  char *memory;
};

}  // namespace emulation
