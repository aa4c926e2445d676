package io.lariat.path;

import io.lariat.train.Epoch;
import io.lariat.train.TrainingCallback;

/** Ends a training whose objective no longer falls. */
final class Plateau implements TrainingCallback {
  /** An epoch counts as better from this share less than the best on. */
  private static final double LEAST_GAIN = 1e-3;

  /** So many epochs in a row without. */
  private static final int PATIENCE = 3;

  private double best = Double.POSITIVE_INFINITY;
  private int since;

  @Override
  public Next onEpochEnd(Epoch epoch) {
    since = epoch.loss() < best * (1 - LEAST_GAIN) ? 0 : since + 1;
    best = Math.min(best, epoch.loss());
    return since >= PATIENCE ? Next.STOP : Next.CONTINUE;
  }
}
