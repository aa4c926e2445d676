package io.lariat.compare;

import io.lariat.backend.Backend;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.data.Folds;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.numeric.Permutation;
import io.lariat.train.DivergedException;
import io.lariat.train.EarlyStopping;
import io.lariat.train.Jobs;
import io.lariat.train.PartNumbers;
import io.lariat.train.Procedure;
import io.lariat.train.StopReason;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import io.lariat.train.TrainingException;
import io.lariat.train.TrainingSession;
import io.lariat.train.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network with each {@link Regularization} on the same rows.
 *
 * <p>A fold of the rows, drawn from the seed and stratified by class, is kept for the test. On the
 * others each regularization's lambda is chosen by cross-validation, the one of the least mean data
 * loss. Then the network is trained with it from several seeds, each with a fold of its own for
 * validation, and measured on the test rows, which nothing before has seen. Early stopping watches
 * those validation rows; in the cross-validation, the last tenth of the rows it trains on.
 *
 * <pre>{@code
 * ComparisonResult result = Comparison.of(network)
 *     .training(t -> t.epochs(50).standardize()).folds(5).seeds(5)
 *     .run(data, () -> Backends.open());
 * result.table().forEach(System.out::println);
 * }</pre>
 *
 * <p>The same seed, data, settings and backend give the same rows but for the times, whatever the
 * number of threads.
 */
public final class Comparison extends Procedure<Comparison> {
  /** From weak to strong, a factor of about 3 apart. */
  public static final List<Double> LAMBDAS =
      List.of(1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1);

  /** The share of its rows that early stopping watches in the cross-validation. */
  private static final double WATCHED = 0.1;

  private final Network plain;
  private UnaryOperator<Trainer> training = t -> t;
  private List<Double> lambdas = LAMBDAS;
  private int folds = 5;
  private int seeds = 5;
  private int testFolds = 5;
  private boolean penalizeHead;
  private double dropout = 0.2;
  private int patience = 5;

  private Comparison(Network plain) {
    super(42, 1);
    this.plain = plain;
  }

