package io.lariat.path;

/**
 * What each fold's validation rows say of each lambda.
 *
 * @param rows how many rows each fold has
 * @param loss their mean data loss, {@code [folds][lambdas]}
 * @param metric their accuracy or mean absolute error, {@code [folds][lambdas]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FoldScores(int[] rows, double[][] loss, double[][] metric) {

  /** The point of lambda number {@code i}: means weighted by rows, and glmnet's standard error. */
  <S extends PathSolution> LambdaPath.Point<S> point(S solution, int i) {
    if (rows.length == 0) {
      return new LambdaPath.Point<>(solution, Double.NaN, Double.NaN, Double.NaN);
    }
    double all = 0;
    double mean = 0;
    double metrics = 0;
    for (int f = 0; f < rows.length; f++) {
      all += rows[f];
      mean += rows[f] * loss[f][i];
      metrics += rows[f] * metric[f][i];
    }
    mean /= all;
    double square = 0;
    for (int f = 0; f < rows.length; f++) {
      square += rows[f] * (loss[f][i] - mean) * (loss[f][i] - mean);
    }
    double se = Math.sqrt(square / all / (rows.length - 1));
    return new LambdaPath.Point<>(solution, mean, se, metrics / all);
  }
}
