/**
 * The backend for NVIDIA GPUs.
 *
 * <p>To read: {@code CudaProvider} (whether a GPU can be used here), {@code CudaBackend} (the
 * operations), {@code Kernels} and {@code src/main/cuda/kernels.cu} (what runs on the device).
 */
@NullMarked
package io.lariat.cuda;

import org.jspecify.annotations.NullMarked;
