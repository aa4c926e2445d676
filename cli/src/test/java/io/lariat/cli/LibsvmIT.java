package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sparse rows through the real program. */
final class LibsvmIT {
  @TempDir private Path folder;

  /** A hundred thousand features, four of them in a row; the first decides. */
  private Path file(String name, int rows, boolean hasLabels) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows; i++) {
      boolean positive = random.nextBoolean();
      text.append(hasLabels ? (positive ? "+1 " : "-1 ") : "")
          .append(positive ? "3:1 " : "7:1 ")
          .append(random.nextInt(100, 1000))
          .append(":0.5 ")
          .append(random.nextInt(2000, 50_000))
          .append(":1 100000:1\n");
    }
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void trainsAndPredicts() throws IOException {
    file("words.svm", 1500, true);
    Program.Outcome train =
        Program.real(folder, "train", "words.svm", "--hidden", "16", "--l1", "0.0005");
    assertThat(train.code()).as(train.err()).isZero();
    assertThat(train.out())
        .contains("words.svm: 1,500 rows, 100,000 features, binary target 'label'")
        .contains("positive class +1", "validation  accuracy 1");
    Path out = folder.resolve("lariat-out/words-1");
    assertThat(Program.names(out))
        .containsExactly("history.csv", "model.safetensors", "report.html", "summary.json");

    file("new.libsvm", 1500, false);
    Program.Outcome predict = Program.real(folder, "predict", out.toString(), "new.libsvm");
    assertThat(predict.code()).as(predict.err()).isZero();
    List<String> lines = predict.outLines();
    assertThat(lines).hasSize(1501);
    List<String> rows = Files.readAllLines(folder.resolve("words.svm"));
    for (int i = 0; i < rows.size(); i++) {
      String label = rows.get(i).startsWith("+1") ? "+1," : "-1,";
      assertThat(lines.get(i + 1)).startsWith(label);
    }
  }

  @Test
  void saysWhatItLeftOut() throws IOException {
    Files.writeString(folder.resolve("a.svm"), "1 1:1\n0 2:1\n".repeat(20));
    Program.Outcome train = Program.real(folder, "train", "a.svm", "--hidden", "4");
    assertThat(train.code()).as(train.err()).isZero();
    Files.writeString(folder.resolve("b.svm"), "1 1:1 5:1\n");
    Program.Outcome predict = Program.real(folder, "predict", "lariat-out/a-1", "b.svm");
    assertThat(predict.code()).isZero();
    assertThat(predict.err()).contains("note: b.svm: ignored 1 element of other features");
  }

  /** Beyond 4.2 million features the model's header was more than its reader takes. */
  @Test
  @Tag("D2")
  @Tag("D19")
  void tenMillionFeaturesAreWrittenAndRead() throws IOException {
    Files.writeString(folder.resolve("wide.svm"), "1 10000000:1\n0 1:1\n".repeat(20));
    Program.Outcome train =
        Program.real(
            folder, "train", "wide.svm", "--hidden", "none", "--epochs", "1", "--no-compare");
    assertThat(train.code()).as(train.err()).isZero();
    Path out = folder.resolve("lariat-out/wide-1");
    assertThat(out.resolve("summary.json")).content().hasSizeLessThan(100_000);
    assertThat(Files.size(out.resolve("model.safetensors"))).isBetween(40_000_000L, 40_010_000L);

    Program.Outcome predict = Program.real(folder, "predict", out.toString(), "wide.svm");
    assertThat(predict.code()).as(predict.err()).isZero();
    assertThat(predict.outLines()).hasSize(41);

    Program.Outcome inspect = Program.real(folder, "inspect", out.toString());
    assertThat(inspect.code()).as(inspect.err()).isZero();
    assertThat(inspect.out()).contains("10,000,000 in use", " more\n").hasSizeLessThan(20_000);
  }

  @Test
  @Tag("D2")
  void aThousandHiddenLayersAreRefusedBeforeTraining() throws IOException {
    Files.writeString(folder.resolve("a.svm"), "1 1:1\n0 2:1\n".repeat(20));
    String hidden = "1,".repeat(999) + "1";
    Program.Outcome train = Program.real(folder, "train", "a.svm", "--hidden", hidden);
    assertThat(train.code()).isEqualTo(2);
    assertThat(train.errLines()).hasSize(1);
    assertThat(train.err()).contains("expected at most 999 hidden layers, found 1000");
  }
}
