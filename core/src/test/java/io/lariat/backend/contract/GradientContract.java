package io.lariat.backend.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Loss;
import io.lariat.backend.Matrix;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The gradients of a whole network, composed of the backend's operations, against central finite
 * differences of its loss in double.
 */
interface GradientContract extends BackendUnderTest {

  /**
   * The distance of the two points of a difference. Its error is of the order of {@code H^2} and of
   * {@code 2^-53 / H}, both near 1e-10.
   */
  double H = 1e-5;

  /** A layer's kernel and bias. */
  record Layer(Matrix w, Matrix bias, Matrix wGrad, Matrix biasGrad) {

    static Layer put(Slab slab, int inputs, int units) {
      Sample sample = slab.sample();
      return new Layer(
          slab.put("w", inputs, units, sample.signed(inputs * units)),
          slab.put("bias", 1, units, sample.uniform(units, -0.5, 0.5)),
          slab.out("wGrad", inputs, units),
          slab.out("biasGrad", 1, units));
    }
  }

  /** Layers of exp after one another soon leave every range: it is for the last. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXP")
  default void gradientIsThatOfFiniteDifferences(Activation f) {
    Slab slab = new Slab(backend(), Sample.of("gradientIsThatOfFiniteDifferences" + f));
    for (Loss loss : Cases.losses()) {
      for (int repeat = 0; repeat < 3; repeat++) {
        checkGradient(slab, f, loss);
      }
    }
  }

  private void checkGradient(Slab slab, Activation f, Loss loss) {
    int rows = 6;
    int outputs = 3;
    DoubleNetwork network;
    Matrix x;
    Matrix targets;
    Layer first;
    Layer second;
    Layer last;
    do { // until no unit is at a kink
      slab.clear();
      Sample sample = slab.sample();
      float[] y = LossContract.targets(sample, loss, new Cases.Shape(rows, outputs));
      x = slab.put("x", rows, 5, sample.signed(rows * 5));
      targets = slab.put("targets", rows, y.length / rows, y);
      first = Layer.put(slab, 5, 9);
      second = Layer.put(slab, 9, 7);
      last = Layer.put(slab, 7, outputs);
      network = new DoubleNetwork(f, loss, slab.get(x), y, rows);
      for (Layer layer : new Layer[] {first, second, last}) {
        network.add(slab.get(layer.w), slab.get(layer.bias));
      }
    } while (network.nearestToZero() < 1e-3);
    backPropagate(slab, f, loss, x, targets, first, second, last);
    int number = 0;
    for (Layer layer : new Layer[] {first, second, last}) {
      String what =
          String.format(Locale.ROOT, "%s, %s, layer %d, %s", f, loss, number, slab.sample());
      checkDifferences(what + ", kernel", network, network.kernel(number), slab.get(layer.wGrad));
      checkDifferences(what + ", bias", network, network.bias(number), slab.get(layer.biasGrad));
      number++;
    }
  }

  private void backPropagate(
      Slab slab,
      Activation f,
      Loss loss,
      Matrix x,
      Matrix targets,
      Layer first,
      Layer second,
      Layer last) {
    int rows = x.rows();
    Matrix v1 = slab.out("v1", rows, first.w.cols());
    Matrix v2 = slab.out("v2", rows, second.w.cols());
    Matrix h1 = slab.out("h1", rows, first.w.cols());
    Matrix h2 = slab.out("h2", rows, second.w.cols());
    Matrix logits = slab.out("logits", rows, last.w.cols());
    Matrix rowLosses = slab.out("rowLosses", rows, 2);
    Matrix gLogits = slab.out("gLogits", rows, last.w.cols());
    Matrix g2 = slab.out("g2", rows, second.w.cols());
    Matrix g1 = slab.out("g1", rows, first.w.cols());
    slab.run(
        () -> {
          forward(f, x, first, v1, h1);
          forward(f, h1, second, v2, h2);
          backend().dense(h2, last.w, last.bias, Activation.IDENTITY, logits);
          backend().rowLossesAndGrad(loss, logits, targets, rowLosses, gLogits);
          backend().parameterGrad(h2, gLogits, last.wGrad, last.biasGrad);
          backend().inputGrad(gLogits, last.w, f, v2, g2);
          backend().parameterGrad(h1, g2, second.wGrad, second.biasGrad);
          backend().inputGrad(g2, second.w, f, v1, g1);
          backend().parameterGrad(x, g1, first.wGrad, first.biasGrad);
        },
        v1,
        v2,
        h1,
        h2,
        logits,
        rowLosses,
        gLogits,
        g2,
        g1,
        first.wGrad,
        first.biasGrad,
        second.wGrad,
        second.biasGrad,
        last.wGrad,
        last.biasGrad);
  }

  /** A layer, and in {@code v} what the derivative of its activation needs. */
  private void forward(Activation f, Matrix x, Layer layer, Matrix v, Matrix out) {
    if (f.needs() == Activation.Argument.INPUT) {
      backend().dense(x, layer.w, layer.bias, Activation.IDENTITY, v);
      backend().activate(f, v, out);
    } else {
      backend().dense(x, layer.w, layer.bias, f, out);
      backend().copy(out, v);
    }
  }

  /** Each element within what some fifty roundings of the largest one may come to. */
  private static void checkDifferences(
      String what, DoubleNetwork network, double[] parameters, float[] gradient) {
    double largest = 0;
    double[] differences = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      double at = parameters[i];
      parameters[i] = at + H;
      double above = network.loss();
      parameters[i] = at - H;
      double below = network.loss();
      parameters[i] = at;
      differences[i] = (above - below) / (2 * H);
      largest = Math.max(largest, Math.abs(differences[i]));
    }
    for (int i = 0; i < parameters.length; i++) {
      assertThat((double) gradient[i])
          .as("%s: element %d", what, i)
          .isCloseTo(differences[i], within(50 * Expected.UNIT * largest + 1e-8));
    }
  }
}
