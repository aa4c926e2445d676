/**
 * The backend for NVIDIA GPUs.
 *
 * <p>To read: {@code CudaProvider} (whether a GPU can be used here), {@code Session} (one device
 * while it is open) with {@code DeviceMemory}, {@code Staging} (how numbers come and go) and {@code
 * Lane} (a stream and its scratch); {@code CudaBackend} with {@code Products}, {@code
 * RowOperations} and {@code WeightOperations} (the operations); {@code Kernel}, {@code KernelImage}
 * and {@code src/main/cuda/kernels.cu} (what runs on the device); {@code StepRecording}, {@code
 * Recorder}, {@code Program} and {@code ReplayTrial} (how a step is replayed). Beneath it {@code
 * io.lariat.cuda.probe} finds the device and the libraries, {@code io.lariat.cuda.driver} is what
 * is called of them, and {@code io.lariat.cuda.jcuda} the one class that calls it.
 */
@NullMarked
package io.lariat.cuda;

import org.jspecify.annotations.NullMarked;
