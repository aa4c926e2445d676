package io.lariat.cli.predict;

import io.lariat.cli.options.OneOf;
import java.util.List;

/** What becomes of a prediction that is not finite. */
enum OnError {
  /** The command ends with an error. */
  FAIL,
  /** It is written as NaN, and counted. */
  NAN;

  /** Reads the word. */
  static final class Converter extends OneOf<OnError> {
    Converter() {
      super(List.of(values()));
    }
  }
}
