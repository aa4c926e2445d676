package io.lariat.cli.train;

import io.lariat.backend.Backend;
import io.lariat.backend.Choice;
import io.lariat.backend.DeviceException;
import io.lariat.cli.options.ShortRun;
import io.lariat.cli.output.PartFolder;
import io.lariat.cli.run.DataRun;
import io.lariat.cli.words.CompactionText;
import io.lariat.cli.words.Text;
import io.lariat.cli.words.Version;
import io.lariat.data.Dataset;
import io.lariat.diagnosis.Advice;
import io.lariat.model.Certificate;
import io.lariat.model.Compaction;
import io.lariat.model.Heads;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.optimality.Certification;
import io.lariat.optimality.ModelPolish;
import io.lariat.report.Study;
import io.lariat.train.DeviceFailedException;
import io.lariat.train.DivergedException;
import io.lariat.train.Epoch;
import io.lariat.train.Evaluation;
import io.lariat.train.StopReason;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import io.lariat.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code train} computes: reads, trains, trains the twin, measures; writes no file. */
final class TrainingRun {
  /** Of a state: the weight, at most two numbers of the optimizer, the best epoch's weight. */
  private static final int BYTES_PER_PARAMETER = 16;

  /** The bytes of a state that is kept, at most. */
  private static final long MOST_STATE = 1L << 30;

  private final DataRun run;
  private final Dataset data;
  private final TrainOptions options;
  private final TrainingOptions trainingOptions;
  private final PolishOptions polishOptions;
  private final @Nullable Model from;

  /** Rows of another file that validate; null: the last ones of the data do, or none. */
  private final @Nullable Dataset validation;

  private boolean stateFits;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /**
   * A training.
   *
   * @param from the model that is trained on; null: none
   */
  TrainingRun(DataRun run, TrainOptions options, @Nullable Model from) {
    this.run = run;
    this.options = options;
    this.from = from;
    data = run.data();
    trainingOptions = options.training;
    polishOptions = options.polish;
    long start = System.nanoTime();
    @Nullable Path file = trainingOptions.validation;
    validation = file == null ? null : options.data.readLike(data, file, run.output());
    seconds.put("read", run.readSeconds() + secondsSince(start));
  }

  /** The result; null if it was cancelled before an epoch was complete. */
  @Nullable TrainResult run() {
    trainingOptions.adaptTo(data, from);
    Network network =
        from == null ? options.network.network(data, options.data.head(data)) : from.network();
    boolean polishes = polishOptions.decide(network, data, trainingOptions);
    @Nullable Path init = trainingOptions.init;
    @Nullable Weights initial = init == null ? null : ModelFile.readWeights(init, network);
    boolean isShort = ShortRun.is(network, data, trainingOptions.epochs.value());
    Choice choice = options.backend.choose(isShort, options.backend.threads());
    try (Backend backend = choice.open()) {
      String chosen = options.backend.line(choice, isShort);
      TrainIntroduction.print(run.out(), data, validation, network, options, chosen);
      long model = new ParameterLayout(network).size() * (polishes ? 8L : 4L);
      PartFolder kept = run.parts(backend.description(), model, () -> identity(initial));
      decideOnCheckpoints(network);
      long start = System.nanoTime();
      Training trained;
      @Nullable String failure = null;
      try (EpochProgress shown = progress("training", table(network)::lines)) {
        trained = trainer(backend, initial, kept, "training").callback(shown).fit(network, data);
      } catch (DeviceFailedException e) {
        trained = e.training();
        failure = e.getMessage();
      }
      seconds.put("train", secondsSince(start));
      if (trained.history().epochs().isEmpty()) {
        return null;
      }
      if (polishes && !trained.stopReason().isCutOff()) {
        trained = polished(trained);
      }
      @Nullable Training twin =
          options.compares(network) && !trained.stopReason().isCutOff()
              ? twin(trainer(backend, initial, kept, "twin"), network.withoutPenalties())
              : null;
      addNotes(trained);
      return result(trained, twin, backend.description(), failure);
    }
  }

