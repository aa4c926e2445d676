/**
 * What a kernel works with: the processor's vectors, native memory and threads.
 *
 * <p>Reading order: {@link io.lariat.simd.machine.VectorWidth} and {@link
 * io.lariat.simd.machine.Lanes} (what vectors are, and the form of a kernel); {@link
 * io.lariat.simd.machine.SimdStorage} and {@link io.lariat.simd.machine.SimdIndices}, {@link
 * io.lariat.simd.machine.Ownership} and {@code SpareMemory} (memory that the caller holds), {@link
 * io.lariat.simd.machine.Scratch} (memory that an operation needs in passing); {@link
 * io.lariat.simd.machine.Job} and {@link io.lariat.simd.machine.ChunkJob} (an operation in shares),
 * {@link io.lariat.simd.machine.Access} (what the shares touch) and {@link
 * io.lariat.simd.machine.WorkerPool} (the threads that do them).
 */
@NullMarked
package io.lariat.simd.machine;

import org.jspecify.annotations.NullMarked;
