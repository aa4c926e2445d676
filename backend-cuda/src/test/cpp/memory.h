// Device memory and pinned host memory, each allocation between pages that nobody may touch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace emulation {

enum class Kind { device, pinned };

struct Region {
  char *begin;
  size_t bytes;
  Kind kind;
  /** The device in whose context it was allocated. */
  int device;
};

/** Memory filled with NaN, or null if the machine has none. */
char *allocate(size_t bytes, Kind kind, int device);

/** Takes the host's memory for pinned memory until it is released. */
void adopt(char *begin, size_t bytes, int device);

/**
 * Frees what `allocate` gave, or lets go of what was adopted. Device memory can no longer be touched, pinned memory is NaN.
 *
 * @return what was damaged beside it, or an empty string
 */
std::string release(char *begin);

/** The live allocation that an address lies in, or null. */
const Region *regionAt(const void *address);

/** Where the live allocations of a device's context begin. */
std::vector<char *> allocationsOf(int device);

/** Says where an address lies. */
std::string describe(const void *address);

}  // namespace emulation