  private EpochProgress progress(String label, Function<Epoch, List<String>> rows) {
    return new EpochProgress(run, label, trainingOptions.epochs.value(), rows);
  }

  private EpochTable table(Network network) {
    String metric = Heads.of(network.loss()).metric().name();
    long weights = new ParameterLayout(network).kernels();
    return new EpochTable(metric, trainingOptions.validates(), weights);
  }

  /** All that the run depends on besides the data and what computes. */
  private Map<String, Object> identity(@Nullable Weights initial) {
    Map<String, Object> settings = new LinkedHashMap<>();
    options.data.describe(settings);
    options.describeModel(settings);
    @Nullable Weights given = from == null ? initial : from.weights();
    settings.put("init", given == null ? "drawn" : Arrays.hashCode(given.doubles()));
    settings.put("continued", from != null);
    if (validation != null) {
      settings.put("validation hash", validation.sha256(validation.rows()));
    }
    options.describeUse(settings);
    return settings;
  }

  /** Keeping a state takes its size three times in memory, for which no run should end. */
  private void decideOnCheckpoints(Network network) {
    long state = (long) BYTES_PER_PARAMETER * new ParameterLayout(network).size();
    long most = Math.min(MOST_STATE, Runtime.getRuntime().maxMemory() / 12);
    stateFits = state <= most;
    if (!stateFits) {
      notes.add(
          Text.of(
              "no checkpoints are kept: the state after an epoch has about %.1f GB, and %.1f are"
                  + " the most here; if the run is killed, it starts anew",
              state * 1e-9, most * 1e-9));
    }
  }

  private Training polished(Training trained) {
    long start = System.nanoTime();
    try (PolishLines shown = new PolishLines(run)) {
      Model polished =
          ModelPolish.of(trained.model(), data, trained.trainingRows())
              .tolerance(polishOptions.tolerance())
              .cancelled(run.cancellation()::isCancelled)
              .progress(shown)
              .run();
      double took = secondsSince(start);
      seconds.put("polish", took);
      return trained.polished(polished, data, validation, took);
    }
  }

  /** A trainer that keeps its state among the run's parts, and goes on from it if it is there. */
  private Trainer trainer(
      Backend backend, @Nullable Weights initial, PartFolder kept, String name) {
    Trainer trainer =
        trainingOptions
            .apply(Trainer.on(backend))
            .cancellation(run.cancellation())
            .checkpoint(() -> stateFits && kept.isDue(), state -> kept.keep(name, state.bytes()));
    @Nullable TrainingState state = TrainingState.find(kept, name);
    if (state != null) {
      trainer.resume(state);
    }
    if (validation != null) {
      trainer.validation(validation);
    }
    if (from != null) {
      return trainer.continueFrom(from);
    }
    return initial == null ? trainer : trainer.initialWeights(initial);
  }

  /** The run without penalties; null if it has none to show. */
  private @Nullable Training twin(Trainer trainer, Network network) {
    long start = System.nanoTime();
    try (EpochProgress shown = progress("twin without penalties", epoch -> List.of())) {
      Training twin = trainer.callback(shown).fit(network, data);
      if (twin.stopReason() == StopReason.CANCELLED) {
        notes.add("stopped while the twin without penalties was trained; the report is without it");
        return null;
      }
      return twin;
    } catch (DivergedException e) {
      notes.add("the twin without penalties diverged (" + e.getMessage() + ")");
      return null;
    } catch (DeviceFailedException | DeviceException e) {
      // the run itself is complete, and is what was asked for
      notes.add("the twin without penalties is missing (" + e.getMessage() + ")");
      return null;
    } finally {
      seconds.put("compare", secondsSince(start));
    }
  }

