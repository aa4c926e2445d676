package io.lariat.benchmarks.peers;

import java.util.List;
import java.util.stream.Stream;

/** What is timed: a training step, a prediction or a matrix product, of given sizes. */
sealed interface BenchmarkCase permits TrainingCase, PredictionCase, ProductCase {

  /** The name by which it is selected: {@code train-784-128}. */
  String id();

  /** What the table calls it. */
  String title();

  /** The multiplications and additions that cannot be avoided, in pairs. */
  double multiplyAdds();

  /** On how many threads it is timed. */
  List<Integer> threads();

  /** All cases, in the order of the table. */
  static List<BenchmarkCase> all() {
    return Stream.<List<? extends BenchmarkCase>>of(
            TrainingCase.ALL, PredictionCase.ALL, ProductCase.ALL)
        .<BenchmarkCase>flatMap(List::stream)
        .toList();
  }

  /** The case of that name. */
  static BenchmarkCase of(String id) {
    return all().stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no case is called '" + id + "'"));
  }

  /** Whether {@code name} selects this case: its own name, or one that it starts with. */
  default boolean isSelectedBy(String name) {
    return id().equals(name) || id().startsWith(name + "-");
  }
}
