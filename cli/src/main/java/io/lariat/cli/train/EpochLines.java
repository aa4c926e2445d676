package io.lariat.cli.train;

import io.lariat.train.Epoch;
import java.util.List;

/** What is printed of an epoch. */
@FunctionalInterface
interface EpochLines {
  /** The lines; may be none. */
  List<String> of(Epoch epoch);
}
