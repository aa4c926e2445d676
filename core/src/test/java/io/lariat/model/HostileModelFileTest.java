package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Model files whose parts do not fit together, or are not what they should be. */
class HostileModelFileTest {
  private static final String NETWORK =
      "{\"inputs\":3,\"initializer\":\"he_normal\",\"layers\":["
          + "{\"units\":4,\"activation\":\"relu\",\"l1\":0.001,\"l2\":0,\"dropout\":0.25},"
          + "{\"units\":2,\"activation\":\"tanh\"},{\"units\":1,\"activation\":\"sigmoid\"}]}";
  private static final String HEAD = "{\"units\":1,\"activation\":\"sigmoid\"}";

  @TempDir Path folder;

  /** A key of a certificate, what it is changed to, and the message. */
  private static Stream<Arguments> claims() {
    String is = "metadata 'certificate': ";
    return Stream.of(
        arguments("\"residual\":3.333333333333333E-10", "\"residual\":-1", is + size("residual")),
        arguments(
            "\"residual\"",
            "\"residual\":1,\"residual\"",
            is + "certificate: 'residual' occurs twice"),
        arguments("\"residual\"", "\"remainder\"", is + "certificate: unknown field 'remainder'"),
        arguments("\"residual\":3.333333333333333E-10,", "", is + "lacks residual"),
        arguments(
            "0.001", "-0.5", is + "lambda: expected a finite number of at least 0, found -0.5"),
        arguments("0.001", "1e999", is + "lambda: expected a finite number, found 1e999"),
        arguments("0.001", "\"0.001\"", is + "lambda: expected a number, found a string"),
        arguments("0.001", "NaN", "metadata 'certificate' is not well-formed JSON"),
        arguments("\"reached\"", "\"perfect\"", is + "polish: 'perfect' is unknown to this Lariat"),
        arguments("\"rows\":512", "\"rows\":0", is + "expected 1 to 569 rows of 569, found 0"),
        arguments("\"rows\":512", "\"rows\":570", is + "expected 1 to 569 rows of 569, found 570"),
        arguments(
            "\"rows\":512",
            "\"rows\":51.2",
            is + "rows: expected a whole number from 0 to 10^18, found 51.2"),
        arguments(
            "\"rows\":512",
            "\"rows\":4294967296",
            is + "expected fewer than 2^31 rows, found 4294967296"),
        arguments("\"data_rows\":569,", "", is + "lacks data_rows"),
        arguments(
            "0123456789abcdef0",
            "g123456789abcdef0",
            is + "expected a hash of 64 hexadecimal digits"),
        arguments("0123456789abcdef0", "", is + "expected a hash of 64 hexadecimal digits"),
        arguments("\"exact\"", "\"half\"", is + "precision: 'half' is unknown to this Lariat"),
        arguments(
            "\"rows_at_kinks\":3",
            "\"rows_at_kinks\":513",
            is + "expected 0 to 512 rows at a kink, found 513"),
        arguments(
            "{\"residual\"",
            "[{\"residual\"",
            is + "certificate: expected an object, found an array"),
        arguments("1.0E-8}", "1.0E-8}x", "metadata 'certificate' is not well-formed JSON"));
  }

  private static String size(String what) {
    return what + ": expected a finite number of at least 0, found -1.0";
  }

