package io.lariat.benchmarks.gpu;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;

import io.lariat.backend.Penalty;
import io.lariat.model.Network;
import java.util.List;
import java.util.Locale;

/**
 * A step of training {@code inputs - hidden1 relu - hidden2 relu - 1 sigmoid} by binary
 * cross-entropy with Adam, L1 on both hidden kernels.
 *
 * @param name a word
 * @param inputs the features
 * @param hidden1 the units of the first hidden layer
 * @param hidden2 the units of the second
 * @param batch the rows of a mini-batch
 * @param rows the rows of the training set, a multiple of {@code batch}
 * @param l1 such that the penalty of the initial weights is about as large as the data loss, so
 *     that a mistake in either shows in their sum
 * @param learningRate Adam's: a wide layer's first steps, as large as this in every weight, must
 *     not throw its output far off
 * @param precisions what is timed
 */
record StepCase(
    String name,
    int inputs,
    int hidden1,
    int hidden2,
    int batch,
    int rows,
    double l1,
    double learningRate,
    List<Precision> precisions) {

  /** Adam's constants, those of Keras. */
  static final double BETA1 = 0.9;

  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-7;

  private static final List<Precision> BOTH = List.of(Precision.FLOAT32, Precision.TF32);

  /** The study's network, whose step is a matter of latency, and two that are of arithmetic. */
  static final List<StepCase> MEASURED =
      List.of(
          new StepCase("narrow", 784, 128, 64, 128, 32768, 1e-4, 1e-3, List.of(Precision.FLOAT32)),
          new StepCase("wide", 784, 2048, 2048, 1024, 32768, 1e-5, 5e-5, BOTH),
          new StepCase("widest", 784, 4096, 4096, 8192, 32768, 2e-6, 1e-5, BOTH));

  /** For trying out: the numbers say nothing. */
  static final List<StepCase> TINY =
      List.of(new StepCase("tiny", 12, 16, 8, 16, 64, 1e-3, 1e-3, BOTH));

  /** Checks that an epoch has whole batches only. */
  StepCase {
    if (rows % batch != 0) {
      throw new IllegalArgumentException(name + ": rows must be a multiple of the batch");
    }
  }

  /** {@code 784-128-64-1, batch 128}. */
  String title() {
    return String.format(Locale.ROOT, "%d-%d-%d-1, batch %d", inputs, hidden1, hidden2, batch);
  }

  /** The steps of an epoch. */
  int steps() {
    return rows / batch;
  }

  /**
   * Multiplications and additions of a step: forward and weight gradient of every layer, input
   * gradient of all but the first.
   */
  double flops() {
    double first = (double) inputs * hidden1;
    double rest = (double) hidden1 * hidden2 + hidden2;
    return 2.0 * batch * (2 * first + 3 * rest);
  }

  /** The network, with the penalty or without. */
  Network network(boolean isPenalized) {
    Penalty penalty = isPenalized ? Penalty.l1(l1) : Penalty.NONE;
    return Network.of(inputs)
        .dense(hidden1, RELU, penalty)
        .dense(hidden2, RELU, penalty)
        .dense(1, SIGMOID);
  }

  /** What peer.py reads of it. */
  String line() {
    return String.join(
        " ",
        name,
        Integer.toString(inputs),
        Integer.toString(hidden1),
        Integer.toString(hidden2),
        Integer.toString(batch),
        Integer.toString(rows),
        Double.toString(l1),
        Double.toString(learningRate),
        Double.toString(BETA1),
        Double.toString(BETA2),
        Double.toString(EPSILON));
  }

  /** The case that a {@link #line} says, without its precisions. */
  static StepCase of(String line) {
    String[] words = line.split(" ", -1);
    return new StepCase(
        words[0],
        Integer.parseInt(words[1]),
        Integer.parseInt(words[2]),
        Integer.parseInt(words[3]),
        Integer.parseInt(words[4]),
        Integer.parseInt(words[5]),
        Double.parseDouble(words[6]),
        Double.parseDouble(words[7]),
        List.of());
  }
}
