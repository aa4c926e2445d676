package io.lariat.compare;

import io.lariat.backend.Backend;
import io.lariat.data.Dataset;
import io.lariat.data.Folds;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.train.Cancellation;
import io.lariat.train.DivergedException;
import io.lariat.train.EarlyStopping;
import io.lariat.train.JobProgress;
import io.lariat.train.Jobs;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import io.lariat.train.TrainingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network with each {@link Regularization} on the same rows.
 *
 * <p>A fold of the rows, drawn from the seed and stratified by class, is kept for the test. On the
 * others each regularization's lambda is chosen by cross-validation, the one of the least mean data
 * loss; then the network is trained on all of them from several seeds and measured on the test
 * rows, which nothing before has seen.
 *
 * <pre>{@code
 * List<ComparisonRow> rows = Comparison.of(network)
 *     .training(t -> t.epochs(50).standardize()).folds(5).seeds(5)
 *     .run(data, () -> Backends.open());
 * }</pre>
 *
 * <p>The same seed, data, settings and backend give the same rows but for the times, whatever the
 * number of threads.
 */
public final class Comparison {
  /** From weak to strong, a factor of about 3 apart. */
  public static final List<Double> LAMBDAS =
      List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);

  /** The share of training rows that early stopping watches. */
  private static final double WATCHED = 0.1;

  private static final int TIMED_ROWS = 200;
  private static final int TIMED_ROUNDS = 25;

  private final Network plain;
  private UnaryOperator<Trainer> training = t -> t;
  private List<Double> lambdas = LAMBDAS;
  private int folds = 5;
  private int seeds = 5;
  private int testFolds = 5;
  private int threads = 1;
  private long seed = 42;
  private boolean penalizeHead;
  private double dropout = 0.2;
  private int patience = 5;
  private Cancellation cancellation = new Cancellation();
  private JobProgress progress = (done, all) -> {};

  private Comparison(Network plain) {
    this.plain = plain;
  }

  /** A comparison over {@code network}, whose own penalties and dropout are not looked at. */
  public static Comparison of(Network network) {
    network.loss(); // refuses a last layer that is no head
    return new Comparison(network);
  }

  /** Epochs, optimizer and so on; the seed, the split and early stopping are set here. */
  public Comparison training(UnaryOperator<Trainer> settings) {
    this.training = settings;
    return this;
  }

  /** What to choose each lambda from; {@link #LAMBDAS} unless set. */
  public Comparison lambdas(List<Double> choices) {
    if (choices.isEmpty()) {
      throw new IllegalArgumentException("comparison: expected at least 1 lambda, found none");
    }
    choices.forEach(Regularization.L1::penalty); // refuses what is no penalty
    this.lambdas = List.copyOf(choices);
    return this;
  }

  /** The folds of the cross-validation; 5 unless set. */
  public Comparison folds(int count) {
    this.folds = atLeast(2, "folds", count);
    return this;
  }

  /** How many trainings each final figure is of; 5 unless set. */
  public Comparison seeds(int count) {
    this.seeds = atLeast(1, "seeds", count);
    return this;
  }

  /** One of how many rows is kept for the test; 5 unless set. */
  public Comparison testOneOf(int rows) {
    this.testFolds = atLeast(2, "test: one of", rows);
    return this;
  }

  /** How many threads train, each on a backend of its own; 1 unless set. */
  public Comparison threads(int count) {
    this.threads = atLeast(1, "threads", count);
    return this;
  }

  /** Of the test rows, the folds and the trainings; 42 unless set. */
  public Comparison seed(long value) {
    this.seed = value;
    return this;
  }

  /** Whether the output kernel is penalised too; not unless set, or it is the only one. */
  public Comparison penalizeHead(boolean yes) {
    this.penalizeHead = yes;
    return this;
  }

  /** The rate of dropout; 0.2 unless set. */
  public Comparison dropout(double rate) {
    this.dropout = rate;
    return this;
  }

  /** The patience of early stopping, in epochs; 5 unless set. */
  public Comparison patience(int epochs) {
    this.patience = epochs;
    return this;
  }

  /** Lets {@code token} end it from another thread. */
  public Comparison cancellation(Cancellation token) {
    this.cancellation = token;
    return this;
  }

  /** Tells {@code listener} how many trainings are done, on the threads that train. */
  public Comparison progress(JobProgress listener) {
    this.progress = listener;
    return this;
  }

  private static int atLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          String.format("comparison: %s: expected at least %d, found %d", what, least, value));
    }
    return value;
  }

  /** The regularizations that make sense for the network: without a hidden layer, no dropout. */
  public List<Regularization> compared() {
    return Arrays.stream(Regularization.values())
        .filter(r -> r != Regularization.L1_DROPOUT || plain.layers().size() > 1)
        .toList();
  }

  /**
   * Trains and measures.
   *
   * @param backends opens a backend for each thread
   * @throws java.util.concurrent.CancellationException if it was cancelled
   * @throws TrainingException if network and data do not go together, or all lambdas of one
   *     regularization diverge
   */
  public List<ComparisonRow> run(Dataset data, Supplier<Backend> backends) {
    Folds outer = Folds.of(data, testFolds, seed);
    Dataset test = data.rows(outer.validation(0));
    Dataset rest = data.rows(shuffled(outer.training(0)));
    Folds inner = Folds.of(rest, folds, seed + 1);
    List<Candidate> candidates = candidates();
    List<Final> finals = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    int all = candidates.size() * folds + compared().size() * seeds;
    Jobs jobs =
        new Jobs(
            threads, backends, cancellation, () -> progress.finished(done.incrementAndGet(), all));
    List<Jobs.Job> first = new ArrayList<>();
    for (Candidate candidate : candidates) {
      for (int f = 0; f < folds; f++) {
        int fold = f;
        first.add(backend -> candidate.run(backend, rest, inner, fold));
      }
    }
    jobs.run(first);
    List<Jobs.Job> second = new ArrayList<>();
    for (Regularization kind : compared()) {
      Final chosen = new Final(best(kind, candidates));
      finals.add(chosen);
      for (int s = 0; s < seeds; s++) {
        int number = s;
        second.add(backend -> chosen.run(backend, rest, test, number));
      }
    }
    jobs.run(second);
    return finals.stream().map(f -> f.row(test)).toList();
  }

  /** A file may be sorted, and early stopping watches the last rows. */
  private int[] shuffled(int[] rows) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int i = rows.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = rows[i];
      rows[i] = rows[j];
      rows[j] = swap;
    }
    return rows;
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (Regularization kind : compared()) {
      if (kind.hasLambda()) {
        lambdas.forEach(lambda -> candidates.add(new Candidate(kind, lambda)));
      } else {
        candidates.add(new Candidate(kind, 0));
      }
    }
    return candidates;
  }

  private static Candidate best(Regularization kind, List<Candidate> candidates) {
    @Nullable Candidate best = null;
    for (Candidate candidate : candidates) {
      double loss = candidate.meanLoss();
      if (candidate.kind == kind
          && Double.isFinite(loss)
          && (best == null || loss < best.meanLoss())) {
        best = candidate;
      }
    }
    if (best == null) {
      throw new TrainingException(
          kind.label() + ": every training diverged; use a lower learning rate");
    }
    return best;
  }

  private Training fit(
      Backend backend, Regularization kind, double lambda, Dataset rows, long trainingSeed) {
    Trainer trainer =
        training.apply(Trainer.on(backend)).seed(trainingSeed).cancellation(cancellation);
    if (kind == Regularization.L1_EARLY_STOPPING) {
      trainer.validationSplit(WATCHED).earlyStopping(EarlyStopping.patience(patience));
    }
    return trainer.fit(kind.network(plain, lambda, penalizeHead, dropout), rows);
  }

  /** A regularization with one lambda, in the cross-validation. */
  private final class Candidate {
    private final Regularization kind;
    private final double lambda;
    private final Scores[] scores = new Scores[folds];

    Candidate(Regularization kind, double lambda) {
      this.kind = kind;
      this.lambda = lambda;
    }

    void run(Backend backend, Dataset rest, Folds inner, int fold) {
      try {
        Training run = fit(backend, kind, lambda, rest.rows(inner.training(fold)), seed + fold);
        scores[fold] = Scores.of(run.model(), rest.rows(inner.validation(fold)));
      } catch (DivergedException e) {
        scores[fold] = new Scores(Double.POSITIVE_INFINITY, Double.NaN); // never the best
      }
    }

    double meanLoss() {
      return spread(i -> scores[i].loss(), folds).mean();
    }
  }

  /** A regularization with the lambda that was chosen, trained from several seeds. */
  private final class Final {
    private final Candidate chosen;
    private final Model[] models = new Model[seeds];
    private final Scores[] train = new Scores[seeds];
    private final Scores[] tested = new Scores[seeds];

    Final(Candidate chosen) {
      this.chosen = chosen;
    }

    void run(Backend backend, Dataset rest, Dataset test, int number) {
      Training run = fit(backend, chosen.kind, chosen.lambda, rest, seed + number);
      models[number] = run.model();
      train[number] = Scores.of(run.model(), rest);
      tested[number] = Scores.of(run.model(), test);
    }

    ComparisonRow row(Dataset test) {
      Model[] small = new Model[seeds];
      for (int s = 0; s < seeds; s++) {
        small[s] = Compaction.of(models[s]).model();
      }
      return new ComparisonRow(
          chosen.kind,
          chosen.kind.hasLambda() ? chosen.lambda : null,
          spread(i -> chosen.scores[i].loss(), folds),
          spread(i -> chosen.scores[i].metric(), folds),
          spread(i -> tested[i].metric(), seeds),
          spread(i -> tested[i].loss(), seeds),
          spread(i -> tested[i].loss() - train[i].loss(), seeds),
          spread(i -> zeroShare(models[i]), seeds),
          spread(i -> used(models[i]), seeds),
          spread(i -> new ParameterLayout(small[i].network()).size(), seeds),
          microseconds(small[0], Math.min(TIMED_ROWS, test.rows())));
    }
  }

  private static Spread spread(IntToDoubleFunction value, int count) {
    double[] values = new double[count];
    Arrays.setAll(values, value);
    return Spread.of(values);
  }

  private static double zeroShare(Model model) {
    ParameterLayout layout = model.weights().layout();
    double zeros = 0;
    for (int i = 0; i < layout.layers(); i++) {
      zeros += model.weights().zeros(i);
    }
    return zeros / layout.kernels();
  }

  private static double used(Model model) {
    int used = 0;
    for (int j = 0; j < model.features(); j++) {
      used += model.weights().usesInput(j) ? 1 : 0;
    }
    return used;
  }

  /** The median over rounds of the time to predict a row, one at a time. */
  private static double microseconds(Model model, int rows) {
    float[] row = new float[model.features()];
    float[] out = new float[model.outputs()];
    double[] rounds = new double[TIMED_ROUNDS];
    for (int r = 0; r < rounds.length; r++) {
      long start = System.nanoTime();
      for (int i = 0; i < rows; i++) {
        Arrays.fill(row, (i - rows / 2) / (float) rows); // what is in it does not matter
        model.predict(row, 1, out);
      }
      rounds[r] = (System.nanoTime() - start) * 1e-3 / rows;
    }
    Arrays.sort(rounds);
    return rounds[TIMED_ROUNDS / 2];
  }
}
