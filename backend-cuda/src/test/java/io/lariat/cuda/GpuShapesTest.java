package io.lariat.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.backend.Matrix;
import io.lariat.backend.Penalty;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.train.Optimizer;
import io.lariat.train.Trainer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Batches of 1, 2 and 64 rows, layers up to 4096 wide: sampled elements against sums in double,
 * whole trainings against the reference. TF32, which is off unless asked for, would fail here.
 */
@Gpu
class GpuShapesTest {

  /** Half the distance from 1 to the next float. */
  private static final double ROUNDING = 0x1p-24;

  private static final int SAMPLES = 300;

  static Stream<Arguments> shapes() {
    return Stream.of(1, 2, 64)
        .flatMap(
            rows ->
                Stream.of(
                    Arguments.of(rows, 1, 1),
                    Arguments.of(rows, 30, 128),
                    Arguments.of(rows, 784, 4096),
                    Arguments.of(rows, 4096, 4096),
                    Arguments.of(rows, 4095, 4093),
                    Arguments.of(rows, 4096, 1)));
  }

  @ParameterizedTest(name = "{0} rows, {1} to {2}")
  @MethodSource("shapes")
  void layersAndTheirGradients(int rows, int in, int out) {
    SplittableRandom random = new SplittableRandom(31L * rows + in + out);
    float[] x = uniform(random, rows * in);
    float[] w = uniform(random, in * out);
    float[] bias = uniform(random, out);
    float[] grad = uniform(random, rows * out);
    try (Backend backend = Backends.open("cuda")) {
      Matrix xs = matrix(backend, "x", rows, in, x);
      Matrix ws = matrix(backend, "w", in, out, w);
      Matrix grads = matrix(backend, "grad", rows, out, grad);

      Matrix y = matrix(backend, "y", rows, out);
      backend.dense(xs, ws, matrix(backend, "bias", 1, out, bias), Activation.IDENTITY, y);
      check(backend, y, random, (i, j) -> Sum.of(x, i * in, 1, w, j, out, in).plus(bias[j]));

      Matrix xGrad = matrix(backend, "x grad", rows, in);
      backend.inputGrad(grads, ws, Activation.IDENTITY, xs, xGrad);
      check(backend, xGrad, random, (i, j) -> Sum.of(grad, i * out, 1, w, j * out, 1, out));

      Matrix wGrad = matrix(backend, "w grad", in, out);
      Matrix biasGrad = matrix(backend, "bias grad", 1, out);
      backend.parameterGrad(xs, grads, wGrad, biasGrad);
      check(backend, wGrad, random, (i, j) -> Sum.of(x, i, in, grad, j, out, rows));
      float[] ones = new float[rows];
      Arrays.fill(ones, 1);
      check(backend, biasGrad, random, (i, j) -> Sum.of(ones, 0, 1, grad, j, out, rows));
    }
  }

  /**
   * 67 rows, so that the last batch of 64 has 3. Plain descent and the soft threshold pass rounding
   * on without magnifying it, unlike Adam's division: what differs is some 1e-7 a step.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void batchesTrainAsOnTheReference(int batch) {
    Network network =
        Network.of(20)
            .dense(33, Activation.RELU, Penalty.l1(0.001))
            .dense(17, Activation.TANH, Penalty.l1(0.001))
            .dense(1, Activation.SIGMOID);
    compareWithReference(network, 67, batch, 3, 1e-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 64})
  void wideLayersTrainAsOnTheReference(int batch) {
    Network network =
        Network.of(50).dense(4096, Activation.RELU, Penalty.l1(1e-6)).dense(1, Activation.SIGMOID);
    compareWithReference(network, 2 * batch, batch, 2, 1e-5);
  }

  private static void compareWithReference(
      Network network, int rows, int batch, int epochs, double tolerance) {
    SplittableRandom random = new SplittableRandom(5);
    float[] x = uniform(random, rows * network.inputs());
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = i % 2;
    }
    Dataset data = Dataset.of(x, network.inputs(), y, Task.BINARY);
    double[] found = losses("cuda", network, data, batch, epochs);
    double[] expected = losses("reference", network, data, batch, epochs);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i])
          .as("loss of step %d", i + 1)
          .isCloseTo(expected[i], within(tolerance * Math.abs(expected[i])));
    }
  }

  private static double[] losses(
      String name, Network network, Dataset data, int batch, int epochs) {
    try (Backend backend = Backends.open(name)) {
      return Trainer.on(backend)
          .batchSize(batch)
          .epochs(epochs)
          .optimizer(Optimizer.sgd(0.01))
          .seed(3)
          .fit(network, data)
          .history()
          .stepLosses();
    }
  }

  /** Corners and samples of {@code found} against {@code expected}. */
  private static void check(
      Backend backend, Matrix found, SplittableRandom random, Element expected) {
    float[] values = new float[(int) found.size()];
    backend.read(found, values, 0);
    int rows = found.rows();
    int cols = found.cols();
    List<Integer> places =
        IntStream.concat(
                IntStream.of(0, cols - 1, (rows - 1) * cols, rows * cols - 1),
                random.ints(SAMPLES, 0, rows * cols))
            .boxed()
            .toList();
    for (int place : places) {
      Sum sum = expected.at(place / cols, place % cols);
      assertThat((double) values[place])
          .as("%s, element %d of row %d", found.describe(), place % cols, place / cols)
          .isCloseTo(sum.value, within(sum.bound()));
    }
  }

  private static Matrix matrix(Backend backend, String name, int rows, int cols, float... values) {
    Matrix matrix = Matrix.of(name, backend.allocate((long) rows * cols), rows, cols);
    if (values.length > 0) {
      backend.write(values, 0, matrix);
    }
    return matrix;
  }

  private static float[] uniform(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** What an element should be. */
  private interface Element {
    Sum at(int row, int col);
  }

  /**
   * A sum of products in double.
   *
   * @param value the sum
   * @param magnitude the sum of the terms' magnitudes
   * @param terms how many there are
   */
  private record Sum(double value, double magnitude, int terms) {

    /** The sum over {@code a[fromA + k stepA] b[fromB + k stepB]}. */
    static Sum of(float[] a, int fromA, int stepA, float[] b, int fromB, int stepB, int count) {
      double value = 0;
      double magnitude = 0;
      for (int k = 0; k < count; k++) {
        double term = (double) a[fromA + k * stepA] * b[fromB + k * stepB];
        value += term;
        magnitude += Math.abs(term);
      }
      return new Sum(value, magnitude, count);
    }

    Sum plus(float term) {
      return new Sum(value + term, magnitude + Math.abs(term), terms + 1);
    }

    /** The forward error of a sum in float, in any order. */
    double bound() {
      return (terms + 1) * ROUNDING * magnitude;
    }
  }
}
