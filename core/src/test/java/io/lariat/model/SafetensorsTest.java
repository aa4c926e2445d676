package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final Path GOLDEN = Path.of(System.getProperty("lariat.data"), "golden");

  @TempDir Path folder;

  /** The bytes of a file with this header, not padded, and data. */
  static byte[] file(String header, byte... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  @Test
  void readsWhatItWrote() throws IOException {
    Random random = new Random(1);
    float[] floats = new float[3 * 20_011];
    double[] doubles = new double[12_345];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(random.nextInt());
    }
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = random.nextGaussian();
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("wide", Tensor.of(new int[] {3, 20_011}, floats));
    tensors.put("a \"name\" of 日本\n", Tensor.of(new int[] {12_345}, doubles));
    tensors.put("scalar", Tensor.of(new int[] {}, new float[] {Float.NaN}));
    tensors.put("nothing", Tensor.of(new int[] {2, 0, Integer.MAX_VALUE}, new float[0]));
    Map<String, String> metadata = Map.of("b", "<é>\u2028\"", "a", "", "c", "{\"x\":1}");
    Path path = folder.resolve("t.safetensors");

    Safetensors.write(path, metadata, tensors);
    Safetensors read = Safetensors.read(path);

    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.names()).containsExactly("a \"name\" of 日本\n", "nothing", "scalar", "wide");
    assertThat(read.tensor("wide").floats()).isEqualTo(floats);
    assertThat(read.tensor("wide").shape()).containsExactly(3, 20_011);
    assertThat(read.tensor("a \"name\" of 日本\n").doubles()).isEqualTo(doubles);
    assertThat(read.tensor("scalar").floats()).containsExactly(Float.NaN);
    assertThat(read.tensor("scalar").shape()).isEmpty();
    assertThat(read.tensor("nothing").size()).isZero();
    assertThat(read.tensor("wide")).hasToString("F32 [3x20011]");
    assertThat(ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN).getLong())
        .as("the header's length, for aligned data")
        .matches(n -> n % 8 == 0);

    Path again = folder.resolve("again.safetensors");
    Safetensors.write(again, new TreeMap<>(metadata), new TreeMap<>(tensors));
    assertThat(again).hasSameBinaryContentAs(path);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void writesTheseBytes() throws IOException {
    Path path = folder.resolve("t.safetensors");
    Safetensors.write(
        path, Map.of("k", "v"), Map.of("x", Tensor.of(new int[] {1, 1}, new float[] {1})));
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    assertThat(path).hasBinaryContent(file(padded, (byte) 0, (byte) 0, (byte) 0x80, (byte) 0x3f));
  }

  @Test
  void readsTheGoldenFiles() {
    Safetensors inputs = Safetensors.read(GOLDEN.resolve("inputs/breast_cancer.safetensors"));
    assertThat(inputs.names()).containsExactly("x", "y", "mean", "std");
    assertThat(inputs.tensor("x").shape()).containsExactly(569, 30);
    assertThat(inputs.tensor("x").type()).isEqualTo(Tensor.Type.F32);
    assertThat(inputs.tensor("mean").type()).isEqualTo(Tensor.Type.F64);
    double[] exact =
        Safetensors.read(GOLDEN.resolve("inputs/diabetes.safetensors")).tensor("y_mean").doubles();
    assertThat(exact).containsExactly(152.04030226700252);
  }

  @Test
  void readsOtherTypesOnlyWhereNotAskedForThem() throws IOException {
    Path path = folder.resolve("t.safetensors");
    Files.write(
        path,
        file(
            "{\"h\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            new byte[] {1, 2, 3, 4, 0, 0, 0, 0x40}));
    Safetensors read = Safetensors.read(path);
    assertThat(read.names()).isEqualTo(List.of("h", "x"));
    assertThat(read.tensor("x").floats()).containsExactly(2);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> read.tensor("h"))
        .withMessage(path + ": tensor 'h' is of type BF16, expected F32, F64 or U8; convert it");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> read.tensor("z"))
        .withMessage(path + ": has no tensor 'z'");
  }

  @Test
  void tensorsFitTheirShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new int[] {2, 3}, new float[5]))
        .withMessage("tensor: expected [2x3], found 5 numbers");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensor.of(new int[] {-1, -5}, new float[5]))
        .withMessage("tensor: expected [-1x-5], found 5 numbers");
  }

  @Test
  void saysWhyItCannotWrite() {
    Path path = folder.resolve("none/t.safetensors");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Safetensors.write(path, Map.of(), Map.of()))
        .withMessage(path + ": cannot be written: no such file or folder");
  }
}
