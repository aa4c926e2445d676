#include "registry.h"

#include <map>

namespace emulation {

namespace {

// A function's, so that it is there before the first Registration, whatever the order of the files.
std::map<std::string, Kernel> &kernels() {
  static std::map<std::string, Kernel> all;
  return all;
}

}  // namespace

void add(Kernel kernel) { kernels()[kernel.name] = kernel; }

const Kernel *find(const std::string &name) {
  auto at = kernels().find(name);
  return at == kernels().end() ? nullptr : &at->second;
}

}  // namespace emulation
