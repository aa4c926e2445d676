package io.lariat.benchmarks.peers;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The row numbers of one mini-batch after another. */
final class Batches {
  private static final long SEED = 5;

  private final int[] order;
  private final int[] batch;
  private final boolean shuffle;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private int at;

  private Batches(int[] order, int batchSize, boolean shuffle) {
    this.order = order;
    this.batch = new int[batchSize];
    this.shuffle = shuffle;
    this.at = order.length;
  }

  /** All rows of a case's training set, shuffled anew in every epoch. */
  static Batches shuffled(TrainingCase c) {
    int[] order = new int[c.rows()];
    Arrays.setAll(order, i -> i);
    return new Batches(order, c.batch(), true);
  }

  /** The batches of the steps that are verified: {@link #verifiedOrder} over and over. */
  static Batches verified(TrainingCase c) {
    return new Batches(verifiedOrder(c), c.batch(), false);
  }

  /** The rows of the steps that are verified, one epoch of them, in their order. */
  static int[] verifiedOrder(TrainingCase c) {
    Batches all = shuffled(c);
    all.shuffle();
    return Arrays.copyOf(all.order, Math.min(c.rows(), c.verifiedSteps() * c.batch()));
  }

  /** The rows of the next batch, in an array that the next call overwrites. */
  int[] next() {
    if (at == order.length) {
      at = 0;
      if (shuffle) {
        shuffle();
      }
    }
    System.arraycopy(order, at, batch, 0, batch.length);
    at += batch.length;
    return batch;
  }

  /** Fisher and Yates. */
  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
