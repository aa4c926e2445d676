package io.lariat.benchmarks.gpu;

import io.lariat.benchmarks.gpu.Contender.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times training steps of Lariat on a GPU beside PyTorch on the same GPU and Lariat on the CPU, and
 * prints a table. {@code backend-cuda/gpu-check run} starts it with all that it needs.
 *
 * <pre>
 * java ... io.lariat.benchmarks.gpu.GpuBenchmark --work FOLDER [--backend cuda] [--cpu simd|none]
 *     [--cases measured|first|tiny] [--rounds 7] [--seconds 240] [--warm-up 3] [--label TEXT]
 *     [--peer python3 peer.py]
 * </pre>
 *
 * <p>The table goes to {@code table.md} in the work folder too, all rounds to {@code rounds.csv}.
 * The exit status is 1 if a contender of Lariat's was wrong, failed, or has no time at all.
 */
public final class GpuBenchmark {
  private static final Set<String> OPTIONS =
      Set.of("work", "backend", "cpu", "cases", "rounds", "seconds", "warm-up", "label");

  private final Map<String, String> options;
  private final List<String> peer;
  private final Path work;

  private GpuBenchmark(Map<String, String> options, List<String> peer) {
    this.options = options;
    this.peer = peer;
    this.work = Path.of(option("work", "gpu-benchmark"));
  }

  /** Measures and prints. */
  public static void main(String[] args) throws IOException {
    System.exit(run(args));
  }

  /** Measures, prints, and gives the exit status. */
  static int run(String... args) throws IOException {
    Map<String, String> options = new HashMap<>();
    List<String> peer = List.of();
    for (int i = 0; i < args.length; i += 2) {
      if (args[i].equals("--peer")) {
        peer = List.of(args).subList(i + 1, args.length);
        break;
      }
      String name = args[i].replaceFirst("^--", "");
      if (!OPTIONS.contains(name) || i + 1 == args.length) {
        System.err.println("expected options of " + OPTIONS + " with a value, found " + args[i]);
        return 2;
      }
      options.put(name, args[i + 1]);
    }
    return new GpuBenchmark(options, peer).measure();
  }

  private String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  private int measure() throws IOException {
    List<StepCase> cases =
        switch (option("cases", "measured")) {
          case "tiny" -> StepCase.TINY;
          case "first" -> StepCase.MEASURED.subList(0, 1);
          default -> StepCase.MEASURED;
        };
    int rounds = Integer.parseInt(option("rounds", "7"));
    double warmUp = Double.parseDouble(option("warm-up", "3"));
    Deadline deadline = Deadline.in(Double.parseDouble(option("seconds", "240")));
    new CaseFiles(work).write(cases);
    List<Outcome> outcomes = new ArrayList<>();
    String label = option("label", "");
    writeRounds(outcomes);
    try (Children children = new Children(this::command, work)) {
      cases.stream().flatMap(c -> c.precisions().stream()).distinct().forEach(children::start);
      int left = cases.stream().mapToInt(c -> c.precisions().size()).sum();
      for (StepCase c : cases) {
        for (Precision precision : c.precisions()) {
          System.err.printf(
              Locale.ROOT, "%s, %s: %.0f s left%n", c.title(), precision.word, deadline.seconds());
          Deadline share = Deadline.in(Math.max(0, deadline.seconds()) / left--);
          outcomes.addAll(new CaseRounds(c, precision, children, rounds, warmUp, share).run());
          // What there is survives if this process is ended from outside.
          Files.writeString(work.resolve("table.md"), new GpuTable(outcomes, label).text());
          writeRounds(outcomes);
        }
      }
      String text = caption(children.descriptions(), rounds) + new GpuTable(outcomes, label).text();
      Files.writeString(work.resolve("table.md"), text);
      System.out.print(text);
    }
    return outcomes.stream().anyMatch(GpuBenchmark::isFailureOfLariat) ? 1 : 0;
  }

  private static boolean isFailureOfLariat(Outcome outcome) {
    return outcome.contender().side() != Side.PEER
        && (outcome.seconds().length == 0 || outcome.note().startsWith("wrong"));
  }

  private static String caption(Set<String> descriptions, int rounds) {
    StringBuilder text = new StringBuilder();
    descriptions.forEach(d -> text.append("- ").append(d).append('\n'));
    return text.append(
            String.format(
                Locale.ROOT,
                """

                A step gathers a shuffled batch on the device, goes forward and back, and takes Adam's step; the epoch's
                shuffling, and reading its losses at its end, count. Data and weights stay on the device. Lariat computes each
                row's loss and accuracy, PyTorch the batch's loss. The median of %d rounds in which all contenders took
                turns. Everyone's losses of the first steps were the same before anything was timed.

                L1 on both hidden kernels: in PyTorch's loss, by autograd, as in Lariat's subgradient, which is the same
                arithmetic; the proximal step is Lariat's own. "x Lariat" is the time over that of Lariat's subgradient, or
                of Lariat without a penalty where the row has none: above 1 Lariat is faster.

                """,
                rounds))
        .toString();
  }

  private void writeRounds(List<Outcome> outcomes) throws IOException {
    List<String> lines = new ArrayList<>(List.of("case,precision,side,way,seconds of a step..."));
    for (Outcome o : outcomes) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  o.stepCase().name(),
                  o.precision().word,
                  o.contender().side().name(),
                  o.contender().way()));
      Arrays.stream(o.seconds()).forEach(s -> cells.add(Double.toString(s)));
      lines.add(String.join(",", cells));
    }
    Files.write(work.resolve("rounds.csv"), lines);
  }

  /** How a side's process is started; null for a side that is not there. */
  private @Nullable List<String> command(Side side, Precision precision) {
    boolean isTf32 = precision == Precision.TF32;
    return switch (side) {
      case LARIAT -> server(option("backend", "cuda"), isTf32);
      case CPU ->
          isTf32 || option("cpu", "simd").equals("none")
              ? null
              : server(option("cpu", "simd"), false);
      case PEER -> {
        if (peer.isEmpty()) {
          yield null;
        }
        List<String> command = new ArrayList<>(peer);
        command.add(work.toString());
        command.add(precision.word);
        yield command;
      }
    };
  }

  /** A {@link StepServer} in a JVM like this one. */
  private List<String> server(String backend, boolean isTf32) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--add-modules=jdk.incubator.vector");
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("lariat.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    if (isTf32) {
      command.add("-Dlariat.cuda.tf32=true");
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(StepServer.class.getName());
    command.add(work.toString());
    command.add(backend);
    return command;
  }
}
