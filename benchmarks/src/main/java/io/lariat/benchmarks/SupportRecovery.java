package io.lariat.benchmarks;

import io.lariat.data.Dataset;
import io.lariat.select.FeatureScore;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often selection finds exactly the columns that matter, in the published setting and in
 * others: {@link PlantedSupport}, a fresh draw a run, seeds from 1 on. A fit is warm, in process,
 * on one thread; its time is that of the clock and that of the processor, which neighbours disturb
 * less.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.lariat.benchmarks.SupportRecovery [runs]</pre>
 */
public final class SupportRecovery {
  /** Fits before those that count. */
  private static final int WARM_UP = 30;

  /**
   * Published per-run results of 200 runs in the first setting: the probability of the exact set
   * for the harder penalty with the quantile universal threshold, and the median seconds that its
   * Python implementation took on two cores of this kind, one thread, ten draws.
   */
  private static final List<Published> PUBLISHED =
      List.of(
          new Published(0, 0.99, "0.6"),
          new Published(4, 1.00, "1.7"),
          new Published(8, 1.00, "1.9"),
          new Published(10, 0.94, "1.8"),
          new Published(12, 0.66, "-"));

  private static final List<PlantedSupport> OTHERS =
      List.of(
          new PlantedSupport(500, 50, 4, 10, 0),
          new PlantedSupport(500, 50, 8, 10, 0),
          new PlantedSupport(500, 50, 12, 10, 0),
          new PlantedSupport(500, 50, 0, 1, 0.5),
          new PlantedSupport(500, 50, 8, 1, 0.5),
          new PlantedSupport(500, 50, 12, 1, 0.5),
          new PlantedSupport(500, 50, 8, 10, 0.5),
          new PlantedSupport(200, 100, 0, 1, 0),
          new PlantedSupport(200, 100, 4, 1, 0),
          new PlantedSupport(200, 100, 8, 1, 0),
          new PlantedSupport(200, 100, 4, 10, 0),
          new PlantedSupport(1000, 20, 8, 10, 0));

  private record Published(int relevant, double exact, String seconds) {}

  private final int runs;
  private final int warmUp;
  private final PrintStream out;

  /** Measures so many runs a row. */
  SupportRecovery(int runs, int warmUp, PrintStream out) {
    this.runs = runs;
    this.warmUp = warmUp;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    SupportRecovery recovery = new SupportRecovery(runs, WARM_UP, System.out);
    recovery.published();
    System.out.println();
    recovery.others(OTHERS);
  }

  /** The published setting, beside what was published. */
  void published() {
    out.printf(
        Locale.ROOT,
        "| s | P(exact), %d runs | TPR | FDR | fit, ms | CPU, ms | published P(exact) | Python, s"
            + " |%n",
        runs);
    out.println("|---|---|---|---|---|---|---|---|");
    for (Published row : PUBLISHED) {
      String found = measured(PlantedSupport.published(row.relevant));
      out.printf(
          Locale.ROOT, "| %d | %s | %.2f | %s |%n", row.relevant, found, row.exact, row.seconds);
    }
  }

  /** Other settings. */
  void others(List<PlantedSupport> settings) {
    out.println("| n | p | s | noise | correlation | P(exact) | TPR | FDR | fit, ms | CPU, ms |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (PlantedSupport setting : settings) {
      out.printf(
          Locale.ROOT,
          "| %d | %d | %d | %.0f | %.1f | %s |%n",
          setting.rows(),
          setting.columns(),
          setting.relevant(),
          setting.noise(),
          setting.correlation(),
          measured(setting));
    }
  }

  private String measured(PlantedSupport setting) {
    int exact = 0;
    double found = 0;
    double wrong = 0;
    double[] clock = new double[runs];
    double[] processor = new double[runs];
    for (int run = 1 - warmUp; run <= runs; run++) {
      Dataset data = setting.draw(run);
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long start = System.nanoTime();
      Selection selection = FeatureSelector.create().seed(run).fit(data);
      double ms = (System.nanoTime() - start) * 1e-6;
      double cpuMs = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) * 1e-6;
      if (run > 0) {
        clock[run - 1] = ms;
        processor[run - 1] = cpuMs;
        List<FeatureScore> selected = selection.selected();
        long right = selected.stream().filter(f -> f.index() < setting.relevant()).count();
        exact += right == setting.relevant() && selected.size() == right ? 1 : 0;
        found += setting.relevant() == 0 ? 1 : (double) right / setting.relevant();
        wrong += selected.isEmpty() ? 0 : 1 - (double) right / selected.size();
      }
    }
    return String.format(
        Locale.ROOT,
        "%.3f | %.3f | %.3f | %s | %s",
        (double) exact / runs,
        found / runs,
        wrong / runs,
        quartiles(clock),
        quartiles(processor));
  }

  /** The median and, in brackets, the quartiles. */
  private static String quartiles(double[] values) {
    Arrays.sort(values);
    int n = values.length;
    return String.format(
        Locale.ROOT, "%.0f [%.0f, %.0f]", values[n / 2], values[n / 4], values[3 * n / 4]);
  }
}
