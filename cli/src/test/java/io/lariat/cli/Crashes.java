package io.lariat.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Kills runs at seeded moments and at chosen system calls, and looks at what they leave: the folder
 * has the old run's files or the new one's, the run goes on to the same bytes, and nothing else is
 * left.
 */
final class Crashes {
  private static final List<String> SIGNALS = List.of("KILL", "KILL", "INT", "TERM", "HUP");
  private static final List<String> CALLS = List.of("rename", "fsync", "unlink", "mkdir", "write");

  /** The calls of a kind that a short run makes, about. */
  private static final Map<String, Integer> MOST_CALLS =
      Map.of("rename", 14, "fsync", 30, "unlink", 14, "mkdir", 4, "write", 120);

  /** Of a file's lines these columns, from the end, are times, which no two runs share. */
  private static final Map<String, Integer> TIMES = Map.of("history.csv", 1, "compare.csv", 1);

  /** Files that tell of times, folders and machines throughout. */
  private static final List<String> UNCOMPARED = List.of("summary.json", "report.html");

  private static final int LIMIT_SECONDS = 120;

  private final Path folder;
  private final RandomGenerator random;
  private final boolean hasStrace;
  private final Map<String, Study> studies = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  /** A command, what its folder held before, and what it holds after a run that is let alone. */
  private record Study(
      List<String> args, Map<String, String> before, Map<String, String> after, long millis) {}

  /** Prepares runs in {@code folder}. */
  Crashes(Path folder, long seed) throws IOException, InterruptedException {
    this.folder = folder;
    random = new SplittableRandom(seed);
    hasStrace = isThere("strace", "-V");
    String data = Program.DATA.resolve("breast_cancer.csv").toString();
    List<String> on = List.of(data, "--target", "benign", "--quiet");
    study("train", on, "--hidden 16 --epochs 40 --backend reference");
    study("path", on, "--hidden none --lambdas 20 --folds 3");
    study("select", on, "--hidden none --subsamples 6");
    study("compare", on, "--hidden 4 --epochs 2 --folds 2 --seeds 2 --lambdas 0.01");
  }

  private static boolean isThere(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void study(String command, List<String> on, String settings)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(on);
    args.addAll(List.of(settings.split(" ")));
    Path before = folder.resolve("before-" + command);
    Path after = folder.resolve("after-" + command);
    List<String> other = new ArrayList<>(args);
    other.addAll(List.of("--seed", "7", "--out", before.toString()));
    requireDone(run(other), other);
    List<String> whole = new ArrayList<>(args);
    whole.addAll(List.of("--out", after.toString()));
    long start = System.nanoTime();
    requireDone(run(whole), whole);
    long millis = (System.nanoTime() - start) / 1_000_000;
    studies.put(command, new Study(args, content(before), content(after), millis));
  }

  /** What a program printed to standard error and ended with. */
  private record Ended(int code, String err) {}

  private Ended run(List<String> args) throws IOException, InterruptedException {
    return end(Program.builder(folder, args.toArray(String[]::new)));
  }

