/**
 * The backend for NVIDIA GPUs.
 *
 * <p>Reading order: {@link io.lariat.cuda.CudaProvider}, {@code CudaSettings} (whether and how a
 * GPU is used here); {@code Session} (one device while it is open), {@code Lane} (a stream and its
 * scratch); {@code DeviceMemory} with {@code CudaStorage} and {@code CudaIndices} (what is
 * allocated), {@code Staging} (how numbers come and go); {@code CudaBackend} (the operations) with
 * {@code Products}, {@code RowOperations} and {@code WeightOperations}, and what these are made of:
 * {@code Addresses}, {@code Arguments}, {@code Codes} and {@code WorkQueue}; {@code Kernel}, {@code
 * KernelImage} and {@code src/main/cuda} (what runs on the device: {@code list.cuh}, {@code
 * kernels.cu}, then the file of an operation); {@code Recorder}, {@code StepRecording}, {@code
 * Program}, {@code ReplayMode} and {@code ReplayTrial} (how a step is recorded and replayed).
 *
 * <p>Beneath it {@link io.lariat.cuda.probe} finds the device and the libraries, {@link
 * io.lariat.cuda.driver} is what is called of them, and {@link io.lariat.cuda.jcuda} has the one
 * class that calls it.
 */
@NullMarked
package io.lariat.cuda;

import org.jspecify.annotations.NullMarked;
