package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat compact} and {@code train --compact} through the real program. */
final class CompactIT {
  private static final Path CANCER = Program.DATA.resolve("breast_cancer.csv");

  @TempDir private Path folder;

  private void train(String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("train", CANCER.toString(), "--target", "benign", "--out", out));
    args.addAll(List.of("--epochs", "150", "--no-compare", "--quiet"));
    args.addAll(List.of(more));
    Program.Outcome outcome = Program.real(folder, args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
  }

  private String predictions(String model) {
    Program.Outcome outcome = Program.real(folder, "predict", model, CANCER.toString(), "--quiet");
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void aSmallerModelPredictsTheSame() throws IOException {
    train("run", "--l1", "0.01");

    Program.Outcome outcome = Program.real(folder, "compact", "run", CANCER.toString());

    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("from        30-128-64-1, 12,289 parameters", "569 rows, largest difference");
    Path small = folder.resolve("run/model-compact.safetensors");
    Model model = Model.load(small);
    Model original = Model.load(folder.resolve("run"));
    assertThat(model.network().layers().getFirst().units()).isLessThan(128);
    assertThat(Files.size(small)).isLessThan(Files.size(folder.resolve("run/model.safetensors")));
    assertThat(predictions("run/model-compact.safetensors").lines().count()).isEqualTo(570);
    if (outcome.out().contains("the same to the bit")) {
      assertThat(predictions("run/model-compact.safetensors")).isEqualTo(predictions("run"));
    }
    assertThat(model.notes()).containsEntry("compacted_from", "30-128-64-1");
    assertThat(original.notes()).doesNotContainKey("compacted_from");
    assertThat(Program.real(folder, "inspect", small.toString()).out()).contains("compacted_from");

    Program.Outcome again = Program.real(folder, "compact", "run");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.errLines())
        .singleElement()
        .asString()
        .contains("is already there; add --force");
    assertThat(Program.real(folder, "compact", "run", "--force").code()).isZero();
  }

  @Test
  void trainWritesTheSmallerModel() throws IOException {
    train("plain", "--l1", "0.01");
    train("small", "--l1", "0.01", "--compact");

    Model plain = Model.load(folder.resolve("plain"));
    Model small = Model.load(folder.resolve("small"));

    assertThat(small.network().layers().getFirst().units())
        .isLessThan(plain.network().layers().getFirst().units());
    JsonObject summary =
        JsonParser.parseString(Files.readString(folder.resolve("small/summary.json")))
            .getAsJsonObject();
    assertThat(summary.getAsJsonObject("compacted").get("from").getAsString())
        .isEqualTo("30-128-64-1");
    assertThat(summary.getAsJsonArray("zeros").size()).isEqualTo(3);
  }

  @Test
  void aModelWhosePenaltyLeftNothing() {
    train("empty", "--l1", "50", "--compact", "--penalize", "all");

    assertThat(Model.load(folder.resolve("empty")).features()).isOne();
    assertThat(predictions("empty").lines().skip(1).distinct()).hasSize(1);
  }

  /** By whatever name, and whatever is forced. */
  @Test
  @Tag("F18")
  void replacesNoneOfItsInputs() throws IOException {
    train("run", "--hidden", "4");
    Path data = Files.copy(CANCER, folder.resolve("data.csv"));
    Path model = folder.resolve("run/model.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    Files.createLink(folder.resolve("hard.csv"), data);
    Files.createSymbolicLink(folder.resolve("soft.csv"), data);
    Files.createSymbolicLink(folder.resolve("soft.safetensors"), model);
    for (String out :
        List.of(
            "data.csv",
            "./run/../data.csv",
            "hard.csv",
            "soft.csv",
            "run/model.safetensors",
            "soft.safetensors")) {
      Program.Outcome outcome =
          Program.real(folder, "compact", "run", "data.csv", "--out", out, "--force");
      assertThat(outcome.errLines())
          .containsExactly(
              "lariat: --out "
                  + out
                  + ": is an input; name another file; see 'lariat compact --help'");
      assertThat(outcome.code()).isEqualTo(2);
    }
    assertThat(data).hasSameBinaryContentAs(CANCER);
    assertThat(model).hasBinaryContent(bytes);
  }

  @Test
  void refusesDataThatDoesNotGoWithTheModel() throws IOException {
    train("run", "--l1", "0.01");
    Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");

    Program.Outcome outcome = Program.real(folder, "compact", "run", "other.csv");

    assertThat(outcome.code()).isOne();
    assertThat(outcome.errLines()).singleElement().asString().contains("lacks all of the model's");
    assertThat(folder.resolve("run/model-compact.safetensors")).doesNotExist();
  }
}
