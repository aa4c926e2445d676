package io.lariat.model;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import io.lariat.data.Column;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be made can be written, what is written can be read, and hostile files cost little. */
class FileLimitsTest {
  private static final Target NUMBER = new Target("y", Task.REGRESSION, List.of());

  @TempDir Path folder;

  private static Model linear(List<Column> columns, Map<String, String> notes) {
    Schema schema = new Schema(columns, NUMBER);
    Network network = Network.of(schema.features()).dense(1, IDENTITY);
    return new Model(network, Weights.initial(network, new Random(3)), schema, null, null, notes);
  }

  private Path file() {
    return folder.resolve("m.safetensors");
  }

  private int headerBytes() throws IOException {
    byte[] length = new byte[3];
    try (var in = Files.newInputStream(file())) {
      assertThat(in.readNBytes(length, 0, 3)).isEqualTo(3);
    }
    return (length[0] & 0xff) + ((length[1] & 0xff) << 8) + ((length[2] & 0xff) << 16);
  }

  @Test
  @Tag("D2")
  @Tag("D19")
  void numberedColumnsTakeNoRoom() throws IOException {
    Model wide = linear(Column.numbered("f", 1, 300_000), Map.of());
    wide.save(file());
    assertThat(headerBytes()).isLessThan(1000);

    Schema read = Model.load(file()).schema();
    assertThat(read).isEqualTo(wide.schema());
    assertThat(read.featureNames()).hasSize(300_000).startsWith("f1", "f2").endsWith("f300000");
  }

  @Test
  @Tag("D2")
  void runsAndOtherColumnsMix() {
    List<Column> columns = new ArrayList<>(List.of(new Column("color", List.of("red", "blue"))));
    columns.addAll(Column.numbered("pixel", 998, 1500));
    columns.add(Column.numeric("pixel07"));
    columns.add(Column.numeric("12"));
    columns.addAll(Column.numbered("", 13, 1200));
    columns.add(Column.numeric("99999999999999999999"));
    Model model = linear(columns, Map.of());
    model.save(file());
    assertThat(Model.load(file())).isEqualTo(model);
  }

  /** A megabyte and more of names, means and notes each: no longer in the header. */
  @Test
  @Tag("D2")
  void longTextsAreNoLongerInTheHeader() throws IOException {
    List<Column> columns =
        IntStream.range(0, 30_000)
            .mapToObj(i -> Column.numeric("a \"name\" of 日本 \ud83d\ude00, and long: " + i * 7919L))
            .toList();
    double[] mean = new Random(1).doubles(columns.size()).toArray();
    double[] deviation = new Random(2).doubles(columns.size(), 1, 2).toArray();
    Model short1 = linear(columns, Map.of("note", "n".repeat(3_000_000)));
    Model model =
        new Model(
            short1.network(),
            short1.weights(),
            short1.schema(),
            new Standardization(repeat(mean, columns.size()), repeat(deviation, columns.size())),
            null,
            short1.notes());
    model.save(file());
    assertThat(headerBytes()).isLessThan(2_000_000);
    assertThat(Model.load(file())).isEqualTo(model);
  }

  private static double[] repeat(double[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  @Test
  @Tag("D2")
  void aThousandLayersAreRead() {
    Network network = Network.of(1);
    for (int i = 1; i < Network.MOST_LAYERS; i++) {
      network = network.dense(1, RELU);
    }
    Network full = network.dense(1, IDENTITY);
    Model model =
        new Model(
            full,
            Weights.initial(full, new Random(1)),
            Schema.unnamed(1, NUMBER),
            null,
            null,
            Map.of());
    model.save(file());
    assertThat(Model.load(file())).isEqualTo(model);

    Network more = network.dense(1, RELU);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> more.dense(1, IDENTITY))
        .withMessage("network: expected at most 1000 dense layers, the last one included");
  }

  @Test
  @Tag("D2")
  void namesThatNoFileCanHoldAreRefusedAtOnce() {
    assertNames("column 1 has no name", Column.numeric("a"), Column.numeric(""));
    assertNames("column 'a' occurs twice", Column.numeric("a"), Column.numeric("a"));
    assertNames("column 'a': category 'x' occurs twice", new Column("a", List.of("x", "x")));
    assertNames("half of a surrogate pair, \\ud800, at 1", Column.numeric("a\ud800"));
    assertNames("half of a surrogate pair, \\udc00", new Column("a", List.of("\udc00x")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schema.unnamed(1, new Target("y", Task.BINARY, List.of("a", "\ud83d"))))
        .withMessageContaining("class", "surrogate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schema.unnamed(1, new Target("y", Task.BINARY, List.of("a", "a"))))
        .withMessageContaining("class 'a' occurs twice");
  }

  private static void assertNames(String message, Column... columns) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schema(List.of(columns), NUMBER))
        .withMessageContaining(message);
  }

  @Test
  @Tag("D2")
  void notesThatNoFileCanHoldAreRefused() {
    Model model = linear(List.of(Column.numeric("a")), Map.of());
    Model half = model.withNotes(Map.of("by", "\ud83d"));
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> half.save(file()))
        .withMessageContaining("half of a surrogate pair");
    assertThat(file()).doesNotExist();
    Map<String, String> many =
        IntStream.range(0, 10_001).boxed().collect(Collectors.toMap(i -> "n" + i, i -> ""));
    assertThatIllegalArgumentException().isThrownBy(() -> model.withNotes(many));
  }

  @Test
  @Tag("D2")
  void partsThatDoNotFitAreRefusedBeforeTheyAreSaved() {
    Network network = Network.of(1).dense(1, SIGMOID);
    Weights weights = Weights.initial(network, new Random(1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Model(network, weights, Schema.unnamed(1, NUMBER), null, null, Map.of()))
        .withMessageContaining("needs a last layer of 1 identity unit");
    Target one = new Target("y", Task.BINARY, List.of("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Model(network, weights, Schema.unnamed(1, one), null, null, Map.of()))
        .withMessageContaining("binary target cannot have 1 classes");
  }

  /** The kinds of D18: a header of nothing but empty tensors, of keys, and of one long string. */
  @Test
  @Tag("D18")
  void hostileHeadersTakeLittleMemory() throws IOException {
    String entries =
        IntStream.range(0, 200_000)
            .mapToObj(
                i -> "\"t" + i + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}")
            .collect(Collectors.joining(","));
    assertCheap("{" + entries + "}", "the header has more than 10000 fields");
    String keys =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"" + i + "\":\"\"")
            .collect(Collectors.joining(","));
    assertCheap("{\"__metadata__\":{" + keys + "}}", "__metadata__ has more than 10000 fields");
    assertCheap(
        "{\"__metadata__\":{\"lariat_format\":\"1\",\"columns\":\""
            + "[".repeat(8_000_000)
            + "\"}}",
        "lacks 'network'");
  }

  private void assertCheap(String header, String message) throws IOException {
    byte[] bytes = SafetensorsTest.file(header);
    Files.write(file(), bytes);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Model.load(file()))
        .withMessageContaining(message);
    long allocated = memory.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).isLessThan(6L * bytes.length + 10_000_000);
  }
}
