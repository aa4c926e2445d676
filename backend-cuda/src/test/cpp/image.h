// What a module image, PTX or cubin, says of itself. Its code is not looked at.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "codes.h"

namespace emulation {

struct Entry {
  /** Bytes of all parameters. */
  size_t parameterBytes = 0;
  /** The most threads of a block, or 0 for any number. */
  unsigned maxThreads = 0;
};

/**
 * Reads the kernels of an image by name.
 *
 * @param capability the device's: 75
 * @param version the driver's: 12060
 * @return what a driver would return for such an image; `why` then says the reason
 */
CUresult readImage(const void *image, long long capability, long long version, std::map<std::string, Entry> &kernels,
                   std::string &why);

}  // namespace emulation
