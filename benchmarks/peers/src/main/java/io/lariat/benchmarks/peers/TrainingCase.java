package io.lariat.benchmarks.peers;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Penalty.l1;

import io.lariat.model.Network;
import java.util.List;
import java.util.Locale;

/**
 * A step of training {@code features - hidden1 relu - hidden2 relu - 1 sigmoid} by binary
 * cross-entropy, with L1 on both hidden kernels in the loss, and Adam.
 *
 * @param id its name
 * @param features the inputs
 * @param hidden1 the units of the first hidden layer
 * @param hidden2 the units of the second
 * @param batch the rows of a mini-batch
 * @param rows the rows of the training set, a multiple of {@code batch}
 */
record TrainingCase(String id, int features, int hidden1, int hidden2, int batch, int rows)
    implements BenchmarkCase {

  /** Lambda of the penalty on the hidden kernels. */
  static final double L1 = 0.001;

  /** Adam's learning rate and constants, those of Keras. */
  static final double LEARNING_RATE = 0.001;

  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double EPSILON = 1e-7;

  /**
   * After so many steps every engine starts anew from the same weights: about as many as a real
   * training has, so that none is timed on weights that have run away or numbers that have become
   * denormal.
   */
  static final int STEPS_OF_A_RUN = 2048;

  /**
   * The reference checks the first steps of each case, as many as it can do in about a minute. More
   * would show little but chaos: once weights hover around zero, where L1's gradient jumps,
   * rounding grows tenfold in ten steps, from 1e-7 in all engines to 1e-4 after 32 steps and 1e-3
   * after 64.
   */
  private static final double MOST_VERIFIED_MULTIPLY_ADDS = 5e10;

  static final List<TrainingCase> ALL =
      List.of(
          study(30, 128, 16384),
          study(30, 1024, 16384),
          study(784, 128, 16384),
          study(784, 1024, 16384),
          study(10000, 128, 4096),
          new TrainingCase("train-wide-1024", 784, 2048, 2048, 1024, 16384));

  private static TrainingCase study(int features, int batch, int rows) {
    return new TrainingCase("train-" + features + "-" + batch, features, 128, 64, batch, rows);
  }

  @Override
  public String title() {
    return String.format(Locale.ROOT, "%d-%d-%d-1, batch %d", features, hidden1, hidden2, batch);
  }

  /** Forward and weight gradient of every layer, input gradient of all but the first. */
  @Override
  public double multiplyAdds() {
    double first = (double) features * hidden1;
    double rest = (double) hidden1 * hidden2 + hidden2;
    return batch * (2 * first + 3 * rest);
  }

  @Override
  public List<Integer> threads() {
    return List.of(1, 2);
  }

  /** How many steps' losses are verified: 32, or fewer where the reference would take too long. */
  int verifiedSteps() {
    return Math.clamp((long) (MOST_VERIFIED_MULTIPLY_ADDS / multiplyAdds()), 2, 32);
  }

  /** The network in Lariat's terms. */
  Network network() {
    return Network.of(features)
        .dense(hidden1, RELU, l1(L1))
        .dense(hidden2, RELU, l1(L1))
        .dense(1, SIGMOID);
  }
}
