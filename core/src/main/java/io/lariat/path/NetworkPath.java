package io.lariat.path;

import io.lariat.backend.Backend;
import io.lariat.data.Dataset;
import io.lariat.data.Folds;
import io.lariat.data.Standardization;
import io.lariat.model.Network;
import io.lariat.numeric.RowsInDouble;
import io.lariat.train.Jobs;
import io.lariat.train.Optimizer;
import io.lariat.train.PartException;
import io.lariat.train.PartNumbers;
import io.lariat.train.Trainer;
import io.lariat.train.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a path of networks; {@link #fit} computes it. Each call changes this object and
 * returns it.
 *
 * <pre>{@code
 * LambdaPath<NetworkSolution> path = NetworkPath.of(network).standardize().lambdas(50).folds(5)
 *     .fit(data, Backends::open);
 * Model model = path.model(path.chosen(LambdaPath.Rule.ONE_SE));
 * }</pre>
 *
 * <p>The objective is {@code mean loss + lambda sum |w| + l2 sum w^2} over every kernel (the first
 * may have a group penalty instead, see {@link #byColumn}): were one left out, scale could escape
 * there. With two penalised kernels the empty network is always stationary, so a path cannot begin
 * with it: the network is trained at the smallest lambda, then lambda rises and each network begins
 * with the weights of the one before (as LassoNet does, Lemhadri et al. 2021, section 3.2). Each
 * fold has such a path of its own, over the same lambdas.
 *
 * <p>The same seed, data, settings and backend give the same path, whatever the number of threads.
 */
public final class NetworkPath extends PathSettings<NetworkPath> {
  /** The smallest lambda of a path as a share of the largest. */
  private static final double RATIO = 1e-3;

  private final Network plain;
  private boolean standardize;
  private boolean byColumn;
  private int epochs = 20;
  private int batchSize = 64;
  private double learningRate = 0.01;

  private NetworkPath(Network plain) {
    super(1);
    this.plain = plain;
  }

  @Override
  protected NetworkPath self() {
    return this;
  }

  /** A path over {@code network}, whose own penalties and dropout are not looked at. */
  public static NetworkPath of(Network network) {
    network.loss(); // refuses a last layer that is no head
    return new NetworkPath(network);
  }

  /**
   * Features, and the target of a regression, are standardised by mean and deviation of the rows
   * that are trained on; in cross-validation inside each fold.
   */
  public NetworkPath standardize() {
    standardize = true;
    return this;
  }

  /**
   * Penalises the first kernel by input columns: {@code lambda * sum sqrt(rows) * ||w_column||} in
   * the place of l1, so that a column leaves as a whole, with all its one-hot features. The other
   * kernels keep l1. Dense rows only.
   */
  public NetworkPath byColumn() {
    byColumn = true;
    return this;
  }

  /**
   * The most epochs for each lambda, and five times as many for the first; fewer when the objective
   * rests. 20 unless set.
   */
  public NetworkPath epochs(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("epochs: expected at least 1, found " + most);
    }
    epochs = most;
    return this;
  }

  /** The rows of a mini-batch; 64 unless set. */
  public NetworkPath batchSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("batch size: expected at least 1, found " + rows);
    }
    batchSize = rows;
    return this;
  }

  /** Adam's learning rate; 0.01 unless set. */
  public NetworkPath learningRate(double rate) {
    learningRate = rate;
    return this;
  }

  boolean standardizes() {
    return standardize;
  }

  boolean isCancelled() {
    return cancellation.isCancelled();
  }

  int epochs() {
    return epochs;
  }

  /** A trainer with a share of the learning rate. */
  Trainer trainer(Backend backend, double share) {
    Trainer trainer =
        Trainer.on(backend)
            .batchSize(batchSize)
            .optimizer(Optimizer.adam(share * learningRate))
            .cancellation(cancellation);
    return standardize ? trainer.standardize() : trainer;
  }

  /**
   * Computes the path of {@code data}.
   *
   * @param backends opens a backend for each thread
   * @throws io.lariat.data.DataException if the data is too large or cannot be dealt out to folds,
   *     or a kept column is unknown
   * @throws TrainingException if network and data do not go together, or a training diverges
   * @throws CancellationException if it was cancelled
   */
  public LambdaPath<NetworkSolution> fit(Dataset data, Supplier<Backend> backends) {
    RowsInDouble.requireFew(data, data.rows());
    PathNetworks networks = PathNetworks.of(plain, data, kept, l2, byColumn);
    @Nullable Folds split = folds == 0 ? null : Folds.of(data, folds, seed);
    @Nullable Standardization target =
        standardize && networks.head().standardizesTarget()
            ? Standardization.ofTarget(data, data.rows())
            : null;
    double[] lambdas = lambdas(data, networks, backends);
    AtomicInteger done = new AtomicInteger();
    int all = (folds + 1) * lambdas.length;
    Runnable finished = () -> progress.finished(done.incrementAndGet(), all);
    NetworkSolution[] solutions = new NetworkSolution[lambdas.length];
    int[] rows = new int[folds];
    double[][] loss = new double[folds][lambdas.length];
    double[][] metric = new double[folds][lambdas.length];
    List<Jobs.Job> jobs = new ArrayList<>();
    jobs.add(
        backend -> {
          try (WarmPath path = new WarmPath(this, networks, data, WarmPath.MANY)) {
            Chain chain = new Chain(0, path, lambdas, finished);
            chain.follow(
                backend,
                path::lossAndResidual,
                (i, found) -> solutions[i] = path.solution(lambdas[i], found[0], found[1]));
          }
        });
    for (int f = 0; f < folds; f++) {
      int fold = f;
      Folds dealt = Objects.requireNonNull(split);
      rows[f] = dealt.validation(f).length;
      jobs.add(
          backend -> {
            Dataset trained = data.rows(dealt.training(fold));
            try (WarmPath path = new WarmPath(this, networks, trained, WarmPath.FEW)) {
              FoldScore score =
                  new FoldScore(data.rows(dealt.validation(fold)), path, networks.at(1), target);
              Chain chain = new Chain(fold + 1, path, lambdas, finished);
              chain.follow(
                  backend,
                  score::measure,
                  (i, found) -> {
                    loss[fold][i] = found[0];
                    metric[fold][i] = found[1];
                  });
            }
          });
    }
    new Jobs(threads, cancellation, () -> {}).run(jobs, backends);
    FoldScores scores = new FoldScores(rows, loss, metric);
    @Nullable Standardization features =
        standardize ? Standardization.ofFeatures(data, data.rows()) : null;
    return new LambdaPath<>(
        data, scores.points(List.of(solutions)), folds, scores.withoutOne(), features, target);
  }

  private double[] lambdas(Dataset data, PathNetworks networks, Supplier<Backend> backends) {
    if (given != null) {
      return given;
    }
    double @Nullable [] found = PartNumbers.find(parts, "lambdas", count, count);
    if (found != null) {
      requireFalling(found);
      return found;
    }
    try (Backend backend = backends.get();
        WarmPath path = new WarmPath(this, networks, data, WarmPath.FEW)) {
      double max = LambdaSearch.max(path, backend, chainSeed(0));
      double[] lambdas = LambdaGrid.falling(max, RATIO, count);
      parts.keep("lambdas", PartNumbers.bytes(lambdas));
      return lambdas;
    }
  }

  private static void requireFalling(double[] lambdas) {
    double before = Double.MAX_VALUE;
    for (double lambda : lambdas) {
      if (!(lambda > 0 && lambda < before)) {
        throw new PartException("lambdas", lambda + " after " + before + " is none");
      }
      before = lambda;
    }
  }

  /** The seed of a chain's first network; the next ones count on. */
  private long chainSeed(int chain) {
    return seed + 1_000_003L * chain;
  }

  /** The networks of some rows along all lambdas, from the smallest to the largest. */
  private final class Chain {
    private final int number;
    private final WarmPath path;
    private final double[] lambdas;
    private final Runnable finished;

    Chain(int number, WarmPath path, double[] lambdas, Runnable finished) {
      this.number = number;
      this.path = path;
      this.lambdas = lambdas;
      this.finished = finished;
    }

    /** {@code measure} gives two numbers of each network, {@code use} gets them. */
    void follow(Backend backend, DoubleFunction<double[]> measure, Use use) {
      for (int i = lambdas.length - 1; i >= 0; i--) {
        String name = "path-" + number + "-lambda-" + i;
        double @Nullable [] numbers = PartNumbers.find(parts, name, 3, Long.MAX_VALUE);
        double[] measured;
        if (numbers == null) {
          path.advance(backend, lambdas[i], chainSeed(number) + i);
          measured = measure.apply(lambdas[i]);
          parts.keep(name, PartNumbers.bytes(join(measured, path.state())));
        } else {
          measured = Arrays.copyOf(numbers, 2);
          if (!path.restore(Arrays.copyOfRange(numbers, 2, numbers.length))) {
            throw new PartException(name, "is of another network");
          }
        }
        use.accept(i, measured);
        finished.run();
      }
    }

    private static double[] join(double[] a, double[] b) {
      double[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      return both;
    }
  }

  /** Gets what was measured of the network of lambda number {@code i}. */
  @FunctionalInterface
  private interface Use {
    void accept(int i, double[] measured);
  }
}
