package io.lariat.benchmarks.gpu;

/** What products of matrices are computed in. */
enum Precision {
  /** Single precision. */
  FLOAT32("float32", 1e-3),
  /** Factors rounded to 11 bits, sums in single precision. */
  TF32("tf32", 1e-2);

  /** What the processes call it. */
  final String word;

  /** By how much of its value a loss of the first steps may differ between sides. */
  final double tolerance;

  Precision(String word, double tolerance) {
    this.word = word;
    this.tolerance = tolerance;
  }
}
