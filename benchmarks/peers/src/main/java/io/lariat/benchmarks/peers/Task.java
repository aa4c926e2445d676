package io.lariat.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one process is started for.
 *
 * @param engine the engine
 * @param benchmarkCase the case
 * @param threads on how many threads
 */
record Task(Engine engine, BenchmarkCase benchmarkCase, int threads) {

  /** All that can be run of what is asked for: case by case, the engines one after another. */
  static List<Task> all(List<BenchmarkCase> cases, List<Engine> engines, List<Integer> threads) {
    List<Task> tasks = new ArrayList<>();
    for (BenchmarkCase c : cases) {
      for (int t : threads) {
        for (Engine engine : engines) {
          if (engine.runs(c, t)) {
            tasks.add(new Task(engine, c, t));
          }
        }
      }
    }
    return tasks;
  }

  /** For progress and messages: {@code train-784-128, 2 threads, tensorflow}. */
  String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %d thread%s, %s",
        benchmarkCase.id(),
        threads,
        threads == 1 ? "" : "s",
        engine.id());
  }
}
