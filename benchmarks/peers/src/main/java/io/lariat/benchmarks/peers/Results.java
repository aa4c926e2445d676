package io.lariat.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured so far, every measurement also in a CSV file as soon as it is known. */
final class Results {
  private final Path csv;
  private final Map<Task, List<Measurement>> measured = new LinkedHashMap<>();
  private final Map<Engine, String> absent = new EnumMap<>(Engine.class);

  /** Starts the file anew. */
  Results(Path csv) {
    this.csv = csv;
    write("round," + Measurement.HEADER, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void write(String line, StandardOpenOption how) {
    try {
      Files.writeString(csv, line + "\n", StandardOpenOption.CREATE, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a round's measurement. */
  void add(int round, Task task, Measurement measurement) {
    measured.computeIfAbsent(task, t -> new ArrayList<>()).add(measurement);
    write(round + "," + measurement.line(), StandardOpenOption.APPEND);
  }

  /** An engine is not installed, for this reason. */
  void addAbsent(Engine engine, String reason) {
    absent.put(engine, reason);
  }

  /** Engines that are not installed, and why. */
  Map<Engine, String> absent() {
    return absent;
  }

  /** A task's measurements, one a round. */
  List<Measurement> of(Task task) {
    return measured.getOrDefault(task, List.of());
  }

  /** All measurements. */
  List<Measurement> all() {
    return measured.values().stream().flatMap(List::stream).toList();
  }

  /** The median of some figure, over the measurements that have it; NaN without any. */
  static double median(List<Measurement> of, ToDoubleFunction<Measurement> figure) {
    double[] sorted =
        of.stream().mapToDouble(figure).filter(f -> !Double.isNaN(f)).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** The microseconds between which the rounds lie; of a single round its p10 and p90. */
  static double[] range(List<Measurement> rounds) {
    if (rounds.size() == 1) {
      StepClock.Timing only = rounds.getFirst().timing();
      return new double[] {only.p10(), only.p90()};
    }
    double[] medians = rounds.stream().mapToDouble(m -> m.timing().median()).toArray();
    Arrays.sort(medians);
    return new double[] {medians[0], medians[medians.length - 1]};
  }
}
