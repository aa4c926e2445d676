package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lariat select} through the real program. */
final class SelectIT {
  private static final String HEADER =
      "feature,rank,importance,frequency,cluster_frequency,stand_ins";

  @TempDir private Path folder;

  /** Ten columns with odd names, of which the first three matter, or none. */
  private Path data(boolean noise) throws IOException {
    RandomGenerator random = new SplittableRandom(3);
    StringBuilder csv = new StringBuilder("\"a,\"\"b\"\"\",<i>x</i>,kind,n3,n4,n5,n6,n7,n8,n9,y\n");
    String[] kinds = {"red", "green", "blue"};
    for (int i = 0; i < 240; i++) {
      double[] x = random.doubles(9, -1, 1).toArray();
      int kind = random.nextInt(3);
      double y = noise ? 0 : 4 * x[0] - 3 * x[1] + (kind == 1 ? 3 : 0);
      csv.append(x[0]).append(',').append(x[1]).append(',').append(kinds[kind]);
      for (int j = 2; j < 9; j++) {
        csv.append(',').append(x[j]);
      }
      csv.append(',').append(y + 0.5 * random.nextGaussian()).append('\n');
    }
    return Files.writeString(folder.resolve(noise ? "noise.csv" : "planted.csv"), csv);
  }

  private Program.Outcome select(Path data, String out, String... more) {
    List<String> args =
        new ArrayList<>(List.of("select", data.toString(), "--target", "y", "--out", out));
    args.addAll(List.of(more));
    Program.Outcome outcome = Program.real(folder, args.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void writesTheSelectedColumnsByRankAndAllOfThem() throws IOException {
    Path data = data(false);
    Program.Outcome outcome = select(data, "out", "--hidden", "none", "--subsamples", "6");

    Path out = folder.resolve("out");
    assertThat(Program.names(out))
        .containsExactly(
            "features.csv", "model.safetensors", "report.html", "selected.csv", "summary.json");
    List<String> selected = Files.readAllLines(out.resolve("selected.csv"));
    assertThat(selected.getFirst()).isEqualTo(HEADER);
    assertThat(
            selected.stream().skip(1).map(l -> l.replaceFirst(",[0-9.E-]+,[0-9.]+,[0-9.]+,$", "")))
        .containsExactly("\"a,\"\"b\"\"\",1", "<i>x</i>,2", "kind,3");
    double before = Double.POSITIVE_INFINITY;
    for (String line : selected.subList(1, 4)) {
      String[] cells = line.split(",");
      double importance = Double.parseDouble(cells[cells.length - 3]);
      assertThat(importance).isPositive().isLessThan(before);
      before = importance;
      assertThat(Double.parseDouble(cells[cells.length - 2])).isBetween(0.5, 1.0);
      assertThat(cells[cells.length - 1]).as("no stand-in").isEqualTo(cells[cells.length - 2]);
    }
    List<String> all = Files.readAllLines(out.resolve("features.csv"));
    assertThat(all).hasSize(11);
    assertThat(all.subList(0, 4)).isEqualTo(selected);
    assertThat(all.subList(4, 11)).allMatch(l -> l.matches("n\\d,\\d+,0\\.0,[0-9.]+,[0-9.]+,"));
    assertThat(outcome.out()).contains("3 of 10 columns", "a,\"b\"", "stable");
    assertModelNeedsOnlyThese(out, data);
    assertThat(Program.text(out.resolve("summary.json")))
        .contains("\"selected\": [", "\"expected_false_at_most\"", "\"leaves_at_lambda\"");
    assertThat(Program.text(out.resolve("report.html"))).contains("3 of 10 columns are selected");
  }

  /** The model file predicts from a file that has the selected columns only. */
  private void assertModelNeedsOnlyThese(Path out, Path data) throws IOException {
    Model model = Model.load(out);
    assertThat(model.schema().columns().stream().map(c -> c.name()))
        .containsExactly("a,\"b\"", "<i>x</i>", "kind");
    Dataset rows = Csv.read(data, "y").columns(model.schema());
    float[] row = new float[model.features()];
    double error = 0;
    for (int i = 0; i < rows.rows(); i++) {
      rows.copyFeatures(i, 1, row);
      error += Math.abs(model.predict(row)[0] - rows.target(i)) / rows.rows();
    }
    assertThat(error).as("noise of deviation 0.5 has a mean of 0.4").isBetween(0.3, 0.5);
  }

  @Test
  void whereNothingMattersTheFileHasItsHeaderOnly() throws IOException {
    Program.Outcome outcome = select(data(true), "none", "--subsamples", "0");

    Path out = folder.resolve("none");
    assertThat(Program.text(out.resolve("selected.csv"))).isEqualTo(HEADER + "\n");
    assertThat(outcome.out())
        .contains("none of 10 columns: at level 0.01 this model tells none from chance");
    assertThat(Files.readAllLines(out.resolve("features.csv")).stream().skip(1))
        .hasSize(10)
        .allMatch(line -> line.endsWith(",0.0,,,"), "without subsamples there is no frequency");
  }

  /**
   * Categories of 20 levels, by which a network fits any target, beside numbers; of effect 0 or 1.
   */
  private Path categories(int effect) throws IOException {
    RandomGenerator random = new SplittableRandom(11);
    StringBuilder csv = new StringBuilder("x,k1,k2,k3,n1,n2,n3,n4,y\n");
    for (int i = 0; i < 300; i++) {
      double x = random.nextGaussian();
      csv.append(x);
      for (int k = 0; k < 3; k++) {
        csv.append(",l").append(random.nextInt(20));
      }
      for (int n = 0; n < 4; n++) {
        csv.append(',').append(random.nextGaussian());
      }
      csv.append(',').append(effect * x + random.nextGaussian()).append('\n');
    }
    return Files.writeString(folder.resolve("categories" + effect + ".csv"), csv);
  }

  @Test
  @Tag("E1")
  @Tag("E8")
  void categoriesThatSayNothingAreNotSelected() throws IOException {
    Program.Outcome nothing = select(categories(0), "nothing", "--subsamples", "4");
    assertThat(nothing.out()).contains("none of 8 columns: at level 0.01", "from chance");
    Program.Outcome one = select(categories(1), "one", "--subsamples", "0");
    assertThat(Files.readAllLines(folder.resolve("one/selected.csv")))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("x,1,"));
    assertThat(one.out()).contains("nothing tells them from chance: ");
    assertThat(Program.text(folder.resolve("one/summary.json")))
        .contains("\"evidence\": \"alone\"", "\"evidence\": \"chance\"");
  }

  @Test
  @Tag("D13")
  void keptColumnsAreSelectedAndThreadsChangeNothing() throws IOException {
    Path data = data(false);
    for (String threads : List.of("1", "3")) {
      select(data, threads, "--keep", "n7", "--threads", threads, "--subsamples", "4", "--quiet");
    }

    for (String file : List.of("selected.csv", "features.csv", "model.safetensors")) {
      assertThat(folder.resolve("3").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("1").resolve(file));
    }
    assertThat(Model.load(folder.resolve("1")).notes()).doesNotContainKeys("data", "threads");
    assertThat(Files.readAllLines(folder.resolve("1/selected.csv")))
        .anyMatch(line -> line.matches("n7,\\d,[-0-9.E]+,1\\.0,1\\.0,"));
    assertThat(Program.text(folder.resolve("1/summary.json"))).contains("\"kept\": true");
  }
}
