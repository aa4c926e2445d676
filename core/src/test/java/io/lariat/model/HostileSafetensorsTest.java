package io.lariat.model;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the format broken, with the exact words; FILE stands for the path. */
class HostileSafetensorsTest {
  @TempDir Path folder;

  private static String tensor(String name, String type, String shape, String offsets) {
    return "\""
        + name
        + "\":{\"dtype\":\""
        + type
        + "\",\"shape\":"
        + shape
        + ",\"data_offsets\":"
        + offsets
        + "}";
  }

  private static String floats(String shape, String offsets) {
    return "{" + tensor("x", "F32", shape, offsets) + "}";
  }

  /** Headers in front of 8 bytes of data. */
  private static Stream<Arguments> headers() {
    return Stream.of(
        arguments("", "header is not well-formed JSON"),
        arguments("not JSON", "header is not well-formed JSON"),
        arguments("{\"x\":", "header is not well-formed JSON"),
        arguments("{'x':1}", "header is not well-formed JSON"),
        arguments("{} {}", "header is not well-formed JSON"),
        arguments("{\"__metadata__\":{\"a\":\"\\ud8\"}}", "header is not well-formed JSON"),
        arguments("[]", "header: the header: expected an object, found an array"),
        arguments("5", "header: the header: expected an object, found a number"),
        arguments("[".repeat(100_000), "header: the header: expected an object, found an array"),
        arguments("{\"x\":" + "{\"x\":".repeat(100_000), "header: tensor 'x': unknown field 'x'"),
        arguments(
            "{\"x\":" + "[".repeat(100_000),
            "header: tensor 'x': expected an object, found an array"),
        arguments("{\"x\":null}", "header: tensor 'x': expected an object, found null"),
        arguments(
            "{\"__metadata__\":[]}", "header: __metadata__: expected an object, found an array"),
        arguments(
            "{\"__metadata__\":{\"a\":1}}",
            "header: __metadata__ 'a': expected a string, found a number"),
        arguments(
            "{\"__metadata__\":{\"a\":{}}}",
            "header: __metadata__ 'a': expected a string, found an object"),
        arguments(
            "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", "header: __metadata__: 'a' occurs twice"),
        arguments(
            "{"
                + tensor("x", "F32", "[1]", "[0,4]")
                + ","
                + tensor("x", "F32", "[1]", "[4,8]")
                + "}",
            "header: the header: 'x' occurs twice"),
        arguments(
            "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}",
            "header: tensor 'x': 'dtype' occurs twice"),
        arguments("{\"x\":{}}", "header: tensor 'x' lacks its dtype, shape or data_offsets"),
        arguments(
            "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}",
            "header: tensor 'x' lacks its dtype, shape or data_offsets"),
        arguments("{\"x\":{\"strides\":[1]}}", "header: tensor 'x': unknown field 'strides'"),
        arguments(
            "{" + tensor("x", "F31", "[2]", "[0,8]") + "}",
            "header: tensor 'x' has the unknown dtype 'F31'"),
        arguments(
            "{\"x\":{\"dtype\":4}}", "header: tensor 'x' dtype: expected a string, found a number"),
        arguments(
            "{\"x\":{\"shape\":2}}", "header: tensor 'x' shape: expected an array, found a number"),
        arguments(
            "{\"x\":{\"shape\":[\"2\"]}}",
            "header: tensor 'x' shape: expected a number, found a string"),
        arguments(
            "{\"x\":{\"shape\":[2.0]}}",
            "header: tensor 'x' shape: expected a whole number from 0 to 10^18, found 2.0"),
        arguments(
            "{\"x\":{\"shape\":[-2]}}",
            "header: tensor 'x' shape: expected a whole number from 0 to 10^18, found -2"),
        arguments(
            "{\"x\":{\"shape\":[" + "9".repeat(41) + "]}}",
            "header: tensor 'x' shape: a number of 41 characters"),
        arguments(
            "{\"x\":{\"shape\":[" + "9".repeat(5000) + "]}}", "header is not well-formed JSON"),
        arguments(
            "{\"x\":{\"shape\":[2147483648]}}",
            "header: tensor 'x' shape: expected at most 32 numbers below 2^31"),
        arguments(
            "{\"x\":{\"shape\":["
                + IntStream.range(0, 33).mapToObj(i -> "1").collect(Collectors.joining(","))
                + "]}}",
            "header: tensor 'x' shape: expected at most 32 numbers below 2^31"),
        arguments(
            floats("[2147483647,2147483647,2147483647]", "[0,8]"),
            "header: tensor 'x' of shape [2147483647x2147483647x2147483647] has more than 2^60"
                + " numbers"),
        arguments(
            floats("[65536,65536,65536,65536]", "[0,0]"),
            "header: tensor 'x' of shape [65536x65536x65536x65536] has more than 2^60 numbers"),
        arguments(
            floats("[3]", "[0,8]"),
            "header: tensor 'x' is F32 [3], 3 numbers of 4 bytes, but its data_offsets span 8"
                + " bytes"),
        arguments(
            "{" + tensor("x", "F64", "[2]", "[0,8]") + "}",
            "header: tensor 'x' is F64 [2], 2 numbers of 8 bytes, but its data_offsets span 8"
                + " bytes"),
        arguments(
            floats("[0]", "[0,8]"),
            "header: tensor 'x' is F32 [0], 0 numbers of 4 bytes, but its data_offsets span 8"
                + " bytes"),
        arguments(
            floats("[2]", "[-8,0]"),
            "header: tensor 'x' data_offsets: expected a whole number from 0 to 10^18, found -8"),
        arguments(
            floats("[2]", "[8,0]"),
            "header: tensor 'x' data_offsets: the begin 8 is after the end 0"),
        arguments(
            floats("[2]", "[0]"), "header: tensor 'x' data_offsets: expected 2 numbers, found 1"),
        arguments(
            floats("[2]", "[0,8,8]"),
            "header: tensor 'x' data_offsets: expected 2 numbers, found 3"),
        arguments(
            floats("[2]", "[0,1152921504606846976]"),
            "header: tensor 'x' data_offsets: expected a whole number from 0 to 10^18, found"
                + " 1152921504606846976"),
        arguments(
            floats("[4]", "[0,16]"),
            "header: tensor 'x' ends at byte 16, but the file has 8 bytes of data (is it cut"
                + " off?)"),
        arguments(
            floats("[250000,1000000]", "[0,1000000000000]"),
            "header: tensor 'x' ends at byte 1000000000000, but the file has 8 bytes of data (is it"
                + " cut off?)"),
        arguments(floats("[1]", "[4,8]"), "header: 4 bytes before tensor 'x' belong to no tensor"),
        arguments(floats("[1]", "[0,4]"), "header: the last 4 bytes belong to no tensor"),
        arguments("{}", "header: the last 8 bytes belong to no tensor"),
        arguments(
            "{"
                + tensor("x", "F32", "[2]", "[0,8]")
                + ","
                + tensor("z", "F32", "[1]", "[4,8]")
                + "}",
            "header: tensor 'z' overlaps tensor 'x'"),
        arguments(
            "{"
                + tensor("x", "F32", "[2]", "[0,8]")
                + ","
                + tensor("z", "F32", "[2]", "[0,8]")
                + "}",
            "header: tensor 'z' overlaps tensor 'x'"),
        arguments(
            "{\"" + "n".repeat(100_000) + "\\n\":1}",
            "header: tensor '" + "n".repeat(40) + "...': expected an object, found a number"));
  }

