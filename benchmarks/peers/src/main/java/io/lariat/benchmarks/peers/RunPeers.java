package io.lariat.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code benchmarks/run-peers}: starts one process after another, round after round,
 * and writes the table.
 */
@Command(
    name = "run-peers",
    description =
        "Times Lariat and its peers, every engine in a process of its own, in turn; prints a"
            + " table.",
    synopsisHeading = "Usage: benchmarks/",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    usageHelpWidth = 110)
final class RunPeers implements Callable<Integer> {

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description =
          "which cases, by their names or the start of them: predict,train-784; default: all")
  private List<String> cases = List.of();

  @Option(
      names = "--engines",
      split = ",",
      paramLabel = "ENGINE",
      description = "which engines; default: all")
  private List<String> engines = List.of();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "on how many threads: 1, 2 or both; default: both")
  private List<Integer> threads = List.of(1, 2);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "how often every engine is started in every case; default: ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "how long each process measures; default: ${DEFAULT-VALUE}")
  private double seconds = 5;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description = "how long each process warms up before; default: ${DEFAULT-VALUE}")
  private double warmUp = 3;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = "the Python that has PyTorch; default: ${DEFAULT-VALUE}")
  private String python = "/usr/bin/python3";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "print this and end")
  @SuppressWarnings("UnusedVariable") // picocli's
  private boolean help;

  @Spec private CommandSpec spec;

  private final Path home;

  private RunPeers(Path home) {
    this.home = home;
  }

  /** Runs the comparison; {@code -Dlariat.peers.home} is the folder of this module. */
  static void main(String[] args) {
    Path home = Path.of(System.getProperty("lariat.peers.home", "benchmarks/peers"));
    CommandLine command = new CommandLine(new RunPeers(home.toAbsolutePath()));
    command
        .getCommandSpec()
        .usageMessage()
        .footer("", "Cases: " + caseNames(), "", "Engines: " + engineNames());
    command.setParameterExceptionHandler((e, arguments) -> complain(usage(e), 2));
    command.setExecutionExceptionHandler((e, c, parsed) -> complain(failure(e), 1));
    System.exit(command.execute(args));
  }

  private static int complain(String sentence, int exit) {
    System.err.println("run-peers: " + sentence);
    return exit;
  }

  private static String usage(ParameterException e) {
    String what = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().getFirst();
      what = (argument.startsWith("-") ? "no option is called '" : "unexpected '") + argument + "'";
    }
    return what + "; see benchmarks/run-peers --help";
  }

  /** What was foreseen is a sentence; of anything else the stack trace is what helps. */
  private static String failure(Exception e) throws Exception {
    if (e instanceof RunException) {
      return String.valueOf(e.getMessage());
    }
    throw e;
  }

  private static String caseNames() {
    return BenchmarkCase.all().stream().map(BenchmarkCase::id).collect(Collectors.joining(", "));
  }

  private static String engineNames() {
    return Arrays.stream(Engine.values()).map(Engine::id).collect(Collectors.joining(", "));
  }

  @Override
  public Integer call() throws IOException {
    List<Task> tasks = Task.all(selectedCases(), selectedEngines(), selectedThreads());
    if (tasks.isEmpty()) {
      throw usageError("none of these engines is timed in any of these cases");
    }
    if (rounds < 1 || !(seconds > 0) || !(warmUp >= 0)) {
      throw usageError("expected at least 1 round, more than 0 seconds and a warm-up of 0 or more");
    }
    String machine = Machine.describe(home);
    Path target = Files.createDirectories(home.resolve("target"));
    Path markdown = target.resolve("peers.md");
    Path csv = target.resolve("peers.csv");
    WorkFolder folder = WorkFolder.create(target.resolve("work"));
    Children children = new Children(Files.createDirectories(target.resolve("logs")));
    Results results = new Results(csv);
    Progress progress = new Progress();
    progress.say("every measurement goes to " + csv + " at once");
    try {
      Comparison comparison =
          new Comparison(tasks, new Launcher(home, folder, python, children), results, progress);
      comparison.prepare();
      comparison.measure(rounds, warmUp, seconds);
    } finally {
      folder.remove();
    }
    String table = ResultTable.of(machine, tasks, results, rounds, warmUp);
    Files.writeString(markdown, table, StandardCharsets.UTF_8);
    System.out.print(table);
    progress.say("the table is in " + markdown);
    return 0;
  }

  private ParameterException usageError(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private List<BenchmarkCase> selectedCases() {
    for (String name : cases) {
      if (BenchmarkCase.all().stream().noneMatch(c -> c.isSelectedBy(name))) {
        throw usageError("no case is called '" + name + "'");
      }
    }
    return BenchmarkCase.all().stream()
        .filter(c -> cases.isEmpty() || cases.stream().anyMatch(c::isSelectedBy))
        .toList();
  }

  private List<Engine> selectedEngines() {
    Set<Engine> chosen = new LinkedHashSet<>();
    for (String name : engines) {
      try {
        chosen.add(Engine.of(name));
      } catch (IllegalArgumentException e) {
        throw usageError(String.valueOf(e.getMessage()));
      }
    }
    return Arrays.stream(Engine.values())
        .filter(e -> chosen.isEmpty() || chosen.contains(e))
        .toList();
  }

  private List<Integer> selectedThreads() {
    for (int count : threads) {
      if (count != 1 && count != 2) {
        throw usageError("threads: expected 1 or 2, found " + count);
      }
    }
    return threads.stream().distinct().sorted().toList();
  }
}
