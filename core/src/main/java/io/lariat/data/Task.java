package io.lariat.data;

/** What is predicted. */
public enum Task {
  /** One of two classes; targets are 0 and 1. */
  BINARY,
  /** One of several classes; targets are class numbers from 0. */
  MULTICLASS,
  /** A number. */
  REGRESSION
}
