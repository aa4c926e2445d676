/**
 * A CUDA device without a GPU, for tests: {@link io.lariat.cuda.emulation.Emulation} compiles the
 * kernels with g++ into a {@code libcuda.so.1} and loads it.
 *
 * <p>It sees no races between threads, no memory model and no speed: say "CPU emulation" of what
 * ran on it.
 */
@NullMarked
package io.lariat.cuda.emulation;

import org.jspecify.annotations.NullMarked;