  private void addNotes(Training trained) {
    List<Epoch> epochs = trained.history().epochs();
    if (trained.stopReason() == StopReason.CANCELLED) {
      notes.add(
          0,
          "stopped in epoch "
              + (epochs.size() + 1)
              + " of "
              + trainingOptions.epochs.value()
              + "; the files hold what was learnt until then");
    } else if (trained.stopReason() == StopReason.DEVICE_FAILED) {
      notes.add(
          0,
          "the device failed in epoch "
              + (epochs.size() + 1)
              + " of "
              + trainingOptions.epochs.value()
              + "; the files hold what was learnt until the end of epoch "
              + epochs.size());
    } else if (trained.stopReason() == StopReason.EARLY_STOPPING) {
      notes.add(
          0,
          "stopped early after epoch "
              + epochs.size()
              + ", as the validation loss no longer"
              + " improved; the weights are those of epoch "
              + trained.bestEpoch());
    }
    notes.addAll(polishOptions.notes(trained));
    @Nullable String ofInit = trainingOptions.note();
    if (ofInit != null) {
      notes.add(ofInit);
    }
    @Nullable String overfitting = Overfitting.note(trained.history());
    if (overfitting != null) {
      notes.add(overfitting);
    }
    notes.addAll(SplitNotes.of(data, trained.trainingRows(), validation));
    notes.addAll(Advice.of(trained.model(), data, trained.trainingRows()));
    notes.addAll(options.network.notes());
    notes.addAll(data.notes());
  }

  private TrainResult result(
      Training trained, @Nullable Training twin, String backend, @Nullable String failure) {
    Map<String, Object> learnt = new LinkedHashMap<>();
    options.describeModel(learnt);
    @Nullable Path init = trainingOptions.init;
    learnt.put("init", from != null ? "continued" : init == null ? "drawn" : "given");
    Map<String, String> kept = new LinkedHashMap<>();
    learnt.forEach((name, value) -> kept.put(name, value.toString()));
    kept.put("lariat", Version.lariat());
    kept.put("training_rows", String.valueOf(trained.trainingRows()));
    kept.put("epochs_run", String.valueOf(trained.epochsRun()));
    Training noted =
        new Training(
            trained.model().withNotes(kept),
            trained.history(),
            trained.stopReason(),
            trained.bestEpoch(),
            trained.trainingRows(),
            trained.evaluation());
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data", data.location());
    options.data.describe(settings);
    settings.putAll(learnt);
    if (init != null) {
      settings.put("init", init.toString());
    }
    if (trainingOptions.validation != null) {
      settings.put("validation", trainingOptions.validation.toString());
    }
    if (trainingOptions.from != null) {
      settings.put("from", trainingOptions.from.toString());
    }
    options.describeUse(settings);
    options.backend.describe(settings);
    Evaluation training = Evaluation.of(noted.model(), data, 0, trained.trainingRows());
    @Nullable Compaction compaction = options.compact ? compaction(noted.model()) : null;
    Model saved =
        compaction == null
            ? noted.model()
            : certified(compaction.model(), noted.model().certificate());
    @Nullable String other = validation == null ? null : validation.source();
    Study study = new Study(data.source(), other, noted, twin, settings, backend, notes);
    int validated = validation == null ? data.rows() - noted.trainingRows() : validation.rows();
    return new TrainResult(study, data, validated, training, compaction, saved, seconds, failure);
  }

  /** The smaller model, certified anew: on its columns, for which the original's claim is none. */
  private Model certified(Model small, @Nullable Certificate claim) {
    if (claim == null || small.certificate() != null) {
      return small;
    }
    if (!small.weights().isExact()) {
      notes.add("the compacted model has no certificate, as constants were folded into its biases");
      return small;
    }
    Map<String, String> kept = new LinkedHashMap<>(small.notes());
    kept.remove("certificate");
    Model claimed = small.withNotes(kept).withCertificate(claim);
    return claimed.withCertificate(
        Certification.of(claimed, data.columns(small.schema())).certificate());
  }

  /** The smaller model; null if it does not predict the same. */
  private @Nullable Compaction compaction(Model model) {
    Compaction compaction = Compaction.of(model);
    Compaction.Check check = compaction.check(data);
    if (!check.holds()) {
      notes.add("not compacted: " + CompactionText.failed(check));
      return null;
    }
    notes.add(
        Text.of(
            "the file's model is compacted from %s to %s; its predictions are those of the model"
                + " above (%s)",
            Compaction.shape(model.network()),
            Compaction.shape(compaction.model().network()),
            CompactionText.held(check)));
    return compaction;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
