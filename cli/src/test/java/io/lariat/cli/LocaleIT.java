package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lariat.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same numbers and words, whatever the language of the machine. */
@Tag("F20")
class LocaleIT {
  private static final String ROOT = "-Duser.language=en -Duser.country=US";

  /** In a sentence, and the last column of tables. */
  private static final Pattern TIME =
      Pattern.compile("[0-9.]+ m?s\\b|[0-9.E-]+$", Pattern.MULTILINE);

  @TempDir static Path folder;

  @BeforeAll
  static void runAsEverywhere() {
    runAll("root", ROOT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=ar -Duser.country=EG -Duser.extensions=u-nu-arab",
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=th -Duser.country=TH -Duser.extensions=u-nu-thai",
        "-Duser.language=tr -Duser.country=TR",
        "-Duser.language=de -Duser.country=DE"
      })
  void filesAndMessagesAreTheSame(String options) throws IOException {
    runAll("other", options);
    for (String file :
        new String[] {
          "trained/model.safetensors",
          "path/model.safetensors",
          "path/path.csv",
          "path/coefficients.csv",
          "selected/selected.csv",
          "selected/model.safetensors",
          "predictions.csv",
          "inspect.txt",
          "usage.txt"
        }) {
      assertThat(folder.resolve("other").resolve(file))
          .as(file)
          .hasSameBinaryContentAs(folder.resolve("root").resolve(file));
    }
    for (String file :
        new String[] {"trained/history.csv", "train.txt", "path.txt", "select.txt"}) {
      assertThat(withoutTimes(folder.resolve("other").resolve(file)))
          .as(file)
          .isEqualTo(withoutTimes(folder.resolve("root").resolve(file)));
    }
    assertThat(summary("other")).isEqualTo(summary("root"));
  }

  private static void runAll(String name, String options) {
    Path in = folder.resolve(name);
    String data = Program.DATA.resolve("breast_cancer.csv").toString();
    try {
      Files.createDirectories(in);
      keep(
          in,
          options,
          "train.txt",
          "train",
          data,
          "--target",
          "benign",
          "--epochs",
          "2",
          "--out",
          "trained",
          "--force");
      keep(
          in,
          options,
          "path.txt",
          "path",
          data,
          "--target",
          "benign",
          "--hidden",
          "none",
          "--lambdas",
          "5",
          "--folds",
          "2",
          "--out",
          "path",
          "--force");
      keep(
          in,
          options,
          "select.txt",
          "select",
          data,
          "--target",
          "benign",
          "--hidden",
          "none",
          "--subsamples",
          "0",
          "--out",
          "selected",
          "--force");
      keep(in, options, "inspect.txt", "inspect", "trained");
      keep(in, options, "predictions.csv", "predict", "trained", data);
      keep(in, options, "usage.txt", "train", data, "--target", "benign", "--epochs", "1.5");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Keeps what the program prints. */
  private static void keep(Path in, String options, String file, String... args)
      throws IOException {
    Outcome run = Program.realWith(in, options, args);
    Files.writeString(in.resolve(file), run.out() + run.err() + "exit " + run.code() + "\n");
  }

  private static String withoutTimes(Path file) throws IOException {
    return TIME.matcher(Program.text(file)).replaceAll("TIME");
  }

  private static JsonObject summary(String name) throws IOException {
    Path file = folder.resolve(name).resolve("trained").resolve("summary.json");
    JsonObject summary = JsonParser.parseString(Program.text(file)).getAsJsonObject();
    assertThat(summary.remove("seconds")).isNotNull();
    return summary;
  }
}
