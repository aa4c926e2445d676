package io.lariat.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where each parameter lives in the one block that holds them all: {@code [kernel 0 | kernel 1 |
 * ... | bias 0 | bias 1 | ...]}, each kernel {@code [in x out]} row-major. One block, so that an
 * optimizer's update is a pass over contiguous memory.
 */
public final class ParameterLayout {
  private final Network network;
  private final int[] kernelOffset;
  private final int[] biasOffset;
  private final int size;

  /**
   * Lays out the parameters of {@code network}.
   *
   * @throws IllegalArgumentException if they are more than an array can hold
   */
  public ParameterLayout(Network network) {
    this.network = network;
    int layers = network.layers().size();
    kernelOffset = new int[layers];
    biasOffset = new int[layers];
    long at = 0;
    for (int i = 0; i < layers; i++) {
      kernelOffset[i] = (int) at;
      at += (long) in(i) * out(i);
      requireInt(at);
    }
    for (int i = 0; i < layers; i++) {
      biasOffset[i] = (int) at;
      at += out(i);
      requireInt(at);
    }
    size = (int) at;
  }

  private static void requireInt(long parameters) {
    if (parameters > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "network: more than 2^31 parameters; make the layers narrower");
    }
  }

  /** The number of layers. */
  public int layers() {
    return kernelOffset.length;
  }

  /** The rows of kernel {@code i}: its layer's inputs. */
  public int in(int i) {
    return network.inputsOf(i);
  }

  /** The columns of kernel {@code i}: its layer's units. */
  public int out(int i) {
    return network.layers().get(i).units();
  }

  /** The inputs, then the units of each layer. */
  public int[] widths() {
    return IntStream.rangeClosed(0, layers()).map(i -> i == 0 ? in(0) : out(i - 1)).toArray();
  }

  /** The position of kernel {@code i}. */
  public int kernelOffset(int i) {
    return kernelOffset[i];
  }

  /** The number of weights of kernel {@code i}. */
  public int kernelSize(int i) {
    return in(i) * out(i);
  }

  /** The position of bias {@code i}. */
  public int biasOffset(int i) {
    return biasOffset[i];
  }

  /** The number of weights in all kernels, which come first. */
  public int kernels() {
    return layers() == 0 ? 0 : biasOffset[0];
  }

  /** The number of parameters. */
  public int size() {
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterLayout that
        && size == that.size
        && Arrays.equals(kernelOffset, that.kernelOffset)
        && Arrays.equals(biasOffset, that.biasOffset);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(biasOffset) + size;
  }
}
