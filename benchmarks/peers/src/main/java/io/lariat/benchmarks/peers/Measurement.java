package io.lariat.benchmarks.peers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a process found, and the line by which it says so.
 *
 * @param engine the engine
 * @param benchmarkCase the case
 * @param threads on how many threads
 * @param timing microseconds a step, a call or a product
 * @param deviation the largest deviation that verification saw
 * @param peak flops a second of one core, in the same process; NaN where not measured
 * @param bandwidth bytes a second of one thread, in the same process; NaN where not measured
 * @param description which version of the engine it was
 */
record Measurement(
    Engine engine,
    BenchmarkCase benchmarkCase,
    int threads,
    StepClock.Timing timing,
    double deviation,
    double peak,
    double bandwidth,
    String description) {

  /** What the columns of {@link #line} are. */
  static final String HEADER =
      "engine,case,threads,median_us,p10_us,p90_us,mean_us,observations,deviation,"
          + "peak_gflops,bandwidth_gbs,description";

  private static final String MARK = "result,";
  private static final int FIELDS = 12;

  /** One line, a comma between its fields. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%s,%s,%d,%.3f,%.3f,%.3f,%.3f,%d,%.2g,%.2f,%.2f,%s",
        engine.id(),
        benchmarkCase.id(),
        threads,
        timing.median(),
        timing.p10(),
        timing.p90(),
        timing.mean(),
        timing.observations(),
        deviation,
        peak * 1e-9,
        bandwidth * 1e-9,
        description.replace(',', ';').replace('\n', ' '));
  }

  /** The line as a process prints it. */
  String markedLine() {
    return MARK + line();
  }

  /** What {@link #markedLine} says; null if {@code line} is something else. */
  static @Nullable Measurement parse(String line) {
    if (!line.startsWith(MARK)) {
      return null;
    }
    String[] fields = line.substring(MARK.length()).split(",", FIELDS);
    return new Measurement(
        Engine.of(fields[0]),
        BenchmarkCase.of(fields[1]),
        Integer.parseInt(fields[2]),
        new StepClock.Timing(
            Double.parseDouble(fields[3]),
            Double.parseDouble(fields[4]),
            Double.parseDouble(fields[5]),
            Double.parseDouble(fields[6]),
            Integer.parseInt(fields[7])),
        Double.parseDouble(fields[8]),
        Double.parseDouble(fields[9]) * 1e9,
        Double.parseDouble(fields[10]) * 1e9,
        fields[11]);
  }
}
