package io.lariat.path;

import io.lariat.data.Column;
import io.lariat.data.Dataset;
import io.lariat.data.Folds;
import io.lariat.data.Standardization;
import io.lariat.data.Task;
import io.lariat.train.Cancellation;
import io.lariat.train.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a Lasso or elastic net path of a linear model; {@link #fit} computes it in double
 * precision. Each call changes this object and returns it.
 *
 * <pre>{@code
 * LambdaPath path = LinearPath.standardized().lambdas(50).folds(5).seed(42).fit(data);
 * Model model = path.model(path.chosen(LambdaPath.Rule.ONE_SE));
 * }</pre>
 *
 * <p>The objective is {@code mean loss + lambda sum |w| + l2 sum w^2} with the losses of {@link
 * io.lariat.backend.Loss}; for a regression the loss is {@code (z - y)^2} without a half, so lambda
 * is twice glmnet's. Intercepts have no penalty. The folds run in parallel; the result does not
 * depend on how many threads there are.
 */
public final class LinearPath {
  private final boolean standardize;
  private int count = 50;
  private double @Nullable [] given;
  private double l2;
  private int folds = 5;
  private long seed;
  private int threads = Runtime.getRuntime().availableProcessors();
  private Set<String> kept = Set.of();
  private Cancellation cancellation = new Cancellation();

  private LinearPath(boolean standardize) {
    this.standardize = standardize;
  }

  /**
   * Features, and the target of a regression, are standardised by mean and deviation of the rows
   * that are trained on; in cross-validation inside each fold.
   */
  public static LinearPath standardized() {
    return new LinearPath(true);
  }

  /** Features and target are used as they are. */
  public static LinearPath unstandardized() {
    return new LinearPath(false);
  }

  /**
   * How many lambdas, evenly spaced on a logarithmic scale from the least that empties the model
   * down to 1e-4 of it, or 1e-2 where there are no more rows than features (as glmnet); 50 unless
   * set.
   */
  public LinearPath lambdas(int number) {
    if (number < 2) {
      throw new IllegalArgumentException("lambdas: expected at least 2, found " + number);
    }
    count = number;
    given = null;
    return this;
  }

  /** These lambdas, in any order; positive and finite. */
  public LinearPath lambdas(double... values) {
    double[] sorted = Arrays.stream(values).distinct().sorted().toArray();
    if (sorted.length == 0 || !(sorted[0] > 0) || !Double.isFinite(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          "lambdas: expected positive numbers, found " + Arrays.toString(values));
    }
    given =
        IntStream.range(0, sorted.length).mapToDouble(i -> sorted[sorted.length - 1 - i]).toArray();
    return this;
  }

  /** The ridge's part of the penalty, the same at every lambda; 0 unless set. */
  public LinearPath l2(double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("l2: expected a number of at least 0, found " + value);
    }
    l2 = value;
    return this;
  }

  /** The number of folds, at least 2; 5 unless set. */
  public LinearPath folds(int number) {
    folds = number;
    return this;
  }

  /** The seed of the folds; 0 unless set. */
  public LinearPath seed(long value) {
    seed = value;
    return this;
  }

  /** The threads that fit folds; one a processor unless set. */
  public LinearPath threads(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + number);
    }
    threads = number;
    return this;
  }

  /** The columns that no penalty touches. */
  public LinearPath keep(Collection<String> columns) {
    kept = Set.copyOf(columns);
    return this;
  }

  /** Lets {@code token} end the work from another thread. */
  public LinearPath cancellation(Cancellation token) {
    cancellation = token;
    return this;
  }

  /**
   * Computes the path of {@code data}.
   *
   * @throws TrainingException if the data cannot be dealt out to folds, a kept column is unknown,
   *     or all targets are the same
   * @throws CancellationException if it was cancelled
   */
  public LambdaPath fit(Dataset data) {
    double[] factor = factors(data);
    requireTwoTargets(data);
    Folds split = Folds.of(data, folds, seed);
    Fit all = new Fit(data, IntStream.range(0, data.rows()).toArray(), factor);
    double[] lambdas = grid(all, data);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Future<List<LinearSolution>> whole = pool.submit(() -> all.solutions(lambdas));
      List<Future<double[][]>> parts = new ArrayList<>();
      for (int f = 0; f < split.count(); f++) {
        int fold = f;
        parts.add(pool.submit(() -> validate(data, split, fold, factor, lambdas, all.target)));
      }
      double[][][] scores = new double[split.count()][][];
      for (int f = 0; f < scores.length; f++) {
        scores[f] = get(parts.get(f));
      }
      List<LinearSolution> solutions = get(whole);
      List<LambdaPath.Point> points = new ArrayList<>();
      for (int i = 0; i < lambdas.length; i++) {
        points.add(point(solutions.get(i), scores, i));
      }
      return new LambdaPath(data, points, all.features, all.target, l2);
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      switch (Objects.requireNonNullElse(e.getCause(), e)) {
        case RuntimeException r -> throw r;
        case Error error -> throw error;
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }

  private double[] factors(Dataset data) {
    Set<String> unknown = new HashSet<>(kept);
    double[] factor = new double[data.features()];
    int at = 0;
    for (Column column : data.schema().columns()) {
      unknown.remove(column.name());
      for (int i = 0; i < column.width(); i++) {
        factor[at++] = kept.contains(column.name()) ? 0 : 1;
      }
    }
    if (!unknown.isEmpty()) {
      throw new TrainingException(
          String.format(
              "%s has no column '%s' to keep; name columns of the data",
              data.source(), unknown.iterator().next()));
    }
    if (Arrays.stream(factor).allMatch(f -> f == 0)) {
      throw new TrainingException(
          data.source() + ": every column is kept, so there is nothing to penalise; keep fewer");
    }
    return factor;
  }

  private static void requireTwoTargets(Dataset data) {
    for (int i = 1; i < data.rows(); i++) {
      if (data.target(i) != data.target(0)) {
        return;
      }
    }
    throw new TrainingException(
        data.source() + ": all rows have the same target; there is nothing to learn");
  }

  private double[] grid(Fit all, Dataset data) {
    double max = all.solver.lambdaMax();
    if (given != null) {
      return given;
    }
    if (!(max > 0)) {
      throw new TrainingException(
          data.source() + ": no penalised feature varies with the target; there is no path");
    }
    double ratio = data.rows() > data.features() ? 1e-4 : 1e-2;
    return IntStream.range(0, count)
        .mapToDouble(i -> max * Math.pow(ratio, i / (count - 1.0)))
        .toArray();
  }

  /** Some rows, standardised, and their solver. */
  private final class Fit {
    final @Nullable Standardization features;
    final @Nullable Standardization target;
    final LinearSolver solver;

    Fit(Dataset data, int[] rows, double[] factor) {
      DesignMatrix matrix = DesignMatrix.of(data, rows);
      features = standardize ? matrix.features() : null;
      target = standardize && data.task() == Task.REGRESSION ? matrix.target() : null;
      apply(matrix);
      LinearLoss loss = new LinearLoss(data.task(), matrix.y);
      int outputs = data.schema().target().outputs();
      solver = new LinearSolver(matrix, loss, outputs, factor, l2, cancellation);
    }

    void apply(DesignMatrix matrix) {
      if (features != null) {
        matrix.standardizeFeatures(features);
      }
      if (target != null) {
        matrix.standardizeTarget(target);
      }
    }

    List<LinearSolution> solutions(double[] lambdas) {
      return Arrays.stream(lambdas).mapToObj(solver::solve).toList();
    }
  }

  /** For each lambda the fold's rows, mean validation loss and metric. */
  private double[][] validate(
      Dataset data,
      Folds split,
      int fold,
      double[] factor,
      double[] lambdas,
      @Nullable Standardization target) {
    Fit fit = new Fit(data, split.training(fold), factor);
    fit.solver.lambdaMax();
    DesignMatrix held = DesignMatrix.of(data, split.validation(fold));
    fit.apply(held);
    LinearLoss loss = new LinearLoss(data.task(), held.y);
    // From the fold's units to the target's own, and to those of all rows.
    double own = fit.target == null ? 1 : fit.target.deviation()[0];
    double units = target == null ? 1 : own / target.deviation()[0];
    double[][] scores = new double[lambdas.length][];
    for (int i = 0; i < lambdas.length; i++) {
      double[][] z = fit.solver.solve(lambdas[i]).scores(held);
      scores[i] = new double[] {held.rows(), loss.value(z) * units * units, loss.metric(z) * own};
    }
    return scores;
  }

  private static LambdaPath.Point point(LinearSolution solution, double[][][] scores, int i) {
    double rows = 0;
    double mean = 0;
    double metric = 0;
    for (double[][] fold : scores) {
      rows += fold[i][0];
      mean += fold[i][0] * fold[i][1];
      metric += fold[i][0] * fold[i][2];
    }
    mean /= rows;
    double square = 0;
    for (double[][] fold : scores) {
      square += fold[i][0] * (fold[i][1] - mean) * (fold[i][1] - mean);
    }
    double se = Math.sqrt(square / rows / (scores.length - 1));
    return new LambdaPath.Point(solution, mean, se, metric / rows);
  }
}
