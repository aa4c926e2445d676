package io.lariat.benchmarks.peers;

import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.SplittableRandom;

/**
 * The parameters that every engine starts from. Kernels are drawn as Keras draws them (Glorot
 * uniform); biases, which Keras starts at zero, are drawn too, so that none can be forgotten.
 *
 * @param features the inputs
 * @param hidden1 the units of the first hidden layer
 * @param hidden2 the units of the second
 * @param kernels {@code [features x hidden1]}, {@code [hidden1 x hidden2]}, {@code [hidden2 x 1]},
 *     row-major
 * @param biases {@code [hidden1]}, {@code [hidden2]}, {@code [1]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record InitialWeights(int features, int hidden1, int hidden2, float[][] kernels, float[][] biases) {

  private static final long SEED = 11;

  /** The weights for a case, the same in every process. */
  static InitialWeights of(TrainingCase c) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] units = {c.features(), c.hidden1(), c.hidden2(), 1};
    float[][] kernels = new float[3][];
    float[][] biases = new float[3][];
    for (int i = 0; i < 3; i++) {
      double limit = Math.sqrt(6.0 / (units[i] + units[i + 1]));
      kernels[i] = uniform(random, units[i] * units[i + 1], limit);
      biases[i] = uniform(random, units[i + 1], 0.05);
    }
    return new InitialWeights(c.features(), c.hidden1(), c.hidden2(), kernels, biases);
  }

  private static float[] uniform(SplittableRandom random, int count, double limit) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-limit, limit);
    }
    return values;
  }

  /** The inputs of layer {@code i}. */
  int in(int i) {
    return i == 0 ? features : i == 1 ? hidden1 : hidden2;
  }

  /** The units of layer {@code i}. */
  int out(int i) {
    return i == 0 ? hidden1 : i == 1 ? hidden2 : 1;
  }

  /** All of them, {@code [kernels | biases]}. */
  float[] flat() {
    int size = 0;
    for (int i = 0; i < 3; i++) {
      size += kernels[i].length + biases[i].length;
    }
    float[] values = new float[size];
    int at = 0;
    for (float[][] group : new float[][][] {kernels, biases}) {
      for (float[] array : group) {
        System.arraycopy(array, 0, values, at, array.length);
        at += array.length;
      }
    }
    return values;
  }

  /** The same in Lariat's terms. */
  Weights forLariat(Network network) {
    return Weights.copyOf(new ParameterLayout(network), flat());
  }
}
