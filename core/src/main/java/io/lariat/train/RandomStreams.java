package io.lariat.train;

import io.lariat.numeric.Permutation;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** The independent streams of random numbers of a training, each a function of the seed alone. */
final class RandomStreams {
  final RandomGenerator weights;
  final RandomGenerator dropout;
  private final RandomGenerator shuffling;

  RandomStreams(long seed) {
    SplittableGenerator root =
        RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    // The order of these splits is part of what a seed means.
    weights = root.split();
    shuffling = root.split();
    dropout = root.split();
  }

  /**
   * Draws what {@code epochs} epochs have drawn. That costs a small part of what their steps did,
   * and needs nothing of a generator but its seed.
   *
   * @param order is shuffled as they did; null: they did not
   * @param dropouts how many keys an epoch draws
   */
  void skip(int epochs, int @Nullable [] order, long dropouts) {
    for (int e = 0; e < epochs; e++) {
      if (order != null) {
        shuffle(order);
      }
      for (long k = 0; k < dropouts; k++) {
        dropout.nextInt();
      }
    }
  }

  /** Shuffles {@code order} in place. */
  void shuffle(int[] order) {
    Permutation.shuffle(order, shuffling);
  }
}