  @ParameterizedTest
  @MethodSource("claims")
  void refusesGarbledCertificates(String from, String to, String message) {
    String valid = CertificateJson.write(ModelFileTest.certificate());
    assertThat(valid).contains(from);
    Path path = save("certificate", valid.replace(from, to));
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(path))
        .withMessage(path + ": " + message);
  }

  /** A claim that may be a lie is kept as it is: only the data can tell. */
  @Test
  void keepsClaimsThatCouldBeTrue() {
    String lie = CertificateJson.write(ModelFileTest.certificate()).replace("E-10", "E-300");
    assertThat(ModelFile.load(save("certificate", lie)).certificate())
        .extracting(Certificate::residual)
        .isEqualTo(3.333333333333333E-300);
  }

  /** The exact model with one of its tensors changed. */
  private Path saveExact(String name, Tensor changed) {
    Path path = folder.resolve("m.safetensors");
    ModelFile.save(ModelFileTest.exact(), path);
    Safetensors valid = Safetensors.read(path);
    Map<String, Tensor> tensors = new HashMap<>();
    valid.names().forEach(n -> tensors.put(n, valid.tensor(n)));
    tensors.put(name, changed);
    Safetensors.write(path, unchecked(valid), tensors);
    return path;
  }

  @Test
  void refusesTensorsOfTwoTypes() {
    Path path = saveExact("dense_1.bias", Tensor.of(new int[] {1}, new float[] {1}));
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(path))
        .withMessage(
            path
                + ": dense_0.kernel is F64, but 'dense_1.bias' is F32; a model's tensors are of one"
                + " type");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e39, -1e300})
  void refusesDoublesThatAreNoFloats(double bad) {
    Path path = saveExact("dense_1.bias", Tensor.of(new int[] {1}, new double[] {bad}));
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(path))
        .withMessage(
            path
                + ": dense_1.bias holds "
                + (float) bad
                + " at row 0, column 0; expected finite numbers");
  }

  @Test
  void refusesDoublesThatOnlyFloatsTakeForZero() {
    double[] kernel = {1, 0, -1e-60, 1, 1};
    Path path = saveExact("dense_1.kernel", Tensor.of(new int[] {5, 1}, kernel));
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(path))
        .withMessage(
            path
                + ": dense_1.kernel holds -1.0E-60 at row 2, column 0, which is 0 for the floats"
                + " that predict; expected 0 itself");
  }

  private static Map<String, String> unchecked(Safetensors file) {
    Map<String, String> metadata = new HashMap<>(file.metadata());
    metadata.remove("lariat_checksum");
    metadata.put("lariat_format", "1");
    return metadata;
  }

  private static String network(String from, String to) {
    return NETWORK.replace(from, to);
  }

  private static String groups(String groups) {
    return "\"input_groups\":[" + groups + "],\"layers\"";
  }

  /** A key of the metadata, what it is changed to (null: removed), and the message. */
  private static Stream<Arguments> changes() {
    return Stream.of(
        arguments(
            "lariat_format",
            null,
            "is no Lariat model, only tensors: its metadata lacks 'lariat_format'"),
        arguments(
            "lariat_format",
            "3",
            "is of model format '3', this Lariat reads formats 1 and 2; use the Lariat that wrote"
                + " it or a newer one"),
        arguments("lariat_format", "2", "its metadata lacks 'lariat_checksum'"),
        arguments("network", null, "its metadata lacks 'network'"),
        arguments("columns", null, "its metadata lacks 'columns'"),
        arguments("target", null, "its metadata lacks 'target'"),
        arguments("training", null, "its metadata lacks 'training'"),
        arguments("network", "", "metadata 'network' is not well-formed JSON"),
        arguments("network", "{", "metadata 'network' is not well-formed JSON"),
        arguments("network", NETWORK + "1", "metadata 'network' is not well-formed JSON"),
        arguments(
            "network",
            "{\"layers\":" + "[".repeat(100_000),
            "metadata 'network': layer 0: expected an object, found an array"),
        arguments("network", "{\"a\":1}", "metadata 'network': network: unknown field 'a'"),
        arguments("network", "{}", "metadata 'network': expected inputs and at least one layer"),
        arguments(
            "network",
            network("\"inputs\":3", "\"inputs\":0"),
            "metadata 'network': inputs: expected a number from 1 to 2^31 - 1, found 0"),
        arguments(
            "network",
            network("\"inputs\":3", "\"inputs\":4294967296"),
            "metadata 'network': inputs: expected a number from 1 to 2^31 - 1, found 4294967296"),
        arguments(
            "network",
            network("\"inputs\":3", "\"inputs\":2147483647"),
            "network: more than 2^31 parameters; make the layers narrower"),
        arguments(
            "network",
            network("\"inputs\":3", "\"inputs\":4"),
            "dense_0.kernel is [3x4], the network needs [4x4]"),
        arguments(
            "network",
            network("\"units\":4", "\"units\":2147483647"),
            "network: more than 2^31 parameters; make the layers narrower"),
        arguments(
            "network",
            network("\"units\":4", "\"units\":300000000"),
            "dense_0.kernel is [3x4], the network needs [3x300000000]"),
        arguments(
            "network",
            network("\"units\":4", "\"units\":5"),
            "dense_0.kernel is [3x4], the network needs [3x5]"),
        arguments(
            "network",
            network(",{\"units\":2,\"activation\":\"tanh\"}", ""),
            "holds 'dense_2.bias', 'dense_2.kernel', which the network of 2 dense layers does not"
                + " have"),
        arguments(
            "network",
            network(HEAD, HEAD + "," + HEAD),
            "lacks dense_3.kernel, dense_3.bias; the network has 4 dense layers"),
        arguments(
            "network",
            network(HEAD, (HEAD + ",").repeat(2000) + HEAD),
            "metadata 'network': more than 1000 layers"),
        arguments(
            "network",
            network("\"tanh\"", "\"swish\""),
            "metadata 'network': layer 1 activation: 'swish' is unknown to this Lariat"),
        arguments(
            "network",
            network("\"tanh\"", "\"softmax\""),
            "metadata 'network': network: a softmax layer must be the last"),
        arguments(
            "network",
            network("\"sigmoid\"", "\"relu\""),
            "metadata 'network': network: the last layer's activation must be SIGMOID (binary),"
                + " SOFTMAX (multiclass), IDENTITY (regression) or EXP (poisson), found RELU"),
        arguments(
            "network",
            network("\"sigmoid\"", "\"identity\""),
            "model: the target 'will it \"work\"?' needs a last layer of 1 sigmoid unit, the"
                + " network has one of 1 identity unit"),
        arguments(
            "network",
            network("he_normal", "best"),
            "metadata 'network': initializer: 'best' is unknown to this Lariat"),
        arguments(
            "network",
            network("0.001", "-1"),
            "metadata 'network': layer 0: penalty l1: expected a finite number of at least 0, found"
                + " -1.0"),
        arguments(
            "network",
            network("0.001", "1e999"),
            "metadata 'network': layer 0 l1: expected a finite number, found 1e999"),
        arguments("network", network("0.001", "NaN"), "metadata 'network' is not well-formed JSON"),
        arguments(
            "network",
            network("0.25", "1"),
            "metadata 'network': layer 0: dropout: expected a number in [0, 1), found 1.0"),
        arguments(
            "network",
            network("{\"units\":4,", "{"),
            "metadata 'network': layer 0: dense layer: expected at least 1 unit, found 0"),
        arguments(
            "network",
            network("\"l2\":0", "\"l2\":0,\"group\":-0.5"),
            "metadata 'network': layer 0: penalty group: expected a finite number of at least 0,"
                + " found -0.5"),
        arguments(
            "network",
            network("\"tanh\"", "\"tanh\",\"group\":0.5"),
            "metadata 'network': network: a group penalty is on groups of input features, so on the"
                + " first layer only, found 0.5 on layer 1"),
        arguments(
            "network",
            network("\"layers\"", "\"input_groups\":{},\"layers\""),
            "metadata 'network': input_groups: expected an array, found an object"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":2}")),
            "metadata 'network': network: the input groups have 2 rows, the inputs are 3"),
        arguments(
            "network",
            network(
                "\"layers\"", groups("{\"rows\":2147483647},{\"rows\":2147483647},{\"rows\":5}")),
            "metadata 'network': network: the input groups have 4294967299 rows, the inputs are 3"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":0}")),
            "metadata 'network': input group 0 rows: expected a number from 1 to 2^31 - 1, found"
                + " 0"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":1},{}")),
            "metadata 'network': input group 1: input group: expected at least 1 row, found 0"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":3,\"factor\":-1}")),
            "metadata 'network': input group 0: input group: expected a finite factor of at least"
                + " 0, found -1.0"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":3,\"factor\":1e999}")),
            "metadata 'network': input group 0 factor: expected a finite number, found 1e999"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":3,\"name\":1}")),
            "metadata 'network': input group 0: unknown field 'name'"),
        arguments(
            "network",
            network("\"layers\"", groups("{\"rows\":3,\"factor\":NaN}")),
            "metadata 'network' is not well-formed JSON"),
        arguments(
            "columns", "{}", "metadata 'columns': columns: expected an array, found an object"),
        arguments(
            "columns",
            "[]",
            "metadata 'columns': the columns make 0 features, the network has 3 inputs"),
        arguments(
            "columns",
            "[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"d\"}]",
            "metadata 'columns': the columns make more features than the network's 3 inputs"),
        arguments(
            "columns",
            "[{\"name\":\"a\"},{\"name\":\"f\",\"from\":1,\"count\":2147483000}]",
            "metadata 'columns': the columns make more features than the network's 3 inputs"),
        arguments(
            "columns",
            "[{\"name\":\"a\"},{\"name\":\"f\",\"from\":1}]",
            "metadata 'columns': column 1: expected 'from' and 'count' below 2^31 and no categories"
                + " in a run of columns"),
        arguments(
            "columns",
            "[{\"name\":\"f\",\"from\":0,\"count\":2},{\"name\":\"f1\"}]",
            "schema: column 'f1' occurs twice; give each its own name"),
        arguments(
            "columns",
            "[{\"name\":\"a\"},{\"name\":\"a\"},{\"name\":\"c\"}]",
            "schema: column 'a' occurs twice; give each its own name"),
        arguments(
            "columns",
            "[{\"name\":\"a\"},{\"name\":\"b\",\"categories\":[\"x\",\"x\"]}]",
            "schema: column 'b': category 'x' occurs twice"),
        arguments(
            "columns",
            "[{},{\"name\":\"b\"},{\"name\":\"c\"}]",
            "schema: column 0 has no name; give it one"),
        arguments(
            "columns",
            "[{\"name\":\"a\"},{\"name\":\"b\",\"categories\":[\"x\",\"y\",\"z\"]}]",
            "metadata 'columns': column 1 categories: expected at most 2, found more"),
        arguments(
            "columns",
            "[{\"name\":1}]",
            "metadata 'columns': column 0 name: expected a string, found a number"),
        arguments(
            "columns", "[{\"nom\":\"a\"}]", "metadata 'columns': column 0: unknown field 'nom'"),
        arguments("target", "{\"name\":\"y\"}", "metadata 'target': the target has no task"),
        arguments(
            "target",
            "{\"name\":\"y\",\"task\":\"ranking\"}",
            "metadata 'target': target task: 'ranking' is unknown to this Lariat"),
        arguments(
            "target",
            "{\"name\":\"y\",\"task\":\"binary\",\"classes\":[\"a\"]}",
            "model: a binary target cannot have 1 classes"),
        arguments(
            "target",
            "{\"name\":\"y\",\"task\":\"regression\",\"classes\":[\"a\"]}",
            "model: a regression target cannot have 1 classes"),
        arguments(
            "target",
            "{\"name\":\"y\",\"task\":\"multiclass\",\"classes\":[\"a\",\"b\",\"c\"]}",
            "metadata 'target': target classes: expected at most 2, found more"),
        arguments(
            "target",
            "{\"name\":\"y\",\"task\":\"multiclass\",\"classes\":[\"a\",\"b\"]}",
            "model: the network has 1 outputs, found 2 target outputs"),
        arguments(
            "target",
            "{\"name\":\"y\",\"task\":\"regression\"}",
            "model: the target 'y' needs a last layer of 1 identity unit, the network has one of 1"
                + " sigmoid unit"),
        arguments(
            "standardization",
            "{\"mean\":[1,2],\"deviation\":[1,2]}",
            "metadata 'standardization': mean: expected 3 numbers, found 2"),
        arguments(
            "standardization",
            "{\"mean\":[1,2,3,4]}",
            "metadata 'standardization': mean: expected 3 numbers, found more"),
        arguments(
            "standardization",
            "{\"mean\":[1,2,3]}",
            "metadata 'standardization': expected 3 means and deviations, found 3 and 0"),
        arguments(
            "standardization",
            "{\"mean\":[1,2,3],\"deviation\":[1,0,1]}",
            "metadata 'standardization': standardization: feature 1 has mean 2.0 and deviation 0.0,"
                + " expected finite numbers and a positive deviation"),
        arguments(
            "standardization",
            "{\"mean\":[1,2,\"3\"]}",
            "metadata 'standardization': mean: expected a number, found a string"),
        arguments(
            "target_standardization",
            "{\"mean\":[1],\"deviation\":[1]}",
            "model: only a regression's target can be standardised"),
        arguments(
            "target_standardization",
            "{\"mean\":[],\"deviation\":[]}",
            "metadata 'target_standardization': mean: expected 1 numbers, found 0"),
        arguments(
            "training",
            "{\"a\":1}",
            "metadata 'training': training 'a': expected a string, found a number"),
        arguments(
            "training",
            IntStream.range(0, 10_001)
                .mapToObj(i -> "\"" + i + "\":\"\"")
                .collect(Collectors.joining(",", "{", "}")),
            "metadata 'training': training has more than 10000 fields"));
  }

  /** A file of the first format, which has no checksum, so that what is changed is what is seen. */
  private Path save(String key, String value) {
    Path path = folder.resolve("m.safetensors");
    ModelFile.save(ModelFileTest.binary(), path);
    Safetensors valid = Safetensors.read(path);
    Map<String, String> metadata = unchecked(valid);
    metadata.remove(key);
    if (value != null) {
      metadata.put(key, value);
    }
    Map<String, Tensor> tensors = new HashMap<>();
    valid.names().forEach(name -> tensors.put(name, valid.tensor(name)));
    Safetensors.write(path, metadata, tensors);
    return path;
  }

  @ParameterizedTest
  @MethodSource("changes")
  void refusesMetadata(String key, String value, String message) {
    Path path = save(key, value);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(path))
        .withMessage(path + ": " + message);
  }

  @Test
  void acceptsTheUnchangedNetwork() {
    assertThat(ModelFile.load(save("network", NETWORK)).features()).isEqualTo(3);
  }

  @Test
  void refusesOtherFiles() {
    Path golden = Path.of(System.getProperty("lariat.data"), "golden/inputs/diabetes.safetensors");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(golden))
        .withMessage(
            golden + ": is no Lariat model, only tensors: its metadata lacks 'lariat_format'");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.load(folder))
        .withMessage(
            folder.resolve("model.safetensors") + ": cannot be read: no such file or folder");
  }

  /** Whatever bytes change: a model or one sentence, soon, in little memory. */
  @Test
  void survivesEveryChangeOfBytes() throws IOException {
    Path path = save("lariat_format", "1");
    byte[] valid = Files.readAllBytes(path);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Random random = new Random(7);
    int loaded = 0;
    for (int i = 0; i < 2000; i++) {
      Files.write(path, mutate(valid, random));
      long before = memory.getCurrentThreadAllocatedBytes();
      try {
        ModelFile.load(path);
        loaded++;
      } catch (ModelException e) {
        assertThat(e.getMessage()).startsWith(path + ": ").hasSizeLessThan(400).hasLineCount(1);
      }
      assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(4_000_000);
    }
    assertThat(loaded).isBetween(1, 1900);
  }

  private static byte[] mutate(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    int header = 8 + (bytes[0] & 0xff) + ((bytes[1] & 0xff) << 8);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(random.nextBoolean() ? header : bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "0123456789-.,:{}[]\"e\\".charAt(random.nextInt(20));
        default -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(bytes.length - Math.max(at, from), random.nextInt(64));
          System.arraycopy(valid, from, bytes, at, length);
        }
      }
    }
    return random.nextInt(10) == 0
        ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 16))
        : bytes;
  }
}
