// Lets g++ compile CUDA kernels: the words of CUDA C++ that kernels.cu uses, for one CPU thread.
//
// A CUDA thread is a fiber (grid.cpp). One runs at a time, so atomics and fences are plain code. Grids and blocks have
// one dimension, and the only shared memory is `extern __shared__ float shared_pool[]`.
#pragma once

#include <math.h>
#include <stdint.h>
#include <string.h>

// ---- qualifiers ----------------------------------------------------------------------------------------------------

#ifndef __global__  // the build asks the preprocessor for the kernels' names by defining it
#define __global__
#endif
#define __device__
#define __host__
#define __noinline__ __attribute__((noinline))
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __grid_constant__
#define __align__(bytes) __attribute__((aligned(bytes)))
// Without `extern` the attribute is a warning, and the build makes it an error: such memory would be a thread's own.
#define __shared__ __attribute__((visibility("hidden")))

// The pool of the block that runs. The kernels leave out their own declaration, which is in a namespace.
#define LARIAT_EMULATED
#define shared_pool (*emulation_running_pool)
extern float shared_pool[];

// ---- vectors -------------------------------------------------------------------------------------------------------

struct dim3 {
  unsigned x, y, z;
};

#define EMULATION_VECTOR2(name, type)                \
  struct alignas(2 * sizeof(type)) name {            \
    type x, y;                                       \
  };                                                 \
  inline name make_##name(type x, type y) { return {x, y}; }
#define EMULATION_VECTOR4(name, type)                \
  struct alignas(16) name {                          \
    type x, y, z, w;                                 \
  };                                                 \
  inline name make_##name(type x, type y, type z, type w) { return {x, y, z, w}; }
EMULATION_VECTOR2(float2, float)
EMULATION_VECTOR2(double2, double)
EMULATION_VECTOR2(int2, int)
EMULATION_VECTOR2(uint2, unsigned)
EMULATION_VECTOR4(float4, float)
EMULATION_VECTOR4(int4, int)
EMULATION_VECTOR4(uint4, unsigned)
#undef EMULATION_VECTOR2
#undef EMULATION_VECTOR4

// ---- the running thread --------------------------------------------------------------------------------------------

extern dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace emulation {

/** Waits for all live threads of the block. */
void barrier(const char *file, int line);

/** Waits for the lanes of the mask and returns the bits that lane `source` brought. */
uint64_t exchange(const char *what, unsigned mask, uint64_t bits, unsigned source, int line);

/** Lets other threads run. */
void yield();

template <typename T>
T shuffle(const char *what, unsigned mask, T value, unsigned source, int line) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "a shuffle moves 4 or 8 bytes");
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof(T));
  bits = exchange(what, mask, bits, source, line);
  memcpy(&value, &bits, sizeof(T));
  return value;
}

}  // namespace emulation

// ---- barriers, shuffles, atomics -----------------------------------------------------------------------------------

inline void __syncthreads(const char *file = __builtin_FILE(), int line = __builtin_LINE()) {
  emulation::barrier(file, line);
}

inline void __syncwarp(unsigned mask = 0xffffffffu, int line = __builtin_LINE()) {
  emulation::exchange("__syncwarp", mask, 0, threadIdx.x % 32, line);
}

template <typename T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32, int line = __builtin_LINE()) {
  unsigned lane = threadIdx.x % 32, within = width - 1;
  return emulation::shuffle("__shfl_sync", mask, value, (lane & ~within) | (source & within), line);
}

template <typename T>
T __shfl_down_sync(unsigned mask, T value, unsigned delta, int width = 32, int line = __builtin_LINE()) {
  unsigned lane = threadIdx.x % 32, within = width - 1;
  unsigned source = (lane & within) + delta > within ? lane : lane + delta;
  return emulation::shuffle("__shfl_down_sync", mask, value, source, line);
}

template <typename T>
T __shfl_up_sync(unsigned mask, T value, unsigned delta, int width = 32, int line = __builtin_LINE()) {
  unsigned lane = threadIdx.x % 32, within = width - 1;
  unsigned source = (lane & within) < delta ? lane : lane - delta;
  return emulation::shuffle("__shfl_up_sync", mask, value, source, line);
}

template <typename T>
T __shfl_xor_sync(unsigned mask, T value, int flip, int width = 32, int line = __builtin_LINE()) {
  unsigned lane = threadIdx.x % 32, within = width - 1;
  unsigned source = (lane ^ flip) > (lane | within) ? lane : lane ^ flip;
  return emulation::shuffle("__shfl_xor_sync", mask, value, source, line);
}

inline unsigned atomicAdd(unsigned *address, unsigned value) {
  unsigned old = *address;
  *address = old + value;
  return old;
}

inline unsigned atomicExch(unsigned *address, unsigned value) {
  unsigned old = *address;
  *address = value;
  return old;
}

inline void __threadfence() {}
inline void __threadfence_block() {}
inline void __nanosleep(unsigned) { emulation::yield(); }

// ---- arithmetic ----------------------------------------------------------------------------------------------------

#define EMULATION_MIN_MAX(type)                                        \
  inline type min(type a, type b) { return b < a ? b : a; }            \
  inline type max(type a, type b) { return a < b ? b : a; }
EMULATION_MIN_MAX(int)
EMULATION_MIN_MAX(unsigned)
EMULATION_MIN_MAX(long long)
EMULATION_MIN_MAX(unsigned long long)
#undef EMULATION_MIN_MAX

template <typename To, typename From>
To emulation_bits(From value) {
  static_assert(sizeof(To) == sizeof(From), "as many bits");
  To bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

inline float __int_as_float(int bits) { return emulation_bits<float>(bits); }
inline int __float_as_int(float value) { return emulation_bits<int>(value); }
inline float __uint_as_float(unsigned bits) { return emulation_bits<float>(bits); }
inline unsigned __float_as_uint(float value) { return emulation_bits<unsigned>(value); }
inline double __longlong_as_double(long long bits) { return emulation_bits<double>(bits); }
inline long long __double_as_longlong(double value) { return emulation_bits<long long>(value); }

inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __frcp_rn(float a) { return 1 / a; }
inline float __fsqrt_rn(float a) { return sqrtf(a); }
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline double __dsqrt_rn(double a) { return sqrt(a); }

// The normal distribution function, to the last place as CUDA's is nearly.
inline float normcdff(float x) { return static_cast<float>(0.5 * erfc(-x * 0.70710678118654752)); }

inline int __popc(unsigned bits) { return __builtin_popcount(bits); }
inline int __clz(int bits) { return bits == 0 ? 32 : __builtin_clz(bits); }
inline unsigned __umulhi(unsigned a, unsigned b) { return static_cast<uint64_t>(a) * b >> 32; }
inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
  return static_cast<unsigned __int128>(a) * b >> 64;
}

template <typename T>
T __ldg(const T *address) {
  return *address;
}
