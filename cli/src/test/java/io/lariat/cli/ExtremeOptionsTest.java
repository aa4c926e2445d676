package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cli.terminal.Console;
import io.lariat.cli.terminal.Interrupt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of every command with extreme values: a result or a sentence, and no surprise. */
final class ExtremeOptionsTest {
  private static final List<String> VALUES =
      List.of(
          "0",
          "-1",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "1e308",
          "4.9e-324",
          "NaN",
          "-Infinity",
          "1,1",
          "",
          "x");

  /** A run that works at it for so long is asked to end. */
  private static final long PATIENCE_MILLIS = 1500;

  @TempDir private static Path folder;
  private static Path data;
  private static Path model;

  @BeforeAll
  static void prepare() throws IOException {
    data = folder.resolve("data.csv");
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 60; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      text.append(a).append(',').append(b).append(',').append(a + 0.3 * b > 0 ? 1 : 0).append('\n');
    }
    Files.writeString(data, text);
    Path out = folder.resolve("model");
    List<String> train = new ArrayList<>(base("train"));
    train.addAll(List.of("--out", out.toString()));
    assertThat(Program.here(train.toArray(String[]::new)).code()).isZero();
    model = out;
  }

  /** The least of each command. */
  private static List<String> base(String command) {
    String rows = data.toString();
    return switch (command) {
      case "train" -> List.of(command, rows, "--target", "y", "--hidden", "3", "--epochs", "2");
      case "path" -> List.of(command, rows, "--target", "y", "--folds", "2", "--lambdas", "3");
      case "compare" ->
          List.of(
              command,
              rows,
              "--target",
              "y",
              "--hidden",
              "2",
              "--epochs",
              "1",
              "--folds",
              "2",
              "--seeds",
              "1",
              "--lambdas",
              "0.01");
      case "select" -> List.of(command, rows, "--target", "y", "--hidden", "none");
      case "predict", "certify" -> List.of(command, model.toString(), rows);
      case "inspect" -> List.of(command, model.toString());
      case "compact" -> List.of(command, model.toString());
      default -> List.of(command);
    };
  }

  static Stream<String> commands() {
    return subcommands().keySet().stream();
  }

  private static Map<String, CommandLine> subcommands() {
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    return Lariat.commandLine(new Console(nowhere, nowhere, new Interrupt())).getSubcommands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noValueIsASurprise(String command) throws InterruptedException {
    CommandLine line = subcommands().get(command);
    int run = 0;
    for (OptionSpec option : line.getCommandSpec().options()) {
      boolean takesValue = option.arity().max() > 0;
      for (String value : takesValue ? VALUES : List.of("")) {
        List<String> args = without(base(command), option.longestName());
        args.addAll(companions(option.longestName()));
        boolean isFile = option.type() == Path.class;
        args.add(option.longestName());
        if (takesValue) {
          args.add(isFile && !value.isEmpty() ? folder.resolve("f" + value).toString() : value);
        }
        if (line.getCommandSpec().findOption("--out") != null && !args.contains("--out")) {
          args.addAll(List.of("--out", folder.resolve(command + run++).toString()));
        }
        check(args);
      }
    }
  }

  /** What an option is part of. */
  private static List<String> companions(String option) {
    return switch (option) {
      case "--weight-decay" -> List.of("--optimizer", "adamw");
      case "--step-epochs" -> List.of("--schedule", "step");
      case "--warmup-epochs" -> List.of("--schedule", "cosine");
      case "--rate-factor", "--plateau-patience", "--least-rate" ->
          List.of("--schedule", "plateau");
      default -> List.of();
    };
  }

  private static List<String> without(List<String> args, String option) {
    List<String> rest = new ArrayList<>(args);
    int at = rest.indexOf(option);
    if (at >= 0) {
      rest.subList(at, at + 2).clear();
    }
    return rest;
  }

  private static void check(List<String> args) throws InterruptedException {
    AtomicReference<Program.Outcome> outcome = new AtomicReference<>();
    Thread thread = new Thread(() -> outcome.set(Program.here(args.toArray(String[]::new))));
    thread.start();
    thread.join(PATIENCE_MILLIS);
    while (thread.isAlive()) {
      thread.interrupt();
      thread.join(PATIENCE_MILLIS);
    }
    Program.Outcome found = outcome.get();
    assertThat(found).as("%s", args).isNotNull();
    assertThat(found.err()).as("%s", args).doesNotContain("internal error").doesNotContain("\tat ");
    assertThat(found.code()).as("%s: %s", args, found.err()).isIn(0, 1, 2, 3, 130);
    if (found.code() == 1 || found.code() == 2) {
      assertThat(found.err()).as("%s", args).startsWith("lariat: ");
    }
  }

  @Test
  void everyCommandIsTried() {
    assertThat(commands()).contains("train", "predict", "path", "select", "compare", "certify");
  }
}