  private void assertRefused(Path path, String message) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Safetensors.read(path))
        .withMessage(path + ": " + message);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void refusesHeaders(String header, String message) throws IOException {
    Path path = folder.resolve("t.safetensors");
    Files.write(path, SafetensorsTest.file(header, new byte[8]));
    assertRefused(path, message.startsWith("header") ? message : "header: " + message);
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path path = folder.resolve("t.safetensors");
    byte[] file = SafetensorsTest.file("{\"__metadata__\":{\"a\":\"bbb\"}}");
    file[8 + 22] = (byte) 0xff;
    Files.write(path, file);
    assertRefused(path, "header is not well-formed JSON");
  }

  @Test
  void refusesWhatIsNoFile() throws IOException {
    assertRefused(folder, "is no file; give a safetensors file");
    assertRefused(folder.resolve("none"), "cannot be read: no such file or folder");
    Path path = folder.resolve("t.safetensors");
    Files.write(path, new byte[0]);
    assertRefused(path, "is no safetensors file: 0 bytes, expected at least 8");
    Files.write(path, new byte[7]);
    assertRefused(path, "is no safetensors file: 7 bytes, expected at least 8");
  }

  @Test
  void refusesLengthsThatCannotBe() throws IOException {
    Path path = folder.resolve("t.safetensors");
    for (long length : new long[] {9, 1L << 60, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
      byte[] bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      Files.write(path, bytes);
      assertRefused(
          path,
          "is cut off or no safetensors file: its header claims "
              + Long.toUnsignedString(length)
              + " bytes, the file has 16");
    }
    try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength(200_000_000);
      sparse.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(100_000_001).array());
    }
    assertRefused(path, "a header of 100000001 bytes, expected at most 100000000");
  }

  @Test
  void refusesEveryPrefixOfAFile() throws IOException {
    Path path = folder.resolve("t.safetensors");
    byte[] whole = SafetensorsTest.file(floats("[2]", "[0,8]"), new byte[8]);
    for (int length = 0; length < whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      assertThatExceptionOfType(ModelException.class)
          .isThrownBy(() -> Safetensors.read(path))
          .withMessageStartingWith(path.toString());
    }
  }
}
