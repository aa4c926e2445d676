package io.lariat.cli;

import io.lariat.backend.Backend;
import io.lariat.backend.Choice;
import io.lariat.backend.DeviceException;
import io.lariat.data.Dataset;
import io.lariat.diagnosis.Advice;
import io.lariat.model.Certificate;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.ModelFile;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import io.lariat.optimality.Certification;
import io.lariat.optimality.ModelPolish;
import io.lariat.train.DeviceFailedException;
import io.lariat.train.DivergedException;
import io.lariat.train.Epoch;
import io.lariat.train.Evaluation;
import io.lariat.train.StopReason;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import io.lariat.train.TrainingState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@code train} computes: reads, trains, trains the twin, measures; writes no file. */
final class TrainingRun {
  /** Of a state: the weight, at most two numbers of the optimizer, the best epoch's weight. */
  private static final int BYTES_PER_PARAMETER = 16;

  /** The bytes of a state that is kept, at most. */
  private static final long MOST_STATE = 1L << 30;

  private final DataOptions dataOptions;
  private final NetworkOptions networkOptions;
  private final TrainingOptions trainingOptions;
  private final PolishOptions polishOptions;
  private final BackendOption backendOption;
  private final @Nullable Model from;
  private final boolean compare;
  private final boolean compact;
  private final ProgressStyle progress;
  private final PrintWriter out;
  private final Interrupt interrupt;
  private final Opening parts;

  private boolean stateFits;
  private final List<String> notes = new ArrayList<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Opens the parts that were kept of a run. */
  @FunctionalInterface
  interface Opening {
    /**
     * Opens them.
     *
     * @param identity what they depend on
     * @param model the bytes of the model that will be written, about
     */
    PartFolder open(Supplier<List<String>> identity, long model);
  }

  TrainingRun(
      DataOptions dataOptions,
      NetworkOptions networkOptions,
      TrainingOptions trainingOptions,
      PolishOptions polishOptions,
      BackendOption backendOption,
      @Nullable Model from,
      boolean compare,
      boolean compact,
      ProgressStyle progress,
      PrintWriter out,
      Interrupt interrupt,
      Opening parts) {
    this.parts = parts;
    this.dataOptions = dataOptions;
    this.networkOptions = networkOptions;
    this.trainingOptions = trainingOptions;
    this.polishOptions = polishOptions;
    this.backendOption = backendOption;
    this.from = from;
    this.compare = compare;
    this.compact = compact;
    this.progress = progress;
    this.out = out;
    this.interrupt = interrupt;
  }

  /** The result; null if it was cancelled before an epoch was complete. */
  @Nullable TrainResult run() {
    long start = System.nanoTime();
    Dataset data = dataOptions.read(progress, interrupt);
    seconds.put("read", secondsSince(start));
    return train(data);
  }

  private @Nullable TrainResult train(Dataset data) {
    trainingOptions.adaptTo(data, from);
    Network network =
        from == null ? networkOptions.network(data, dataOptions.head(data)) : from.network();
    boolean polishes = polishOptions.decide(network, data, trainingOptions);
    @Nullable Path init = trainingOptions.init;
    @Nullable Weights initial = init == null ? null : ModelFile.readWeights(init, network);
    boolean isShort = ShortRun.is(network, data, trainingOptions.epochs);
    Choice choice = backendOption.choose(isShort, backendOption.threads());
    try (Backend backend = choice.open()) {
      String chosen = backendOption.line(choice, isShort);
      Introduction.print(out, data, network, networkOptions, trainingOptions, chosen);
      long model = new ParameterLayout(network).size() * (polishes ? 8L : 4L);
      PartFolder kept = parts.open(() -> identity(data, backend.description(), initial), model);
      decideOnCheckpoints(network);
      long start = System.nanoTime();
      Training run;
      @Nullable String failure = null;
      try (Progress shown = progress.rows(data, network, trainingOptions)) {
        run = trainer(backend, initial, kept, "training").callback(shown).fit(network, data);
      } catch (DeviceFailedException e) {
        run = e.training();
        failure = e.getMessage();
      }
      seconds.put("train", secondsSince(start));
      if (run.history().epochs().isEmpty()) {
        return null;
      }
      if (polishes && !run.stopReason().isCutOff()) {
        run = polished(run, data);
      }
      @Nullable Training twin =
          compare && network.isPenalized() && !run.stopReason().isCutOff()
              ? twin(trainer(backend, initial, kept, "twin"), network.withoutPenalties(), data)
              : null;
      addNotes(data, run);
      return result(data, run, twin, backend.description(), failure);
    }
  }

  /** All that the run depends on, {@code name: value} in each line. */
  private List<String> identity(Dataset data, String computedBy, @Nullable Weights initial) {
    Map<String, Object> settings = new LinkedHashMap<>();
    dataOptions.describe(settings);
    networkOptions.describe(settings);
    trainingOptions.describe(settings);
    polishOptions.describe(settings);
    @Nullable Weights given = from == null ? initial : from.weights();
    settings.put("init", given == null ? "drawn" : Arrays.hashCode(given.doubles()));
    settings.put("continued", from != null);
    settings.put("compare", compare);
    settings.put("compact", compact);
    return RunIdentity.of(data, computedBy, settings);
  }

