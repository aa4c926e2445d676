package io.lariat.diagnosis;

import java.util.stream.IntStream;

/**
 * A column of the table that a model uses.
 *
 * @param first its first feature
 * @param width how many features it has
 * @param isCategorical whether these are one-hot
 */
record UsedColumn(String name, int first, int width, boolean isCategorical) {

  int[] features() {
    return IntStream.range(first, first + width).toArray();
  }
}
