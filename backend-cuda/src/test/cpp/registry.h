// The kernels that were compiled in, by name. The build writes one Registration for each __global__ function.
#pragma once

#include <cstddef>
#include <string>

namespace emulation {

struct Kernel {
  std::string name;
  size_t argumentBytes;
  void (*run)(const void *argument);
};

/** A kernel by name, or null. */
const Kernel *find(const std::string &name);

void add(Kernel kernel);

template <auto function>
struct Caller;

template <typename Argument, void (*function)(Argument)>
struct Caller<function> {
  static constexpr size_t bytes = sizeof(Argument);
  static void run(const void *argument) { function(*static_cast<const Argument *>(argument)); }
};

template <auto function>
struct Registration {
  explicit Registration(const char *name) { add({name, Caller<function>::bytes, Caller<function>::run}); }
};

}  // namespace emulation
