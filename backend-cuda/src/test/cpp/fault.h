// Illegal accesses by kernels, caught as the signals that the processor makes of them.
#pragma once

namespace emulation {

struct Fault {
  int signal;
  const void *address;
};

/**
 * While one of these lives, a signal SIGSEGV, SIGBUS, SIGILL or SIGFPE of the calling thread, if it comes while `inside()`
 * holds, calls `handler` on a stack of its own. The handler must not return. All other signals go where they went before.
 */
class FaultGuard {
 public:
  FaultGuard(bool (*inside)(), void (*handler)(const Fault &fault));
  ~FaultGuard();
  FaultGuard(const FaultGuard &) = delete;
  FaultGuard &operator=(const FaultGuard &) = delete;
};

}  // namespace emulation
