package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Huber;
import io.lariat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --task huber}, {@code poisson} and {@code quantile} through the program. */
final class LossesIT {
  @TempDir private Path folder;

  /** Counts {@code y} of about {@code exp(a - b / 2)}, {@code c} is noise. */
  private String counts() throws IOException {
    SplittableRandom random = new SplittableRandom(8);
    List<String> lines = new ArrayList<>(List.of("a,b,c,y"));
    for (int i = 0; i < 300; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double y = Math.floor(Math.exp(a - b / 2) * 2 * random.nextDouble());
      lines.add(String.format(Locale.ROOT, "%.4f,%.4f,%.4f,%.0f", a, b, random.nextGaussian(), y));
    }
    return Files.write(folder.resolve("counts.csv"), lines).toString();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static Program.Outcome succeed(String... args) {
    Program.Outcome outcome = Program.here(args);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  /** Has {@code command} make {@code out} of {@code data} for {@code task}. */
  private Program.Outcome make(
      String command, String data, String task, String out, String... options) {
    List<String> args = new ArrayList<>(List.of(command, data, "--target", "y", "--task", task));
    args.addAll(List.of("--out", at(out)));
    args.addAll(List.of(options));
    return succeed(args.toArray(String[]::new));
  }

  @Test
  void poissonTrainsPredictsAndCertifies() throws IOException {
    String data = counts();
    Program.Outcome trained =
        make("train", data, "poisson", "m", "--hidden", "none", "--l1", "0.01");
    assertThat(trained.out()).contains("poisson target 'y'", "deviance");
    assertThat(Files.readString(folder.resolve("m/summary.json"))).contains("\"deviance\"");
    assertThat(Files.readString(folder.resolve("m/report.html"))).contains("Poisson loss");
    succeed("certify", at("m"), data);
    succeed("predict", at("m"), data, "--out", at("p.csv"));
    for (String line : Files.readAllLines(folder.resolve("p.csv")).subList(1, 301)) {
      assertThat(Double.parseDouble(line)).isPositive();
    }
  }

  @Test
  void poissonHasALinearPath() throws IOException {
    make("path", counts(), "poisson", "path", "--hidden", "none", "--lambdas", "10");
    Model model = Model.load(folder.resolve("path"));
    assertThat(model.head().name()).isEqualTo("poisson");
    assertThat(model.weights().usesInput(0)).isTrue();
  }

  @Test
  void huberHasItsNumberAndIsGoneOnWith() throws IOException {
    String data = counts();
    make("train", data, "huber:1.5", "m", "--epochs", "2", "--no-compare");
    assertThat(Model.load(folder.resolve("m")).network().loss()).isEqualTo(new Huber(1.5));
    succeed("train", data, "--from", at("m"), "--epochs", "1", "--out", at("n"), "--no-compare");
    assertThat(Model.load(folder.resolve("n")).network().loss()).isEqualTo(new Huber(1.5));
    assertThat(succeed("inspect", at("n")).out()).contains("huber");
  }

  @Test
  void quantileTrainsAndCannotBeCertified() throws IOException {
    String data = counts();
    Program.Outcome trained = make("train", data, "quantile:0.9", "m", "--hidden", "none");
    assertThat(trained.out()).contains("not polished to the exact Lasso: the loss of quantile:0.9");
    Program.Outcome refused = Program.here("certify", at("m"), data);
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("the loss quantile has no derivative where");
  }

  @Test
  void compareTakesALoss() throws IOException {
    Program.Outcome compared =
        make(
            "compare",
            counts(),
            "poisson",
            "c",
            "--hidden",
            "4",
            "--epochs",
            "2",
            "--folds",
            "2",
            "--seeds",
            "2",
            "--lambdas",
            "0.01");
    assertThat(compared.out()).contains("val deviance");
  }
}
