package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat compare} through the real program. */
final class CompareIT {
  @TempDir private Path folder;

  private List<String> compare(String data, String target, String out, String... more)
      throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of("compare", Program.DATA.resolve(data).toString(), "--target", target));
    args.addAll(List.of("--out", out, "--folds", "3", "--seeds", "2", "--hidden", "16"));
    args.addAll(List.of("--lambdas", "0.001,0.01", "--learning-rate", "0.01"));
    args.addAll(List.of(more));
    Program.Outcome outcome = Program.real(folder, args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("elastic net", "L1 + early stopping", "report.html");
    assertThat(folder.resolve(out)).isDirectoryNotContaining(f -> f.toString().endsWith(".tmp"));
    assertThat(Program.text(folder.resolve(out).resolve("report.html")))
        .contains("Side by side", data, target, "</html>");
    return Files.readAllLines(folder.resolve(out).resolve("compare.csv"));
  }

  @Test
  void aRowForEachRegularization() throws IOException {
    List<String> csv = compare("breast_cancer.csv", "benign", "cancer");

    assertThat(csv.getFirst())
        .isEqualTo(
            "regularization,lambda,validation_loss,validation_loss_sd,validation_metric,"
                + "validation_metric_sd,test_metric,test_metric_sd,test_loss,test_loss_sd,gap,"
                + "gap_sd,zeros,zeros_sd,features,features_sd,parameters,parameters_sd,"
                + "microseconds_per_row");
    assertThat(csv.stream().skip(1).map(line -> line.split(",", -1)[0]))
        .containsExactly("none", "l1", "l2", "elastic_net", "l1_dropout", "l1_early_stopping");
    for (String line : csv.subList(1, 7)) {
      for (int metric : new int[] {4, 6}) { // validation, test
        assertThat(Double.parseDouble(line.split(",", -1)[metric])).isBetween(0.9, 1.0);
      }
    }
  }

  @Test
  void theSameWithAnyNumberOfThreads() throws IOException {
    List<String> one = compare("diabetes.csv", "progression", "one", "--threads", "1");
    List<String> two = compare("diabetes.csv", "progression", "two", "--threads", "2");

    assertThat(two.stream().map(CompareIT::withoutTime))
        .containsExactlyElementsOf(one.stream().map(CompareIT::withoutTime).toList());
  }

  private static String withoutTime(String line) {
    return line.substring(0, line.lastIndexOf(','));
  }
}