  private Ended end(ProcessBuilder builder) throws IOException, InterruptedException {
    Path err = folder.resolve("err.txt");
    Process process =
        builder
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + builder.command());
    }
    return new Ended(process.exitValue(), Program.text(err));
  }

  private static void requireDone(Ended ended, List<String> args) {
    if (ended.code() != 0) {
      throw new AssertionError(args + ": " + ended);
    }
  }

  /** Each file's text less the times; none of those that are not compared. */
  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (String name : Program.names(folder)) {
      if (Files.isDirectory(folder.resolve(name))) {
        continue; // files on their way
      }
      String text =
          UNCOMPARED.contains(name)
              ? ""
              : Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
      String time = "(,[^,\n]*){" + TIMES.getOrDefault(name, 0) + "}(?=\n)";
      content.put(name, text.replaceAll(time, ""));
    }
    return content;
  }

  /**
   * Kills a run, looks, and lets it go on.
   *
   * @throws AssertionError if anything is lost
   */
  void trial(int number) throws IOException, InterruptedException {
    List<String> names = List.copyOf(studies.keySet());
    String command = names.get(number % names.size());
    Study study = Objects.requireNonNull(studies.get(command));
    boolean isForced = random.nextBoolean();
    Path parent = Files.createDirectory(folder.resolve("trial-" + number));
    Path out = parent.resolve("out");
    if (isForced) {
      copy(folder.resolve("before-" + command), out);
    }
    List<String> args = new ArrayList<>(study.args());
    args.addAll(List.of("--out", out.toString()));
    if (isForced) {
      args.add("--force");
    }
    String how = kill(args, study.millis());
    String what = "trial " + number + ", " + String.join(" ", args) + ", " + how;
    try {
      int parts = look(study, out, parent, isForced);
      List<String> again = new ArrayList<>(args);
      if (parts >= 0) {
        again.add("--resume");
      }
      boolean isComplete = isComplete(study, out);
      if (!isComplete || parts >= 0) {
        Ended ended = run(again);
        boolean isToldSo = isComplete && ended.err().contains("is not empty");
        if (!isToldSo) {
          requireDone(ended, again);
        }
      }
      count(how.replaceFirst(" .*", "") + (parts > 0 ? ", resumed from parts" : ""));
      requireSame(study.after(), content(out), "the files after going on");
      requireSame(List.of("out"), Program.names(parent), "what is left beside them");
      delete(parent);
    } catch (AssertionError e) {
      throw new AssertionError(what + ": " + e.getMessage() + "; left in " + parent, e);
    }
  }

  private boolean isComplete(Study study, Path out) throws IOException {
    return Files.isDirectory(out) && content(out).equals(study.after());
  }

  private static void requireSame(Object expected, Object found, String what) {
    if (!expected.equals(found)) {
      throw new AssertionError(what + ": expected " + names(expected) + ", found " + names(found));
    }
  }

  private static Object names(Object content) {
    return content instanceof Map<?, ?> map ? map.keySet() : content;
  }

  /** Whether old or new; how many parts there are, -1 if there is no workspace. */
  private int look(Study study, Path out, Path parent, boolean isForced)
      throws IOException, InterruptedException {
    Path workspace = parent.resolve("out.partial");
    if (Files.isDirectory(out)) {
      // a command that reads puts the files in place, if the run was killed over that
      run(List.of("inspect", out.toString()));
      Map<String, String> found = content(out);
      boolean isCut = found.keySet().equals(study.after().keySet()) && isStopped(workspace);
      if (!found.equals(study.after()) && !isCut && !(isForced && found.equals(study.before()))) {
        throw new AssertionError("neither the old files nor the new ones: " + found.keySet());
      }
    } else if (isForced) {
      throw new AssertionError("the old files are gone");
    }
    if (!Files.isDirectory(workspace)) {
      return -1;
    }
    return (int) Program.names(workspace).stream().filter(n -> n.endsWith(".part")).count();
  }

  private static boolean isStopped(Path workspace) {
    return Files.exists(workspace.resolve("stopped"));
  }

  /** Runs the command and kills it; says how. */
  private String kill(List<String> args, long millis) throws IOException, InterruptedException {
    ProcessBuilder program = Program.builder(folder, args.toArray(String[]::new));
    if (hasStrace && random.nextInt(3) == 0) {
      String call = CALLS.get(random.nextInt(CALLS.size()));
      int when = 1 + random.nextInt(MOST_CALLS.getOrDefault(call, 1));
      String inject = "inject=" + call + ":signal=SIGKILL:when=" + when;
      // Were the launcher's own children killed, it would take the build for one of other sources.
      Program.withoutLauncher(program);
      program
          .command()
          .addAll(
              0,
              List.of(
                  "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", inject));
      end(program);
      return call + " number " + when;
    }
    String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
    long after = random.nextLong(millis + millis / 8);
    program.command().addAll(0, List.of("env", "--default-signal=INT,HUP,TERM"));
    Process process =
        program
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    process.waitFor(after, TimeUnit.MILLISECONDS);
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
        .redirectErrorStream(true)
        .start()
        .waitFor();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("SIG" + signal + " did not end " + args);
    }
    return "SIG" + signal + " after " + after + " ms";
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    for (String name : Program.names(from)) {
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void count(String how) {
    counts.merge(how, 1, Integer::sum);
  }

  /** How often a run was killed in which way. */
  Map<String, Integer> counts() {
    return counts;
  }

  /** Whether there is something to kill runs at system calls with. */
  boolean hasStrace() {
    return hasStrace;
  }
}
