package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows to predict that come in blocks are those that come all at once. */
@Tag("F11")
class FeatureBlocksTest {
  private static final Target TARGET = new Target("y", Task.REGRESSION, List.of());

  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path csv(int rows, int columns) throws IOException {
    Random random = new Random(3);
    return file(
        "t.csv",
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    IntStream.range(0, columns)
                        .mapToObj(j -> i % 7 == 3 && j == 0 ? "\"2\"" : "" + random.nextInt(99))
                        .collect(Collectors.joining(",")))
            .collect(
                Collectors.joining(
                    "\n",
                    IntStream.range(0, columns)
                        .mapToObj(j -> "x" + j)
                        .collect(Collectors.joining(",", "", "\n")),
                    "\n")));
  }

  /** The rows of all blocks, each of which stays as it was handed on. */
  private static double[] joined(List<Features> blocks) {
    return blocks.stream().flatMapToDouble(b -> Arrays.stream(b.values())).toArray();
  }

  @Test
  void blocksOfACsvFileAreItsRows() throws IOException {
    Path file = csv(9000, 3);
    Schema schema = new Schema(List.of(Column.numeric("x0"), Column.numeric("x2")), TARGET);
    List<Features> blocks = new ArrayList<>();
    List<String> ignored = Csv.readFeatures(file, schema, ReadProgress.NONE, blocks::add);
    Features all = Csv.readFeatures(file, schema);
    assertThat(ignored).isEqualTo(all.ignored()).containsExactly("x1");
    assertThat(joined(blocks)).isEqualTo(all.values());
    assertThat(blocks).extracting(Features::rows).containsExactly(4096, 4096, 808);
  }

  @Test
  void rowsOfManyColumnsComeInSmallerBlocks() throws IOException {
    Path file = csv(250, 1000);
    Schema schema = Schema.unnamed(1000, TARGET);
    List<Features> blocks = new ArrayList<>();
    Csv.readFeatures(file, schema, ReadProgress.NONE, blocks::add);
    assertThat(joined(blocks)).isEqualTo(Csv.readFeatures(file, schema).values());
    assertThat(blocks).extracting(Features::rows).containsExactly(131, 119);
  }

  @Test
  void blocksOfALibsvmFileAreItsRows() throws IOException {
    Random random = new Random(4);
    Path file =
        file(
            "t.svm",
            IntStream.range(0, 9000)
                .mapToObj(i -> "1 " + (1 + random.nextInt(4)) + ":" + i + " 9:1 1000:" + i)
                .collect(Collectors.joining("\n")));
    Schema schema = new Schema(Column.numbered("f", 1, 9), TARGET);
    List<Features> blocks = new ArrayList<>();
    List<String> ignored = Libsvm.readFeatures(file, schema, ReadProgress.NONE, blocks::add);
    Features all = Libsvm.readFeatures(file, schema, ReadProgress.NONE);
    assertThat(ignored).isEqualTo(all.ignored()).containsExactly("9000 elements of other features");
    assertThat(joined(blocks)).isEqualTo(all.values());
    assertThat(blocks).hasSize(3).allMatch(block -> block.sparseRows() != null);
  }

  @Test
  void filesOfNoRowsAreRefusedAndWhatASinkThrowsComesOut() throws IOException {
    Schema schema = Schema.unnamed(1, TARGET);
    Consumer<Features> none =
        block -> {
          throw new AssertionError("a block of nothing");
        };
    Path empty = file("empty.csv", "x0\n");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Csv.readFeatures(empty, schema, ReadProgress.NONE, none))
        .withMessageContaining("has a header but no rows");
    Path lines = file("empty.svm", "\n");
    Schema numbered = new Schema(Column.numbered("f", 1, 2), TARGET);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Libsvm.readFeatures(lines, numbered, ReadProgress.NONE, none))
        .withMessageContaining("is empty");

    IllegalStateException enough = new IllegalStateException("enough");
    for (String row : List.of("1\n", "\"1\"\n")) {
      Path file = file("t.csv", "x0\n" + row.repeat(5000));
      assertThatThrownBy(
              () ->
                  Csv.readFeatures(
                      file,
                      schema,
                      ReadProgress.NONE,
                      block -> {
                        throw enough;
                      }))
          .isSameAs(enough);
    }
  }

  @Test
  @Tag("D17")
  void outputsBeyondAnArrayAreAskedForInBlocks() throws IOException {
    int classes = 50_000;
    Network network = Network.of(1).dense(classes, Activation.SOFTMAX);
    List<String> labels = IntStream.range(0, classes).mapToObj(String::valueOf).toList();
    Model model =
        new Model(
            network,
            Weights.initial(network, new Random(1)),
            Schema.unnamed(1, new Target("y", Task.MULTICLASS, labels)),
            null,
            null,
            Map.of());
    Features rows = Csv.readFeatures(file("t.csv", "x0\n" + "1\n".repeat(50_000)), model.schema());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.predict(rows))
        .withMessage(
            "predict: 50000 outputs for each of 50000 rows are more than an array holds; predict"
                + " some rows at a time, or read them in blocks");

    double[] some = new double[3 * classes];
    model.predict(rows, 49_997, 3, some);
    assertThat(Arrays.copyOfRange(some, 2 * classes, 3 * classes))
        .isEqualTo(model.predict(new double[] {1}));
    assertThatIllegalArgumentException().isThrownBy(() -> model.predict(rows, 49_998, 3, some));
  }
}
