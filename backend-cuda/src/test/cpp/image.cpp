#include "image.h"

#include <elf.h>

#include <cstring>
#include <regex>

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

CUresult readPtx(const std::string &text, long long capability, long long version, std::map<std::string, Entry> &kernels,
                 std::string &why) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(R"(\.version\s+(\d+)\.(\d+))"))) {
    why = "PTX without .version";
    return CUDA_ERROR_INVALID_PTX;
  }
  if (driverOfPtx(std::stoi(match[1]), std::stoi(match[2])) > version) {
    why = "PTX of version " + match.str(1) + "." + match.str(2) + " is too new for driver " + std::to_string(version);
    return CUDA_ERROR_UNSUPPORTED_PTX_VERSION;
  }
  if (!std::regex_search(text, match, std::regex(R"(\.target\s+sm_(\d+))"))) {
    why = "PTX without .target";
    return CUDA_ERROR_INVALID_PTX;
  }
  if (std::stoll(match[1]) > capability) {
    why = "PTX for sm_" + match.str(1) + " on a device of capability " + std::to_string(capability);
    return CUDA_ERROR_INVALID_PTX;
  }
  // An entry, its parameters (this project's kernels have one struct each), and what follows before the body.
  std::regex entry(R"(\.entry\s+(\w+)\s*\(([^)]*)\)([^{]*)\{)");
  std::regex parameter(R"(\.b8\s+\w+\[(\d+)\])"), threads(R"(\.maxntid\s+(\d+))");
  for (std::sregex_iterator at(text.begin(), text.end(), entry), end; at != end; ++at) {
    Entry &kernel = kernels[(*at)[1]];
    std::string parameters = (*at)[2], directives = (*at)[3];
    if (std::regex_search(parameters, match, parameter)) {
      kernel.parameterBytes = std::stoul(match[1]);
    }
    if (std::regex_search(directives, match, threads)) {
      kernel.maxThreads = static_cast<unsigned>(std::stoul(match[1]));
    }
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
