package io.lariat.benchmarks.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the processes of a comparison, each with what its engine needs to be at its best. */
final class Launcher {
  private static final String HEAP = "-Xmx3g";

  private final Path home;
  private final WorkFolder folder;
  private final String python;
  private final Children children;

  /**
   * A launcher.
   *
   * @param home the folder of this module
   * @param folder what the processes hand to each other
   * @param python the Python that has PyTorch, if any has
   * @param children where they run
   */
  Launcher(Path home, WorkFolder folder, String python, Children children) {
    this.home = home;
    this.folder = folder;
    this.python = python;
    this.children = children;
  }

  /** Writes the TorchScript module, if there is a PyTorch that can. */
  void writeModule() {
    children.run(
        "module",
        List.of(python, script("torchscript_module.py"), folder.module().toString()),
        Map.of());
  }

  /** Why PyTorch in Python cannot be had; null if it can. */
  @Nullable String whyNoPython() {
    Children.Outcome outcome =
        children.run("python", List.of(python, "-c", "import torch"), Map.of());
    return outcome.exit() == 0
        ? null
        : "not installed; PyTorch for " + python + " is Debian's package python3-torch";
  }

  /** Why a process cannot be kept on one core; null if it can. */
  @Nullable String whyNoPinning() {
    for (String path : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (Files.isExecutable(Path.of(path, "taskset"))) {
        return null;
      }
    }
    return "not measured; taskset, which keeps a process on a core, is Debian's package util-linux";
  }

  /** Has the reference compute what a case's engines are held against. */
  void computeReference(TrainingCase c, List<String> wanted) {
    List<String> command = java(1);
    command.add(ReferenceMain.class.getName());
    command.add(folder.path().toString());
    command.add(c.id());
    command.addAll(wanted);
    Children.Outcome outcome = children.run(c.id() + "-reference", command, environment(1));
    if (outcome.exit() != 0) {
      throw failure(c.id() + ", reference", outcome);
    }
  }

  /**
   * Runs a task.
   *
   * @param warmUp seconds before anything is timed
   * @param seconds seconds that are timed
   * @throws AbsentException if the engine is not installed
   * @throws RunException if it failed, or its results are wrong
   */
  Measurement measure(Task task, double warmUp, double seconds) {
    String name =
        String.format(
            Locale.ROOT, "%s-%s-%d", task.benchmarkCase().id(), task.engine().id(), task.threads());
    Children.Outcome outcome =
        children.run(name, command(task, warmUp, seconds), environment(task.threads()));
    for (String line : outcome.lines()) {
      Measurement measurement = Measurement.parse(line);
      if (measurement != null) {
        return measurement;
      }
      if (line.startsWith("absent,")) {
        throw new AbsentException(line.substring("absent,".length()));
      }
      if (line.startsWith("wrong,")) {
        throw new RunException(task.describe() + ": " + line.substring("wrong,".length()));
      }
    }
    throw failure(task.describe(), outcome);
  }

  private static RunException failure(String what, Children.Outcome outcome) {
    return new RunException(
        what + " failed with exit code " + outcome.exit() + "; see " + outcome.log());
  }

  private List<String> command(Task task, double warmUp, double seconds) {
    List<String> command = new ArrayList<>();
    if (task.engine().isPinned()) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    if (task.engine() == Engine.PYTHON) {
      TrainingCase c = (TrainingCase) task.benchmarkCase();
      command.addAll(
          List.of(python, script("torch_training.py"), folder.path().toString(), c.id()));
      for (int size :
          new int[] {c.features(), c.hidden1(), c.hidden2(), c.batch(), task.threads()}) {
        command.add(Integer.toString(size));
      }
    } else {
      command.addAll(java(task.threads()));
      command.add(PeerMain.class.getName());
      command.add(folder.path().toString());
      command.add(task.engine().id());
      command.add(task.benchmarkCase().id());
      command.add(Integer.toString(task.threads()));
    }
    command.add(Double.toString(warmUp));
    command.add(Double.toString(seconds));
    return command;
  }

  private String script(String name) {
    return home.resolve("src/main/python").resolve(name).toString();
  }

  /** Java as far as its class path; engines unpack their libraries below the build folder. */
  private List<String> java(int threads) {
    Path cache = home.resolve("target/natives");
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.io.tmpdir=" + folder.path(),
            "-Dorg.bytedeco.javacpp.cachedir=" + cache,
            "-DDJL_CACHE_DIR=" + cache,
            "-DENGINE_CACHE_DIR=" + cache,
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-Dai.djl.pytorch.num_threads=" + threads,
            "-cp",
            System.getProperty("java.class.path")));
  }

  private static Map<String, String> environment(int threads) {
    Map<String, String> environment = new HashMap<>();
    String count = Integer.toString(threads);
    environment.put("OMP_NUM_THREADS", count);
    environment.put("MKL_NUM_THREADS", count);
    environment.put("OPENBLAS_NUM_THREADS", count);
    environment.put("OPT_OUT_TRACKING", "true");
    environment.put("TF_CPP_MIN_LOG_LEVEL", "3");
    // OpenBLAS takes its AVX2 kernels on AMD; oneDNN takes the widest vectors by itself.
    if (Machine.hasAvx512()) {
      environment.put("OPENBLAS_CORETYPE", "SkylakeX");
    }
    return environment;
  }
}
