package io.lariat.data;

/** What a target is. */
public enum Task {
  /** One of two classes; targets are 0 and 1. */
  BINARY,
  /** One of several classes; targets are class numbers from 0. */
  MULTICLASS,
  /** A number. */
  REGRESSION;

  /** Whether it is a number, not a class. */
  public boolean isNumber() {
    return this == REGRESSION;
  }
}