  @Override
  protected Comparison self() {
    return this;
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

  private static int atLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "comparison: %s: expected at least %d, found %d", what, least, value));
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
   * @throws DataException if the rows are too few
   * @throws CancellationException if it was cancelled
   * @throws TrainingException if network and data do not go together, or all lambdas of one
   *     regularization diverge, or with the chosen one the trainings from all seeds
   */
  public ComparisonResult fit(Dataset data, Supplier<Backend> backends) {
    if (data.rows() < 2 * testFolds) { // else it is said of folds that nobody asked for
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: %d rows are too few to compare on: one of %d parts is held out to test, and each"
                  + " has at least 2; use more rows",
              data.source(),
              data.rows(),
              testFolds));
    }
    Folds outer = Folds.of(data, testFolds, seed);
    Dataset test = data.rows(outer.validation(0));
    int[] others = outer.training(0);
    // A file may be sorted, and early stopping watches the last rows.
    Permutation.shuffle(others, new SplittableRandom(seed));
    Dataset rest = data.rows(others);
    Folds inner = Folds.of(rest, folds, seed + 1);
    List<Candidate> candidates = candidates();
    List<Final> finals = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    int all = candidates.size() * folds + compared().size() * seeds;
    Runnable finished = () -> progress.finished(done.incrementAndGet(), all);
    List<Jobs.Job> first = new ArrayList<>();
    for (Regularization kind : compared()) {
      List<Candidate> ofKind = candidates.stream().filter(c -> c.kind == kind).toList();
      for (int f = 0; f < folds; f++) {
        int fold = f;
        first.add(
            backend -> {
              try (FoldTrainings trainings = new FoldTrainings(backend, kind, rest, inner, fold)) {
                for (Candidate candidate : ofKind) {
                  candidate.run(trainings);
                  finished.run();
                }
              }
            });
      }
    }
    new Jobs(threads, cancellation, () -> {}).run(first, backends);
    List<Jobs.Job> second = new ArrayList<>();
    for (Regularization kind : compared()) {
      List<LambdaScore> curve =
          candidates.stream().filter(c -> c.kind == kind).map(Candidate::score).toList();
      Final chosen = new Final(best(kind, candidates), curve);
      finals.add(chosen);
      for (int s = 0; s < seeds; s++) {
        int number = s;
        second.add(backend -> chosen.run(backend, rest, inner, test, number));
      }
    }
    new Jobs(threads, cancellation, finished).run(second, backends);
    return new ComparisonResult(
        plain,
        data.schema(),
        finals.stream().map(Final::row).toList(),
        data.rows(),
        test.rows(),
        folds,
        seeds);
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (Regularization kind : compared()) {
      for (double lambda : kind.hasLambda() ? lambdas : List.of(0.0)) {
        candidates.add(new Candidate(candidates.size(), kind, lambda));
      }
    }
    return candidates;
  }

  private static Candidate best(Regularization kind, List<Candidate> candidates) {
    @Nullable Candidate best = null;
    @Nullable DivergedException why = null;
    for (Candidate candidate : candidates) {
      why = candidate.kind == kind && candidate.diverged != null ? candidate.diverged : why;
      double loss = candidate.meanLoss();
      if (candidate.kind == kind
          && Double.isFinite(loss)
          && (best == null || loss < best.meanLoss())) {
        best = candidate;
      }
    }
    if (best == null) {
      throw everyTrainingDiverged(kind, why);
    }
    return best;
  }

  /**
   * What to throw then.
   *
   * @param why how one of them did; null if all were trained before this run
   */
  private static TrainingException everyTrainingDiverged(
      Regularization kind, @Nullable DivergedException why) {
    return new TrainingException(
        kind.label()
            + ": every training diverged; "
            + (why == null ? "use a lower learning rate" : "in one " + why.getMessage()),
        why);
  }

  /** {@code run}, unless it was cut off. */
  private static Training complete(Training run) {
    if (run.stopReason() == StopReason.CANCELLED) {
      throw new CancellationException("the comparison was cancelled");
    }
    return run;
  }

  private Trainer trainer(Backend backend, Regularization kind, long trainingSeed) {
    Trainer trainer =
        training.apply(Trainer.on(backend)).seed(trainingSeed).cancellation(cancellation);
    return kind == Regularization.L1_EARLY_STOPPING
        ? trainer.validationSplit(WATCHED).earlyStopping(EarlyStopping.patience(patience))
        : trainer;
  }

  /** The trainings of one regularization on the rows of one fold, for one lambda after another. */
  private final class FoldTrainings implements AutoCloseable {
    private final Backend backend;
    private final Regularization kind;
    private final int fold;
    private final Dataset rows;
    private final Dataset validation;
    private @Nullable TrainingSession session;

    FoldTrainings(Backend backend, Regularization kind, Dataset rest, Folds inner, int fold) {
      this.backend = backend;
      this.kind = kind;
      this.fold = fold;
      rows = rest.rows(inner.training(fold));
      validation = rest.rows(inner.validation(fold));
    }

    Scores scores(double lambda) {
      Trainer trainer = trainer(backend, kind, seed + fold).strengths(lambda, lambda);
      if (session == null) {
        session = trainer.prepare(kind.network(plain, 1, penalizeHead, dropout), rows);
      }
      return Scores.of(complete(session.fit(trainer)).model(), validation);
    }

    @Override
    public void close() {
      if (session != null) {
        session.close();
      }
    }
  }

  /** A regularization with one lambda, in the cross-validation. */
  private final class Candidate {
    private final int number;
    private final Regularization kind;
    private final double lambda;
    private final Scores[] scores = new Scores[folds];
    private volatile @Nullable DivergedException diverged;

    Candidate(int number, Regularization kind, double lambda) {
      this.number = number;
      this.kind = kind;
      this.lambda = lambda;
    }

    void run(FoldTrainings trainings) {
      int fold = trainings.fold;
      String name = "candidate-" + number + "-fold-" + fold;
      double @Nullable [] numbers = PartNumbers.find(parts, name, 2, 2);
      if (numbers != null) {
        scores[fold] = new Scores(numbers[0], numbers[1]);
        return;
      }
      try {
        scores[fold] = trainings.scores(lambda);
      } catch (DivergedException e) {
        diverged = e;
        scores[fold] = new Scores(Double.POSITIVE_INFINITY, Double.NaN); // never the best
      }
      parts.keep(name, PartNumbers.bytes(scores[fold].loss(), scores[fold].metric()));
    }

    Network network() {
      return kind.network(plain, lambda, penalizeHead, dropout);
    }

    LambdaScore score() {
      return new LambdaScore(lambda, spread(i -> scores[i].loss(), folds));
    }

    double meanLoss() {
      return spread(i -> scores[i].loss(), folds).mean();
    }
  }

  /** A regularization with the lambda that was chosen, trained from several seeds. */
  private final class Final {
    private final Candidate chosen;
    private final List<LambdaScore> curve;

    /** Null where it diverged. */
    private final @Nullable Training[] runs = new Training[seeds];

    private final Scores[] train = new Scores[seeds];
    private final Scores[] validated = new Scores[seeds];
    private final Scores[] tested = new Scores[seeds];
    private volatile @Nullable DivergedException diverged;

    Final(Candidate chosen, List<LambdaScore> curve) {
      this.chosen = chosen;
      this.curve = curve;
    }

    void run(Backend backend, Dataset rest, Folds inner, Dataset test, int number) {
      int fold = number % folds;
      Dataset trained = rest.rows(inner.training(fold));
      Dataset validation = rest.rows(inner.validation(fold));
      Training run;
      try {
        run =
            complete(
                fit(
                    trainer(backend, chosen.kind, seed + number)
                        .validationSplit(0)
                        .validation(validation),
                    trained,
                    "final-" + chosen.number + "-seed-" + number));
      } catch (DivergedException e) {
        diverged = e; // the row is of the others
        return;
      }
      runs[number] = run;
      train[number] = Scores.of(run.model(), trained);
      validated[number] = Scores.of(run.model(), validation);
      tested[number] = Scores.of(run.model(), test);
    }

    /** Trains from the state that was kept; keeps that of the last epoch. */
    private Training fit(Trainer trainer, Dataset rows, String name) {
      @Nullable TrainingState kept = TrainingState.find(parts, name);
      if (kept != null) {
        trainer.resume(kept);
      }
      AtomicReference<TrainingState> last = new AtomicReference<>();
      trainer.checkpoint(last::set);
      Training run = trainer.fit(chosen.network(), rows);
      @Nullable TrainingState state = last.get();
      if (state != null) {
        parts.keep(name, state.bytes());
      }
      return run;
    }

    ComparisonRow row() {
      int[] kept = IntStream.range(0, seeds).filter(i -> runs[i] != null).toArray();
      if (kept.length == 0) {
        throw everyTrainingDiverged(chosen.kind, diverged);
      }
      List<Training> complete = Arrays.stream(runs).filter(Objects::nonNull).toList();
      List<Model> models = complete.stream().map(Training::model).toList();
      List<Model> small = models.stream().map(m -> Compaction.of(m).model()).toList();
      return new ComparisonRow(
          chosen.kind,
          chosen.kind.hasLambda() ? chosen.lambda : null,
          curve,
          spread(i -> validated[kept[i]].metric(), kept.length),
          spread(i -> validated[kept[i]].loss(), kept.length),
          spread(i -> tested[kept[i]].metric(), kept.length),
          spread(i -> tested[kept[i]].loss(), kept.length),
          spread(i -> validated[kept[i]].loss() - train[kept[i]].loss(), kept.length),
          spread(i -> ModelFigures.zeroShare(models.get(i)), kept.length),
          spread(i -> ModelFigures.used(models.get(i)), kept.length),
          spread(i -> small.get(i).weights().layout().size(), kept.length),
          ModelFigures.microseconds(small.getFirst()),
          complete.stream().map(Training::history).toList());
    }
  }

  private static Spread spread(IntToDoubleFunction value, int count) {
    double[] values = new double[count];
    Arrays.setAll(values, value);
    return Spread.of(values);
  }
}
