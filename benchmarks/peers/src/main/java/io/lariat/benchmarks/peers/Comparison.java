package io.lariat.benchmarks.peers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tasks of a comparison, run round after round, so that a slow minute hits all engines. */
final class Comparison {
  private final List<Task> tasks;
  private final Launcher launcher;
  private final Results results;
  private final Progress progress;

  Comparison(List<Task> tasks, Launcher launcher, Results results, Progress progress) {
    this.tasks = tasks;
    this.launcher = launcher;
    this.results = results;
    this.progress = progress;
  }

  /** What all processes need, before the first of them is timed. */
  void prepare() {
    Set<Engine> used = tasks.stream().map(Task::engine).collect(Collectors.toSet());
    if (used.contains(Engine.TORCHSCRIPT)) {
      launcher.writeModule();
    }
    if (used.contains(Engine.PYTHON)) {
      note(Engine.PYTHON, launcher.whyNoPython());
    }
    if (used.contains(Engine.TENSORFLOW_PINNED)) {
      note(Engine.TENSORFLOW_PINNED, launcher.whyNoPinning());
    }
    for (TrainingCase c : TrainingCase.ALL) {
      List<String> wanted = wantedOfReference(c);
      if (!wanted.isEmpty()) {
        progress.say(
            String.format(
                Locale.ROOT, "%s: the reference's losses of %d steps", c.id(), c.verifiedSteps()));
        launcher.computeReference(c, wanted);
      }
    }
  }

  private List<String> wantedOfReference(TrainingCase c) {
    Set<String> wanted = new LinkedHashSet<>();
    for (Task task : tasks) {
      if (task.benchmarkCase().equals(c) && !results.absent().containsKey(task.engine())) {
        wanted.add(task.engine().penaltyMethod().name().toLowerCase(Locale.ROOT));
        if (task.engine() == Engine.PYTHON) {
          wanted.add("data");
        }
      }
    }
    return List.copyOf(wanted);
  }

  private void note(Engine engine, @Nullable String whyAbsent) {
    if (whyAbsent != null) {
      results.addAbsent(engine, whyAbsent);
      progress.say(engine.id() + ": " + whyAbsent);
    }
  }

  /**
   * Runs every task once a round.
   *
   * @param rounds how many rounds
   * @param warmUp each process's seconds of warm-up
   * @param seconds each process's seconds of measurement
   */
  void measure(int rounds, double warmUp, double seconds) {
    int count = 0;
    for (int round = 1; round <= rounds; round++) {
      for (Task task : tasks) {
        count++;
        if (results.absent().containsKey(task.engine())) {
          continue;
        }
        try {
          Measurement found = launcher.measure(task, warmUp, seconds);
          results.add(round, task, found);
          StepClock.Timing t = found.timing();
          progress.say(
              String.format(
                  Locale.ROOT,
                  "round %d of %d, %d of %d: %s: %.2f us (%.2f to %.2f)",
                  round,
                  rounds,
                  count,
                  rounds * tasks.size(),
                  task.describe(),
                  t.median(),
                  t.p10(),
                  t.p90()));
        } catch (AbsentException e) {
          note(task.engine(), e.getMessage());
        }
      }
    }
  }
}
