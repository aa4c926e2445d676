package io.lariat.benchmarks;

import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;

import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.NetworkPath;
import io.lariat.path.PathSolution;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How long paths take in one process: a linear one of 50 lambdas and 10 folds, and one of 30-20-1
 * networks, 50 lambdas and 5 folds; the first run, when nothing is compiled, apart from the others.
 * Each result is verified: linear models by their residual, networks by their accuracy. {@code
 * benchmarks/path-times} has the whole program and other packages beside.
 *
 * <pre>java -cp benchmarks/target/benchmarks.jar io.lariat.benchmarks.PathTimes \
 *     src-test-data/breast_cancer.csv benign</pre>
 */
public final class PathTimes {
  private final Dataset data;
  private final int runs;
  private final PrintStream out;

  /** Each path is computed once, and then as often as {@code runs} says. */
  PathTimes(Dataset data, int runs, PrintStream out) {
    this.data = data;
    this.runs = runs;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] args) {
    Dataset data = Csv.read(Path.of(args[0]), args[1]);
    new PathTimes(data, 5, System.out).measure(50);
  }

  /** Both paths, of so many lambdas. */
  void measure(int lambdas) {
    int processors = Runtime.getRuntime().availableProcessors();
    out.println("| path | threads | median ms | range | processor ms | first run |");
    out.println("|---|---|---|---|---|---|");
    for (int threads : processors == 1 ? new int[] {1} : new int[] {1, processors}) {
      row("linear, 10 folds", threads, () -> linear(lambdas, threads));
    }
    for (int threads : processors == 1 ? new int[] {1} : new int[] {1, processors}) {
      row("30-20-1, 5 folds", threads, () -> networks(lambdas, threads));
    }
  }

  private LambdaPath<?> linear(int lambdas, int threads) {
    LambdaPath<?> path =
        LinearPath.standardized().lambdas(lambdas).folds(10).threads(threads).fit(data);
    for (LambdaPath.Point<?> point : path.points()) {
      PathSolution solution = point.solution();
      require(solution.kkt() <= 1e-9 * solution.lambda(), "the residual is " + solution.kkt());
    }
    return path;
  }

  private LambdaPath<?> networks(int lambdas, int threads) {
    Network network = Network.of(data.features()).dense(20, RELU).dense(1, SIGMOID);
    LambdaPath<?> path =
        NetworkPath.of(network)
            .standardize()
            .lambdas(lambdas)
            .threads(threads)
            .fit(data, () -> Backends.open("reference", new BackendOptions(1)));
    double accuracy = path.points().get(path.chosen(LambdaPath.Rule.MIN)).metric();
    require(accuracy > 0.96, "the accuracy is " + accuracy);
    return path;
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new AssertionError(found);
    }
  }

  private void row(String name, int threads, Supplier<LambdaPath<?>> path) {
    double first = milliseconds(path)[0];
    double[] wall = new double[runs];
    double[] processor = new double[runs];
    for (int i = 0; i < runs; i++) {
      double[] took = milliseconds(path);
      wall[i] = took[0];
      processor[i] = took[1];
    }
    Arrays.sort(wall);
    Arrays.sort(processor);
    out.printf(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f to %.0f | %.0f | %.0f |%n",
        name,
        threads,
        wall[runs / 2],
        wall[0],
        wall[runs - 1],
        processor[runs / 2],
        first);
  }

  /** What a path takes by the clock, and of all processors. */
  private static double[] milliseconds(Supplier<LambdaPath<?>> path) {
    long processor = processorNanos();
    long start = System.nanoTime();
    var _ = path.get();
    return new double[] {(System.nanoTime() - start) * 1e-6, (processorNanos() - processor) * 1e-6};
  }

  private static long processorNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
