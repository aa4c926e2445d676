package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code lariat path} says under its table. */
class PathTextTest {
  @TempDir private Path folder;

  private List<String> lines(String csv, String... more) throws IOException {
    Path data = Files.writeString(folder.resolve("data.csv"), csv);
    String[] args = {
      "path",
      data.toString(),
      "--target",
      "y",
      "--hidden",
      "none",
      "--lambdas",
      "4",
      "--out",
      folder.resolve("out").toString()
    };
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    Program.Outcome outcome = Program.here(all);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.outLines();
  }

  private static String rows(String rare, String common) {
    StringBuilder csv = new StringBuilder("x,y\n");
    for (int i = 0; i < 100; i++) {
      csv.append(i * 37 % 101).append(',').append(i % 10 == 0 ? rare : common).append('\n');
    }
    return csv.toString();
  }

  @Tag("E9")
  @Test
  void aRareClassIsToldByWhatLambdaIsChosenBy() throws IOException {
    assertThat(lines(rows("ill", "well")))
        .contains(
            "chosen by the validation loss, a mean cross-entropy; 'well' for every row has accuracy"
                + " 0.9000");
  }

  @Tag("E9")
  @Test
  void aRegressionIsToldByItsSquaredError() throws IOException {
    assertThat(lines(rows("1.5", "2.25"), "--task", "regression"))
        .contains("chosen by the validation loss, a mean squared error");
  }

  @Tag("E9")
  @Test
  void withoutFoldsNothingIsChosen() throws IOException {
    assertThat(lines(rows("ill", "well"), "--folds", "0"))
        .noneMatch(line -> line.startsWith("chosen by"));
  }
}
