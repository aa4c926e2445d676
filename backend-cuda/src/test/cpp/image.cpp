#include "image.h"

#include <elf.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace emulation {

namespace {

const unsigned MACHINE_CUDA = 190;
// Since CUDA 13 the architecture is in another byte of the header's flags, and drivers before it know only the old form.
const unsigned ABI_OF_CUDA_13 = 8;
// Attributes in the section .nv.info.<kernel>, and the form of those with data of their own length.
const unsigned MAX_THREADS = 0x05, PARAMETER_BYTES = 0x19, WITH_DATA = 0x04;

// The first driver that takes a version of PTX (PTX ISA, release history).
long long driverOfPtx(int major, int minor) {
  switch (major) {
    case 6:
      return minor < 3 ? 9000 + minor * 10 : 10000 + (minor - 3) * 10;
    case 7:
      return 11000 + minor * 10;
    case 8:
      return 12000 + (minor < 6 ? minor : minor + 1) * 10;
    default:
      return major < 6 ? 8000 : 13000 + minor * 10;
  }
}

// The number behind a word, up to where the text ends or `until` comes; or -1.
long long numberAfter(const char *text, const char *word, const char *until) {
  const char *end = *until == 0 ? nullptr : strstr(text, until);
  const char *at = strstr(text, word);
  return at == nullptr || (end != nullptr && at > end) ? -1 : strtoll(at + strlen(word), nullptr, 10);
}

// Not by <regex>, whose library takes seconds for a text of this size.
CUresult readPtx(const char *text, long long capability, long long version, std::map<std::string, Entry> &kernels,
                 std::string &why) {
  int major = 0, minor = 0;
  const char *at = strstr(text, ".version");
  if (at == nullptr || sscanf(at, ".version %d.%d", &major, &minor) != 2) {
    why = "PTX without .version";
    return CUDA_ERROR_INVALID_PTX;
  }
  if (driverOfPtx(major, minor) > version) {
    why = "PTX of version " + std::to_string(major) + "." + std::to_string(minor) + " is too new for driver " +
          std::to_string(version);
    return CUDA_ERROR_UNSUPPORTED_PTX_VERSION;
  }
  long long target = numberAfter(text, ".target sm_", "");
  if (target < 0) {
    why = "PTX without .target";
    return CUDA_ERROR_INVALID_PTX;
  }
  if (target > capability) {
    why = "PTX for sm_" + std::to_string(target) + " on a device of capability " + std::to_string(capability);
    return CUDA_ERROR_INVALID_PTX;
  }
  // An entry, its parameter (this project's kernels have one struct each), and what follows before the body.
  for (at = strstr(text, ".entry "); at != nullptr; at = strstr(at, ".entry ")) {
    at += strlen(".entry ");
    Entry &kernel = kernels[std::string(at, strcspn(at, "( \t\n"))];
    long long bytes = numberAfter(at, "_param_0[", ")"), threads = numberAfter(at, ".maxntid ", "{");
    kernel.parameterBytes = bytes < 0 ? 0 : static_cast<size_t>(bytes);
    kernel.maxThreads = threads < 0 ? 0 : static_cast<unsigned>(threads);
  }
  return CUDA_SUCCESS;
}

template <typename T>
T load(const char *at) {
  T value;
  memcpy(&value, at, sizeof value);
  return value;
}

void readInfo(const char *at, size_t bytes, Entry &kernel) {
  for (const char *end = at + bytes; at + 4 <= end;) {
    unsigned form = load<uint8_t>(at), attribute = load<uint8_t>(at + 1), value = load<uint16_t>(at + 2);
    at += 4;
    if (form != WITH_DATA && attribute == PARAMETER_BYTES) {
      kernel.parameterBytes = value;
    }
    if (form == WITH_DATA) {
      if (attribute == MAX_THREADS) {
        kernel.maxThreads = load<uint32_t>(at);
      }
      at += value;
    }
  }
}

CUresult readCubin(const char *image, long long capability, long long version, std::map<std::string, Entry> &kernels,
                   std::string &why) {
  auto header = load<Elf64_Ehdr>(image);
  if (header.e_machine != MACHINE_CUDA || header.e_ident[EI_CLASS] != ELFCLASS64) {
    why = "an ELF file that is no cubin";
    return CUDA_ERROR_INVALID_IMAGE;
  }
  bool ofCuda13 = header.e_ident[EI_ABIVERSION] >= ABI_OF_CUDA_13;
  if (ofCuda13 && version < 13000) {
    why = "a cubin of CUDA 13 or newer with driver " + std::to_string(version);
    return CUDA_ERROR_NO_BINARY_FOR_GPU;
  }
  long long architecture = ofCuda13 ? header.e_flags >> 8 & 0xff : header.e_flags & 0xff;
  // A cubin runs on devices of the same major version and the same or a later minor one.
  if (architecture / 10 != capability / 10 || architecture > capability) {
    why = "a cubin for sm_" + std::to_string(architecture) + " on a device of capability " + std::to_string(capability);
    return CUDA_ERROR_NO_BINARY_FOR_GPU;
  }
  auto section = [&](size_t index) { return load<Elf64_Shdr>(image + header.e_shoff + index * sizeof(Elf64_Shdr)); };
  const char *names = image + section(header.e_shstrndx).sh_offset;
  const std::string info = ".nv.info.";
  for (size_t i = 0; i < header.e_shnum; i++) {
    Elf64_Shdr it = section(i);
    std::string name = names + it.sh_name;
    if (name.compare(0, info.size(), info) == 0) {
      readInfo(image + it.sh_offset, it.sh_size, kernels[name.substr(info.size())]);
    }
  }
  return CUDA_SUCCESS;
}

}  // namespace

CUresult readImage(const void *image, long long capability, long long version, std::map<std::string, Entry> &kernels,
                   std::string &why) {
  auto *bytes = static_cast<const char *>(image);
  return memcmp(bytes, ELFMAG, SELFMAG) == 0 ? readCubin(bytes, capability, version, kernels, why)
                                             : readPtx(bytes, capability, version, kernels, why);
}

}  // namespace emulation
