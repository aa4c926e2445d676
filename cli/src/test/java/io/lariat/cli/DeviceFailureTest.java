package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.model.Model;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A device that fails in the middle of {@code lariat train}, by {@link FailingProvider}. */
class DeviceFailureTest {
  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(FailingProvider.PROPERTY);
  }

  @Test
  void keepsTheEpochsBefore() throws Exception {
    Path out = folder.resolve("out");
    Program.Outcome outcome = train(out, 29); // 512 rows in batches of 128 and their targets

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("lariat: the test's device failed; take another\n");
    assertThat(outcome.out())
        .contains(
            "the device failed in epoch 4 of 5; the files hold what was learnt until the end of"
                + " epoch 3");
    assertThat(Program.names(out))
        .containsExactly("history.csv", "model.safetensors", "report.html", "summary.json");
    assertThat(Program.text(out.resolve("history.csv")).lines()).hasSize(1 + 3);
    assertThat(Program.text(out.resolve("report.html")))
        .contains("The device that it ran on failed; the curves and the weights are those of");
    assertThat(Model.load(out.resolve("model.safetensors")).notes())
        .containsEntry("epochs_run", "3");
  }

  @Test
  void writesNothingWithoutAnEpoch() {
    Path out = folder.resolve("out");
    Program.Outcome outcome = train(out, 2);

    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("lariat: the test's device failed; take another\n");
    assertThat(out).doesNotExist();
  }

  private static Program.Outcome train(Path out, int failAt) {
    System.setProperty(FailingProvider.PROPERTY, String.valueOf(failAt));
    return Program.here(
        "train",
        Program.DATA.resolve("breast_cancer.csv").toString(),
        "--target",
        "benign",
        "--epochs",
        "5",
        "--backend",
        "failing",
        "--out",
        out.toString());
  }
}
