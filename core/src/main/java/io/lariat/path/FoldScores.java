package io.lariat.path;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What each fold's validation rows say of each lambda.
 *
 * @param rows how many rows each fold has
 * @param loss their mean data loss, {@code [folds][lambdas]}
 * @param metric their accuracy or mean absolute error, {@code [folds][lambdas]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FoldScores(int[] rows, double[][] loss, double[][] metric) {

  /** A point for each lambda's solution: means weighted by rows, and glmnet's standard error. */
  <S extends PathSolution> List<LambdaPath.Point<S>> points(List<S> solutions) {
    return IntStream.range(0, solutions.size()).mapToObj(i -> point(solutions.get(i), i)).toList();
  }

  private <S extends PathSolution> LambdaPath.Point<S> point(S solution, int i) {
    if (rows.length == 0) {
      return new LambdaPath.Point<>(solution, Double.NaN, Double.NaN, Double.NaN);
    }
    double mean = mean(loss, i);
    return new LambdaPath.Point<>(solution, mean, error(mean, i), mean(metric, i));
  }

  private double mean(double[][] scores, int i) {
    double all = 0;
    double sum = 0;
    for (int f = 0; f < rows.length; f++) {
      all += rows[f];
      sum += rows[f] * scores[f][i];
    }
    return sum / all;
  }

  private double error(double mean, int i) {
    double all = 0;
    double square = 0;
    for (int f = 0; f < rows.length; f++) {
      all += rows[f];
      square += rows[f] * (loss[f][i] - mean) * (loss[f][i] - mean);
    }
    return Math.sqrt(square / all / (rows.length - 1));
  }

  /** For each fold what the others choose without it; nothing with fewer than three folds. */
  List<LambdaPath.Choice> withoutOne() {
    if (rows.length < 3) {
      return List.of();
    }
    return IntStream.range(0, rows.length).mapToObj(this::without).map(FoldScores::choice).toList();
  }

  private FoldScores without(int fold) {
    int[] others = IntStream.range(0, rows.length).filter(f -> f != fold).toArray();
    int[] theirs = Arrays.stream(others).map(f -> rows[f]).toArray();
    double[][] losses = Arrays.stream(others).mapToObj(f -> loss[f]).toArray(double[][]::new);
    return new FoldScores(theirs, losses, new double[0][]);
  }

  private LambdaPath.Choice choice() {
    double[] means = new double[loss[0].length];
    double[] errors = new double[means.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(loss, i);
      errors[i] = error(means[i], i);
    }
    return LambdaPath.Choice.of(means, errors);
  }
}
