package io.lariat.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.cli.Program;
import io.lariat.cli.words.Failure;
import io.lariat.internal.files.FolderCommit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All files or none, in the right folder. */
final class OutputFolderTest {
  /** How each of a run's files begins, or nearly. */
  private static final Map<String, String> WRITTEN =
      Map.of(
          "model.safetensors", "{\"__metadata__\":{\"lariat_format\":\"2\"}}",
          "model-compact.safetensors", "{\"__metadata__\":{\"lariat_format\":\"2\"}}",
          "history.csv", "epoch,loss,data_loss,penalty,mae\n",
          "summary.json", "{\n  \"versions\": {\n    \"lariat\": \"1\"",
          "report.html", "<title>data.csv – Lariat report</title>",
          "path.csv", "lambda,zeros,features,train_loss,cv_mean,cv_se,metric,kkt\n",
          "coefficients.csv", "lambda,class,intercept,a,b\n",
          "compare.csv", "regularization,lambda,validation_loss\n",
          "selected.csv", "feature,rank,importance,frequency,cluster_frequency,stand_ins\n",
          "features.csv", "feature,rank,importance,frequency,cluster_frequency,stand_ins\n");

  @TempDir private Path folder;

  private static Consumer<Path> files(String content) {
    return temporary -> {
      write(temporary.resolve("compare.csv"), content);
      write(temporary.resolve("history.csv"), content);
    };
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void failing(Path temporary) {
    write(temporary.resolve("compare.csv"), "half");
    throw new UncheckedIOException(new IOException("No space left on device"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/wine.csv, wine",
    "wine.CSV.gz, wine",
    "wine, wine",
    "wine.gz, wine",
    ".csv, data",
    "two.parts.csv, two.parts",
    "penguins.records, penguins", // a format of these tests
    "..csv, data"
  })
  void dataNames(String file, String name) {
    assertThat(NumberedFolders.dataName(Path.of(file))).isEqualTo(name);
  }

  private static Path write(Path out, boolean force, Consumer<Path> files) {
    try (OutputFolder output = OutputFolder.given(out, force, false)) {
      return output.write(files);
    }
  }

  @Test
  @Tag("D8")
  void dataNamesAreCutBetweenCharactersAndByBytes() {
    String emoji = "a" + "\uD83D\uDE00".repeat(61);
    String name = NumberedFolders.dataName(Path.of(emoji + ".csv"));
    assertThat(emoji).startsWith(name);
    assertThat(name.getBytes(UTF_8).length).isBetween(190, 200);
    assertThat(new String(name.getBytes(UTF_8), UTF_8)).isEqualTo(name);
    assertThat(NumberedFolders.dataName(Path.of("x".repeat(200) + ".csv"))).hasSize(100);
  }

  @Test
  void makesANewFolderWithItsParents() {
    Path out = folder.resolve("x/y/out");

    Path written = write(out, false, files("new"));

    assertThat(written).isEqualTo(out);
    assertThat(Program.names(out)).containsExactly("compare.csv", "history.csv");
    assertThat(Program.names(out.getParent())).containsExactly("out");
  }

  @Test
  void tryingItOutLeavesNothing() {
    OutputFolder.given(folder.resolve("x/y/out"), false, false).close();

    assertThat(Program.names(folder)).isEmpty();
  }

  /**
   * Where it should be there is nothing; what was written is elsewhere, and the message says it.
   */
  @Test
  @Tag("D8")
  void aFailureIsSavedElsewhere() throws IOException {
    Path old = Files.createDirectory(folder.resolve("old"));
    Files.writeString(old.resolve("compare.csv"), "old");
    for (Path out : List.of(folder.resolve("x/out"), old)) {
      assertThatThrownBy(() -> write(out, true, OutputFolderTest::failing))
          .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exitCode()).isEqualTo(1))
          .hasMessageContaining("No space left on device".toLowerCase(Locale.ROOT))
          .hasMessageContaining("free some room")
          .satisfies(
              e -> {
                Path saved = Path.of(e.getMessage().replaceFirst(".* is in (.*) instead.*", "$1"));
                assertThat(Program.names(saved)).containsExactly("compare.csv");
                FolderCommit.deleteAll(saved);
              });
    }
    assertThat(Program.names(folder)).containsExactly("old");
    assertThat(Program.names(old)).containsExactly("compare.csv");
    assertThat(old.resolve("compare.csv")).hasContent("old");
  }

  @Test
  void anEmptyFolderIsUsedAndAFullOneNeedsForce() {
    write(folder, false, files("first"));

    assertThatThrownBy(() -> OutputFolder.given(folder, false, false))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--force");
    write(folder, true, files("second"));
    assertThat(folder.resolve("history.csv")).hasContent("second");
    assertThat(Program.names(folder)).containsExactly("compare.csv", "history.csv");
  }

  @Test
  @Tag("F19")
  void forceLeavesNoFileOfAnotherCommandAndAllOthers() throws IOException {
    for (String name : RunFiles.ALL) {
      Files.writeString(folder.resolve(name), WRITTEN.get(name));
    }
    Files.writeString(folder.resolve("notes.md"), "mine");

    write(folder, true, files("new"));

    assertThat(Program.names(folder)).containsExactly("compare.csv", "history.csv", "notes.md");
  }

