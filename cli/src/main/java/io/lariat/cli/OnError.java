package io.lariat.cli;

/** What becomes of a prediction that is not finite. */
enum OnError {
  /** The command ends with an error. */
  FAIL,
  /** It is written as NaN, and counted. */
  NAN
}
