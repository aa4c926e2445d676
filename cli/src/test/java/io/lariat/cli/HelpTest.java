package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help and version. */
final class HelpTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train",
        "predict",
        "inspect",
        "certify",
        "compact",
        "compare",
        "path",
        "select",
        "backends"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Program.Outcome outcome = Program.here(command, "--help");

    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("Usage: lariat " + command, "Examples:", "--verbose");
    assertThat(outcome.outLines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void trainHasTheOptionsThatOtherProgramsUse() {
    String help = Program.here("train", "--help").out();

    for (String option :
        List.of(
            "target",
            "task",
            "hidden",
            "activation",
            "l1",
            "l2",
            "group",
            "penalize",
            "keep",
            "penalty",
            "optimizer",
            "learning-rate",
            "weight-decay",
            "schedule",
            "step-epochs",
            "rate-factor",
            "warmup-epochs",
            "plateau-patience",
            "least-rate",
            "momentum",
            "dropout",
            "epochs",
            "batch-size",
            "validation-split",
            "validation",
            "seed",
            "early-stopping",
            "min-delta",
            "init",
            "backend",
            "threads",
            "out")) {
      assertThat(help).contains("--" + option + "=");
    }
    for (String flag :
        List.of("nesterov", "no-shuffle", "no-standardize", "no-compare", "force", "quiet")) {
      assertThat(help).contains("--" + flag + " ");
    }
    assertThat(help).contains("Data:", "Network:", "Training:", "Backend:", "Output:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "predict", "inspect", "backends"})
  void everyCommandTellsTheVersion(String command) {
    assertThat(Program.here(command, "--version").out()).startsWith("lariat ");
    assertThat(Program.here("--version").out()).startsWith("lariat ");
  }

  @Test
  void withoutACommandTheLineNamesThem() {
    Program.Outcome outcome = Program.here();

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).hasSize(1);
    assertThat(outcome.err())
        .contains("train, predict, inspect, certify, compact, compare, path, select or backends");
  }
}
