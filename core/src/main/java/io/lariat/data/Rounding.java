package io.lariat.data;

import org.jspecify.annotations.Nullable;

/** How the numbers of a data set were rounded before something was said of them. */
public enum Rounding {
  /** Not at all: doubles. */
  NONE("exact") {
    @Override
    double round(double value) {
      return value;
    }
  },
  /** To the nearest float. */
  FLOAT("float") {
    @Override
    double round(double value) {
      return (float) value;
    }
  },
  /** To the sum of the nearest float and the float nearest to what it leaves: 48 bits. */
  TWO_FLOATS("double") {
    @Override
    double round(double value) {
      float nearest = (float) value;
      return (double) nearest + (float) (value - nearest);
    }
  };

  private final String word;

  Rounding(String word) {
    this.word = word;
  }

  /** What a certificate calls the precision of its data; 48 bits were once called double. */
  public String word() {
    return word;
  }

  /** What a certificate calls {@code word}; null if it is unknown. */
  public static @Nullable Rounding of(String word) {
    for (Rounding rounding : values()) {
      if (rounding.word.equals(word)) {
        return rounding;
      }
    }
    return null;
  }

  /** The number that {@code value} becomes. */
  abstract double round(double value);
}