  /** Names of a run's files, but none that a run has written: words, what is no file. */
  @Test
  @Tag("F19")
  void forceLeavesWhatNoRunHasWritten() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path out = Files.createDirectory(folder.resolve("out"));
    for (String name : RunFiles.ALL) {
      if (name.equals("path.csv")) {
        Files.writeString(elsewhere.resolve(name), WRITTEN.get(name));
        Files.createSymbolicLink(out.resolve(name), elsewhere.resolve(name));
      } else {
        Files.writeString(out.resolve(name), "lambda,epoch,feature\n1,2,3\n");
      }
    }
    List<String> before = Program.names(out);

    write(out, true, files("new"));

    assertThat(Program.names(out)).isEqualTo(before);
    assertThat(out.resolve("history.csv")).hasContent("new");
    assertThat(out.resolve("features.csv")).hasContent("lambda,epoch,feature\n1,2,3\n");
  }

  @Test
  @Tag("D6")
  void theSecondRunIsToldAtItsStart() {
    Path out = folder.resolve("out");
    OutputFolder first = OutputFolder.given(out, false, false);

    assertThatThrownBy(() -> OutputFolder.given(out, true, false))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.exitCode()).isEqualTo(1))
        .hasMessageContaining("another run is using it (process");

    assertThat(first.write(files("first"))).isEqualTo(out);
    assertThat(Program.names(folder)).containsExactly("out");
  }

  /** What appears while a run works is not its to replace. */
  @Test
  @Tag("D6")
  void replacesNothingThatAppearedMeanwhile() throws IOException {
    Path out = folder.resolve("out");
    try (OutputFolder output = OutputFolder.given(out, false, false)) {
      Files.createDirectory(out);
      Files.writeString(out.resolve("compare.csv"), "foreign");

      assertThatThrownBy(() -> output.write(files("new")))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("have appeared")
          .satisfies(
              e ->
                  FolderCommit.deleteAll(
                      Path.of(e.getMessage().replaceFirst(".* is in (.*) instead.*", "$1"))));
    }
    assertThat(Program.names(folder)).containsExactly("out");
    assertThat(out.resolve("compare.csv")).hasContent("foreign");
    assertThat(Program.names(out)).containsExactly("compare.csv");
  }

  @Test
  @Tag("D8")
  void whatWouldFailAtTheEndIsSaidAtTheStart() throws IOException {
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createDirectory(out.resolve("model.safetensors"));
    assertThatThrownBy(() -> OutputFolder.given(out, true, false))
        .hasMessageContaining("holds a folder called model.safetensors");
    assertThatThrownBy(() -> OutputFolder.given(folder.resolve("\u6f22".repeat(86)), true, false))
        .hasMessageContaining("too long");
    Path deep = folder;
    while (deep.toString().length() < 4050) {
      deep = deep.resolve("d".repeat(Math.min(200, 4060 - deep.toString().length())));
    }
    Path longest = deep;
    assertThatThrownBy(() -> OutputFolder.given(longest, true, false))
        .hasMessageContaining("too long");
    Path link = Files.createSymbolicLink(folder.resolve("x.partial"), out);
    assertThatThrownBy(() -> OutputFolder.given(folder.resolve("x"), true, false))
        .hasMessageContaining("x.partial is in the way");
    Files.delete(link);
    assertThat(Program.names(folder)).containsExactly("out");
    try (OutputFolder output = OutputFolder.given(folder.resolve("roomy"), true, false)) {
      output.requireRoom(1);
      assertThatThrownBy(() -> output.requireRoom(Long.MAX_VALUE))
          .hasMessageContaining("has room for");
    }
  }

  /** A name of 255 bytes has no room for a suffix. */
  @Test
  @Tag("D8")
  void theLongestNameWorks() {
    String name = "\u6f22".repeat(85);

    write(folder.resolve(name), false, files("new"));

    assertThat(Program.names(folder)).containsExactly(name);
  }

  @Test
  @Tag("D9")
  void goesAboveWhatALinkLeadsTo() throws IOException {
    Path below = Files.createDirectories(folder.resolve("A/B"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), below);
    Path again = Files.createSymbolicLink(folder.resolve("A/again"), link);

    write(link.resolve("../x"), false, files("new"));
    write(again.resolve("./../../y"), false, files("new"));
    write(folder.resolve("none/../z"), false, files("new"));

    assertThat(Program.names(folder.resolve("A"))).containsExactly("B", "again", "x");
    assertThat(Program.names(folder)).containsExactly("A", "link", "y", "z");
  }

  @Test
  void theCurrentFolderIsNamedAsGiven() {
    assertThatThrownBy(() -> OutputFolder.given(Path.of("."), false, false))
        .hasMessageContaining("--out .: is not empty");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> OutputFolder.given(file, true, false))
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> OutputFolder.given(file.resolve("out"), true, false))
        .hasMessageContaining("no folder");
  }
}
