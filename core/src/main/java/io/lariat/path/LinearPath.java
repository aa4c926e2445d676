package io.lariat.path;

import io.lariat.data.Dataset;
import io.lariat.data.Folds;
import io.lariat.data.Standardization;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.train.Jobs;
import io.lariat.train.PartNumbers;
import io.lariat.train.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a Lasso or elastic net path of a linear model; {@link #fit} computes it in double
 * precision. Each call changes this object and returns it.
 *
 * <pre>{@code
 * LambdaPath<LinearSolution> path = LinearPath.standardized().lambdas(50).folds(5).seed(42).fit(data);
 * Model model = path.model(path.chosen(LambdaPath.Rule.ONE_SE));
 * }</pre>
 *
 * <p>Unless they are given, lambdas go from the least that empties the model down to 1e-4 of it, or
 * 1e-2 where there are fewer rows than features (as glmnet). The folds are fitted at a time by one
 * thread a processor unless that is set; progress is in paths, of the folds and of all rows.
 *
 * <p>The objective is {@code mean loss + lambda sum |w| + l2 sum w^2} with the losses of {@link
 * io.lariat.backend.Loss}; for a regression the loss is {@code (z - y)^2} without a half, so lambda
 * is twice glmnet's. Intercepts have no penalty. The folds run in parallel; the result does not
 * depend on how many threads there are.
 */
public final class LinearPath extends PathSettings<LinearPath> {
  private final boolean standardize;
  private @Nullable Head chosen;

  private LinearPath(boolean standardize) {
    super(Runtime.getRuntime().availableProcessors());
    this.standardize = standardize;
  }

  @Override
  protected LinearPath self() {
    return this;
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

  /** What the outputs are for; unless set the usual head of the data's task. */
  public LinearPath head(Head head) {
    chosen = head;
    return this;
  }

  /**
   * Computes the path of {@code data}.
   *
   * @throws io.lariat.data.DataException if the data cannot be dealt out to folds, or a kept column
   *     is unknown
   * @throws TrainingException if there is nothing to learn or nothing to penalise
   * @throws CancellationException if it was cancelled
   */
  public LambdaPath<LinearSolution> fit(Dataset data) {
    Head head = chosen == null ? Heads.of(data.task()) : chosen;
    PathNetworks networks = PathNetworks.linear(data, head, kept, l2);
    @Nullable Folds split = folds == 0 ? null : Folds.of(data, folds, seed);
    Fit all = new Fit(data, IntStream.range(0, data.rows()).toArray(), networks);
    double[] lambdas = grid(all, data);
    List<LinearSolution> solutions = new ArrayList<>();
    int[] rows = new int[folds];
    double[][] loss = new double[folds][];
    double[][] metric = new double[folds][];
    List<Runnable> jobs = new ArrayList<>();
    jobs.add(() -> Arrays.stream(lambdas).mapToObj(all::solve).forEach(solutions::add));
    for (int f = 0; f < folds; f++) {
      int number = f;
      FoldFit fold =
          new FoldFit(data, Objects.requireNonNull(split), f, networks, lambdas, all.target);
      jobs.add(
          () -> {
            double[] scores = fold.scores();
            rows[number] = fold.validationRows();
            loss[number] = Arrays.copyOf(scores, lambdas.length);
            metric[number] = Arrays.copyOfRange(scores, lambdas.length, scores.length);
          });
    }
    AtomicInteger done = new AtomicInteger();
    Runnable finished = () -> progress.finished(done.incrementAndGet(), jobs.size());
    new Jobs(threads, cancellation, finished).run(jobs);
    FoldScores scores = new FoldScores(rows, loss, metric);
    return new LambdaPath<>(
        data, scores.points(solutions), folds, scores.withoutOne(), all.features, all.target);
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
    double ratio = data.rows() < data.features() ? 1e-2 : 1e-4;
    return LambdaGrid.falling(max, ratio, count);
  }

  /** Some rows, standardised, and their solver. */
  private final class Fit {
    final @Nullable Standardization features;
    final @Nullable Standardization target;
    final LinearSolver solver;
    private final PathNetworks networks;

    Fit(Dataset data, int[] rows, PathNetworks networks) {
      this.networks = networks;
      features = standardize ? Standardization.ofFeatures(data, rows) : null;
      target =
          standardize && networks.head().standardizesTarget()
              ? Standardization.ofTarget(data, rows)
              : null;
      DesignMatrix matrix = DesignMatrix.of(data, rows, features, target);
      if (!standardize) {
        matrix.hideConstants(); // standardised, they are zero
      }
      int outputs = data.schema().target().outputs();
      LinearLoss loss = new LinearLoss(networks.head().loss(), matrix.y(), outputs);
      solver = new LinearSolver(matrix, loss, outputs, networks.factors(), l2, cancellation);
    }

    LinearSolution solve(double lambda) {
      return solver.solve(networks.at(lambda), lambda);
    }
  }

  /** A fold: the path of its training rows, measured on the others. */
  private final class FoldFit {
    private final Dataset data;
    private final Folds split;
    private final int fold;
    private final PathNetworks networks;
    private final double[] lambdas;
    private final @Nullable Standardization target;

    FoldFit(
        Dataset data,
        Folds split,
        int fold,
        PathNetworks networks,
        double[] lambdas,
        @Nullable Standardization target) {
      this.data = data;
      this.split = split;
      this.fold = fold;
      this.networks = networks;
      this.lambdas = lambdas;
      this.target = target;
    }

    int validationRows() {
      return split.validation(fold).length;
    }

    /** The mean validation loss of each lambda, then the metric of each. */
    double[] scores() {
      String name = "fold-" + fold;
      int numbers = 2 * lambdas.length;
      double @Nullable [] found = PartNumbers.find(parts, name, numbers, numbers);
      double[] scores = found == null ? validate() : found;
      if (found == null) {
        parts.keep(name, PartNumbers.bytes(scores));
      }
      return scores;
    }

    private double[] validate() {
      Fit fit = new Fit(data, split.training(fold), networks);
      fit.solver.lambdaMax();
      DesignMatrix held = DesignMatrix.of(data, split.validation(fold), fit.features, fit.target);
      int outputs = data.schema().target().outputs();
      LinearLoss loss = new LinearLoss(networks.head().loss(), held.y(), outputs);
      // From the fold's units to the target's own, and to those of all rows.
      double own = fit.target == null ? 1 : fit.target.deviation(0);
      double lossUnits =
          networks.head().loss().growth(target == null ? 1 : own / target.deviation(0));
      double[] scores = new double[2 * lambdas.length];
      for (int i = 0; i < lambdas.length; i++) {
        double[][] z = fit.solve(lambdas[i]).scores(held);
        scores[i] = loss.value(z) * lossUnits;
        scores[lambdas.length + i] = loss.metric(z) * own;
      }
      return scores;
    }
  }
}
