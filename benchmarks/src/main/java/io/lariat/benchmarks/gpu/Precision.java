package io.lariat.benchmarks.gpu;

/** What products of matrices are computed in. */
enum Precision {
  /** Single precision. */
  FLOAT32("float32"),
  /** Factors rounded to 11 bits, sums in single precision. */
  TF32("tf32");

  /** What the processes call it. */
  final String word;

  Precision(String word) {
    this.word = word;
  }
}
