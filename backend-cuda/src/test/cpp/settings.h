// What tests set and read: the device's properties, faults, and counters.
#pragma once

namespace emulation {

/** Set by environment variables FAKE_CUDA_<NAME> or by emulation_set("<name>"). */
struct Settings {
  /** What cuInit returns. */
  long long init = 0;
  long long devices = 1;
  /** Bytes of a device's memory. */
  long long memory = 4LL << 30;
  /** 12060 is CUDA 12.6. */
  long long driver = 12060;
  /** 75 is compute capability 7.5. */
  long long capability = 75;
  long long multiprocessors = 4;
  /** Of all orders of work that CUDA allows, which is taken. */
  long long seed = 1;
  /** In how many of 100 calls work runs at once that could wait. */
  long long eagerness = 0;
  /** After how many more kernels the device is lost; -1 for never. */
  long long lose_after = -1;
  /** What calls return then: 719 is CUDA_ERROR_LAUNCH_FAILED. */
  long long lose_code = 719;
};

/** Read by emulation_get("<name>"). Of what is made and destroyed, how much is there now. */
struct Counters {
  long long allocations = 0;
  long long allocated_bytes = 0;
  long long pinned = 0;
  long long pinned_bytes = 0;
  long long streams = 0;
  long long events = 0;
  long long modules = 0;
  long long graphs = 0;
  long long graph_executables = 0;
  long long contexts = 0;
  long long blas = 0;
  /** What was still there when the last holder of its context let go of it. */
  long long leaked = 0;
  /** Calls that launch a kernel or a graph, copy, or wait. */
  long long launches = 0;
  long long graph_launches = 0;
  long long copies = 0;
  long long waits = 0;
  /** Kernels that ran, those of graphs too. */
  long long kernels = 0;
  /** The nodes of the graph that was made last. */
  long long nodes = 0;
};

extern Settings settings;
extern Counters counters;

}  // namespace emulation