  /** Keeping a state takes its size three times in memory, for which no run should end. */
  private void decideOnCheckpoints(Network network) {
    long state = (long) BYTES_PER_PARAMETER * new ParameterLayout(network).size();
    long most = Math.min(MOST_STATE, Runtime.getRuntime().maxMemory() / 12);
    stateFits = state <= most;
    if (!stateFits) {
      notes.add(
          String.format(
              Locale.ROOT,
              "no checkpoints are kept: the state after an epoch has about %.1f GB, and %.1f are"
                  + " the most here; if the run is killed, it starts anew",
              state * 1e-9,
              most * 1e-9));
    }
  }

  private Training polished(Training run, Dataset data) {
    long start = System.nanoTime();
    try (PolishLines shown = progress.polish()) {
      Model polished =
          ModelPolish.of(run.model(), data, run.trainingRows())
              .tolerance(polishOptions.tolerance())
              .cancelled(interrupt.cancellation()::isCancelled)
              .progress(shown)
              .run();
      double took = secondsSince(start);
      seconds.put("polish", took);
      return run.polished(polished, data, null, took);
    }
  }

  /** A trainer that keeps its state among the run's parts, and goes on from it if it is there. */
  private Trainer trainer(
      Backend backend, @Nullable Weights initial, PartFolder kept, String name) {
    Trainer trainer =
        trainingOptions
            .apply(Trainer.on(backend))
            .cancellation(interrupt.cancellation())
            .checkpoint(() -> stateFits && kept.isDue(), state -> kept.keep(name, state.bytes()));
    @Nullable TrainingState state = TrainingState.find(kept, name);
    if (state != null) {
      trainer.resume(state);
    }
    if (from != null) {
      return trainer.continueFrom(from);
    }
    return initial == null ? trainer : trainer.initialWeights(initial);
  }

  /** The run without penalties; null if it has none to show. */
  private @Nullable Training twin(Trainer trainer, Network network, Dataset data) {
    long start = System.nanoTime();
    try (Progress shown = progress.twin(trainingOptions)) {
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

  private void addNotes(Dataset data, Training run) {
    List<Epoch> epochs = run.history().epochs();
    if (run.stopReason() == StopReason.CANCELLED) {
      notes.add(
          0,
          "stopped in epoch "
              + (epochs.size() + 1)
              + " of "
              + trainingOptions.epochs
              + "; the files hold what was learnt until then");
    } else if (run.stopReason() == StopReason.DEVICE_FAILED) {
      notes.add(
          0,
          "the device failed in epoch "
              + (epochs.size() + 1)
              + " of "
              + trainingOptions.epochs
              + "; the files hold what was learnt until the end of epoch "
              + epochs.size());
    } else if (run.stopReason() == StopReason.EARLY_STOPPING) {
      notes.add(
          0,
          "stopped early after epoch "
              + epochs.size()
              + ", as the validation loss no longer"
              + " improved; the weights are those of epoch "
              + run.bestEpoch());
    }
    notes.addAll(polishOptions.notes(run));
    @Nullable String ofInit = trainingOptions.note();
    if (ofInit != null) {
      notes.add(ofInit);
    }
    @Nullable String overfitting = Overfitting.note(run.history());
    if (overfitting != null) {
      notes.add(overfitting);
    }
    notes.addAll(SplitNotes.of(data, run.trainingRows()));
    notes.addAll(Advice.of(run.model(), data, run.trainingRows()));
    notes.addAll(networkOptions.notes());
    notes.addAll(data.notes());
  }

  private TrainResult result(
      Dataset data,
      Training run,
      @Nullable Training twin,
      String backend,
      @Nullable String failure) {
    Map<String, Object> learnt = new LinkedHashMap<>();
    networkOptions.describe(learnt);
    trainingOptions.describe(learnt);
    polishOptions.describe(learnt);
    @Nullable Path init = trainingOptions.init;
    learnt.put("init", from != null ? "continued" : init == null ? "drawn" : "given");
    Map<String, String> kept = new LinkedHashMap<>();
    learnt.forEach((name, value) -> kept.put(name, value.toString()));
    kept.put("lariat", Version.lariat());
    kept.put("training_rows", String.valueOf(run.trainingRows()));
    kept.put("epochs_run", String.valueOf(run.epochsRun()));
    Training noted =
        new Training(
            run.model().withNotes(kept),
            run.history(),
            run.stopReason(),
            run.bestEpoch(),
            run.trainingRows(),
            run.evaluation());
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data", data.location());
    dataOptions.describe(settings);
    settings.putAll(learnt);
    if (init != null) {
      settings.put("init", init.toString());
    }
    if (trainingOptions.from != null) {
      settings.put("from", trainingOptions.from.toString());
    }
    settings.put("compare", compare);
    settings.put("compact", compact);
    backendOption.describe(settings);
    Evaluation training = Evaluation.of(noted.model(), data, 0, run.trainingRows());
    @Nullable Compaction compaction = compact ? compaction(noted.model(), data) : null;
    Model saved =
        compaction == null
            ? noted.model()
            : certified(compaction.model(), noted.model().certificate(), data);
    return new TrainResult(
        data, noted, training, twin, settings, backend, compaction, saved, notes, seconds, failure);
  }

  /** The smaller model, certified anew: on its columns, for which the original's claim is none. */
  private Model certified(Model small, @Nullable Certificate claim, Dataset data) {
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
  private @Nullable Compaction compaction(Model model, Dataset data) {
    Compaction compaction = Compaction.of(model);
    Compaction.Check check = compaction.check(data);
    if (!check.holds()) {
      notes.add("not compacted: " + CompactionText.failed(check));
      return null;
    }
    notes.add(
        String.format(
            Locale.ROOT,
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
