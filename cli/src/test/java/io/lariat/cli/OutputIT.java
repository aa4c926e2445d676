package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the real program's files go, and what becomes of them. */
final class OutputIT {
  private static final String DATA = Program.DATA.resolve("breast_cancer.csv").toString();

  @TempDir private Path folder;

  private static List<String> train(String... more) {
    List<String> args = new ArrayList<>(List.of("train", DATA, "--target", "benign", "--quiet"));
    args.addAll(List.of("--hidden", "8", "--backend", "reference"));
    args.addAll(List.of(more));
    return args;
  }

  private Program.Outcome run(List<String> args) {
    return Program.real(folder, args.toArray(String[]::new));
  }

  private Process start(List<String> args) throws IOException {
    ProcessBuilder program = Program.builder(folder, args.toArray(String[]::new));
    program.command().addAll(0, List.of("env", "--default-signal=INT,TERM,HUP"));
    return program
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static void waitFor(Path file, Process process) throws InterruptedException {
    while (process.isAlive() && !Files.exists(file)) {
      Thread.sleep(5);
    }
    assertThat(file).exists();
  }

  /** Killed by each signal after an epoch was kept, and gone on with to the same bytes. */
  @Test
  @Tag("D7")
  void aTrainingGoesOnAfterEverySignal() throws IOException, InterruptedException {
    assertThat(run(train("--epochs", "300", "--out", "whole")).code()).isZero();
    List<String> args = train("--epochs", "300", "--out", "cut");
    List<String> resumed = new ArrayList<>(args);
    resumed.add("--resume");
    Path part = folder.resolve("cut.partial/training.part");
    for (String signal : List.of("KILL", "INT", "TERM", "HUP")) {
      Process process = start(signal.equals("KILL") ? args : resumed);
      waitFor(part, process);
      new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      process.waitFor();
      assertThat(part).exists();
      assertThat(run(args).code()).isEqualTo(2); // refuses to begin anew without a word
    }
    Program.Outcome last = run(resumed);

    assertThat(last.code()).as(last.err()).isZero();
    assertThat(Program.names(folder)).containsExactly("cut", "whole");
    assertThat(folder.resolve("cut/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("whole/model.safetensors"));
    // all columns but the last: no two runs take the same seconds
    assertThat(untimed(folder.resolve("cut/history.csv")))
        .isEqualTo(untimed(folder.resolve("whole/history.csv")));
  }

  private static List<String> untimed(Path csv) throws IOException {
    return Program.text(csv).lines().map(line -> line.replaceFirst(",[^,]*$", "")).toList();
  }

  @Test
  @Tag("D17")
  void aLimitOnTheSizeOfFilesIsSaid() {
    List<String> args = train("--epochs", "1", "--no-compare", "--out", "out");
    args.set(args.indexOf("8"), "2000");
    Program.Outcome outcome =
        Program.inShell(folder, "ulimit -f 100; exec \"$@\"", args.toArray(String[]::new));

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines()).last().asString().contains("file too large", "ulimit -f");
    assertThat(Program.names(folder)).isEmpty();
  }

  /** The name would be another than the one that was given. */
  @Test
  @Tag("D17")
  void aNameThatIsNoTextIsRefused() {
    Program.Outcome outcome =
        Program.inShell(
            folder,
            "export LC_ALL=C.UTF-8; exec \"$@\" --out \"$(printf 'b\\377')\"",
            train("--epochs", "1").toArray(String[]::new));

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).singleElement().asString().contains("--out", "no text");
    assertThat(Program.names(folder)).isEmpty();
  }

  @Test
  @Tag("D7")
  @Tag("D17")
  void aPartThatIsDamagedIsASentence() throws IOException, InterruptedException {
    List<String> args = train("--epochs", "100000", "--out", "cut");
    Process process = start(args);
    Path part = folder.resolve("cut.partial/training.part");
    waitFor(part, process);
    process.destroyForcibly().waitFor();
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 1;
    Files.write(part, bytes);
    args.add("--resume");

    Program.Outcome refused = run(args);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errLines()).singleElement().asString().contains("training.part", "damaged");
    Files.write(folder.resolve("cut.partial/run.txt"), new byte[] {'a', ':', ' ', (byte) 0xff});
    refused = run(args);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.errLines())
        .singleElement()
        .asString()
        .contains("cut.partial: is damaged", "remove the folder and start anew");
  }

  @Test
  @Tag("D6")
  void theSecondOfTwoRunsIsToldAtItsStart() throws IOException, InterruptedException {
    Process first = start(train("--epochs", "1000000", "--out", "same"));
    waitFor(folder.resolve("same.partial/lock"), first);

    Program.Outcome second = run(train("--epochs", "1", "--out", "same", "--force"));

    assertThat(second.code()).isEqualTo(1);
    assertThat(second.errLines())
        .singleElement()
        .asString()
        .contains("same.partial", "another run is using it (process " + first.pid() + ")");
    first.destroyForcibly().waitFor();
    Program.Outcome third = run(train("--epochs", "1", "--out", "same", "--force"));
    assertThat(third.code()).as(third.err()).isZero();
    assertThat(Program.names(folder)).containsExactly("same");
  }

  /** Of every command, one after the other. */
  @Test
  @Tag("F19")
  void forceLeavesNothingOfAnotherCommand() {
    String[] trained = {"history.csv", "model.safetensors", "report.html", "summary.json"};
    String data = " " + DATA + " --target benign --out out --force --quiet";
    requireDone("path" + data + " --hidden none --lambdas 3 --folds 2");
    assertThat(Program.names(folder.resolve("out"))).contains("coefficients.csv", "path.csv");
    requireDone("train" + data + " --epochs 1 --no-compare");
    assertThat(Program.names(folder.resolve("out"))).containsExactly(trained);
    requireDone("compact out");
    requireDone("compare" + data + " --hidden 2 --epochs 1 --folds 2 --seeds 1 --lambdas 0.1");
    assertThat(Program.names(folder.resolve("out"))).containsExactly("compare.csv", "report.html");
    requireDone("select" + data + " --hidden none --subsamples 0");
    assertThat(Program.names(folder.resolve("out")))
        .contains("features.csv", "selected.csv")
        .doesNotContain("compare.csv");
    requireDone("train" + data + " --epochs 1 --no-compare");
    assertThat(Program.names(folder.resolve("out"))).containsExactly(trained);
  }

  private void requireDone(String line) {
    Program.Outcome outcome = run(List.of(line.split(" ", -1)));
    assertThat(outcome.code()).as(line + ": " + outcome.err()).isZero();
  }

  /** A user's own files may be called as a run's are. */
  @Test
  @Tag("F19")
  void neitherForceNorARunTakesAUsersFiles() throws IOException {
    Path out = Files.createDirectory(folder.resolve("w"));
    List<String> own = List.of("compare.csv", "features.csv", "path.csv", "selected.csv");
    for (String name : own) {
      Files.copy(Path.of(DATA), out.resolve(name));
    }
    requireDone("train " + DATA + " --target benign --epochs 1 --no-compare --out w --force");
    Path next = out.resolve("next.safetensors");
    Files.copy(out.resolve("model.safetensors"), next);
    for (String line :
        List.of(
            "train w/features.csv --target benign --out w --force",
            "train w/../w/features.csv --target benign --out ./w",
            "path w/path.csv --target benign --hidden none --out w --force",
            "select w/selected.csv --target benign --out w --force",
            "compare w/compare.csv --target benign --out w --force",
            "compact w " + DATA + " --out " + DATA + " --force")) {
      Program.Outcome outcome = run(List.of(line.split(" ", -1)));
      assertThat(outcome.code()).as(line + ": " + outcome.err()).isEqualTo(2);
      assertThat(outcome.errLines()).singleElement().asString().contains("--out", "input", "name");
    }
    for (String name : own) {
      assertThat(out.resolve(name)).hasSameBinaryContentAs(Path.of(DATA));
    }
    assertThat(out.resolve("model.safetensors")).hasSameBinaryContentAs(next);
    // A model may be trained on in its place.
    requireDone("train " + DATA + " --from w --epochs 1 --no-compare --out w --force");
    assertThat(Files.mismatch(out.resolve("model.safetensors"), next)).isNotNegative();
  }

  /** Links that others have put where a run keeps its parts. */
  @Test
  @Tag("D14")
  void followsNoLinkInItsWorkspace() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim.txt"), "keep");
    Path workspace = Files.createDirectory(folder.resolve("P.partial"));
    for (String name : List.of("run.txt", "lambdas.part", "stopped", "complete", "files")) {
      Files.createSymbolicLink(workspace.resolve(name), victim);
    }
    Path notes = Files.writeString(workspace.resolve("notes.md"), "mine");
    List<String> args =
        List.of("path", DATA, "--target", "benign", "--hidden", "none", "--out", "P");

    Program.Outcome outcome = run(args);

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(victim).hasContent("keep");
    assertThat(Program.names(workspace)).containsExactly("notes.md");
    assertThat(notes).hasContent("mine");
    assertThat(Program.names(folder)).containsExactly("P", "P.partial", "victim.txt");
    Files.createSymbolicLink(workspace.resolve("lock"), victim);
    List<String> forced = new ArrayList<>(args);
    forced.add("--force");
    assertThat(run(forced).code()).isEqualTo(1);
    assertThat(victim).hasContent("keep");
  }

  /** What is written into a lock would be in the other's file; a pipe would be waited for. */
  @Test
  @Tag("D14")
  void writesIntoNoLockOfAnother() throws IOException, InterruptedException {
    Path victim = Files.writeString(folder.resolve("victim.txt"), "keep");
    Path lock = Files.createDirectory(folder.resolve("P.partial")).resolve("lock");
    for (boolean isPipe : new boolean[] {false, true}) {
      if (isPipe) {
        assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor()).isZero();
      } else {
        Files.createLink(lock, victim);
      }
      Program.Outcome outcome = run(train("--epochs", "1", "--out", "P"));
      assertThat(outcome.code()).isEqualTo(1);
      assertThat(outcome.errLines())
          .singleElement()
          .asString()
          .contains("P.partial/lock is in the way", "remove it");
      assertThat(lock).exists();
      Files.delete(lock);
    }
    assertThat(victim).hasContent("keep");
  }

  /** A folder from anybody, with a list of what a run that was cut off has left to do. */
  @Test
  @Tag("D14")
  void doesNothingThatAForgedFolderAsksFor() throws IOException, InterruptedException {
    assertThat(run(train("--epochs", "1", "--out", "evil")).code()).isZero();
    Path victim = Files.writeString(folder.resolve("victim"), "keep");
    Path planted = Files.writeString(folder.resolve("evil/victim"), "planted");
    Path committed = Files.createDirectory(folder.resolve("evil/.lariat-commit"));
    List<List<String>> commands =
        List.of(
            List.of("inspect", "evil"),
            List.of("predict", "evil", DATA),
            List.of("certify", "evil", DATA),
            List.of("compact", "evil"),
            train("--from", "evil", "--out", "other"),
            train("--out", "evil"),
            train("--out", "evil", "--force"));
    List<String> before = Program.names(folder.resolve("evil"));
    for (String list : List.of("-../victim", "+../victim", "-" + victim, "-victim", "\n")) {
      Files.writeString(committed.resolve(".list"), list);
      requireRefused(commands.getFirst());
    }
    for (List<String> command : commands) {
      requireRefused(command);
    }
    Files.delete(committed.resolve(".list"));
    String pipe = committed.resolve(".list").toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    requireRefused(commands.getFirst());
    requireRefused(commands.getLast());
    assertThat(victim).hasContent("keep");
    assertThat(planted).hasContent("planted");
    assertThat(Program.names(folder.resolve("evil"))).isEqualTo(before);
    assertThat(Program.names(folder)).containsExactly("evil", "victim");
  }

  private void requireRefused(List<String> command) {
    Program.Outcome outcome = run(command);
    assertThat(outcome.code()).as(command + ": " + outcome.err()).isEqualTo(1);
    assertThat(outcome.errLines())
        .singleElement()
        .asString()
        .contains("evil/.lariat-commit", "no run of Lariat", "remove .lariat-commit");
  }

  @Test
  @Tag("D8")
  void aNameOfManyBytesOrPairsIsNoFailure() throws IOException {
    String emoji = "a" + "\uD83D\uDE00".repeat(61) + ".csv";
    Files.copy(Path.of(DATA), folder.resolve(emoji));
    List<String> args = train("--epochs", "1");
    args.set(1, emoji);
    Program.Outcome numbered = run(args);
    assertThat(numbered.code()).as(numbered.err()).isZero();

    List<String> named =
        List.of(
            "path", DATA, "--target", "benign", "--hidden", "none", "--out", "\u6f22".repeat(83));
    Program.Outcome outcome = run(named);
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  @Test
  @Tag("D23")
  void standardOutputMayBeNamedAsAFile() throws IOException, InterruptedException {
    assertThat(run(train("--epochs", "1", "--out", "m")).code()).isZero();
    Program.Outcome printed = run(List.of("predict", "m", DATA, "--quiet"));
    Process piped =
        Program.builder(folder, "predict", "m", DATA, "--quiet", "--out", "/dev/stdout").start();
    String text = new String(piped.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(piped.waitFor()).isZero();
    assertThat(text).isEqualTo(printed.out());
  }

  /** Trained for an epoch or more, and kept, before it turns out that it leads nowhere. */
  @Test
  @Tag("D7")
  @Tag("F17")
  void aTrainingThatDivergesLeavesNothing() throws IOException {
    Files.writeString(folder.resolve("huge.libsvm"), "0 1:4.7e28\n2 1:2.7e29\n2 1:2.2e29\n");
    Program.Outcome outcome =
        run(List.of("train", "huge.libsvm", "--validation-split", "0", "--out", "out"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.errLines())
        .last()
        .asString()
        .contains(
            "feature f1 reaches 2.7E29 and is not scaled: rescale it, or use a learning rate");
    assertThat(Program.names(folder)).containsExactly("huge.libsvm");
  }
}
