package io.lariat.model;

import static io.lariat.backend.Activation.SIGMOID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What has been damaged on its way is told, and what was written before there was a checksum is
 * read.
 */
class ModelChecksumTest {
  private static final int[] ALL_BITS = {0, 1, 2, 3, 4, 5, 6, 7};

  @TempDir Path folder;

  /**
   * Some bits of every part of a file: all of the header's length, one of every third character of
   * the header and its padding, and one of each byte of the numbers.
   */
  @Test
  @Tag("D2")
  void flippedBitsAreTold() throws IOException {
    Network network = Network.of(2).dense(1, SIGMOID);
    Target target = new Target("y", Task.BINARY, List.of("no", "yes"));
    Standardization standardization = new Standardization(new double[] {1, 2}, new double[] {3, 4});
    Model model =
        new Model(
            network,
            Weights.initial(network, new Random(1)),
            Schema.unnamed(2, target),
            standardization,
            null,
            Map.of("seed", "1"));
    Path path = folder.resolve("m.safetensors");
    model.save(path);
    byte[] bytes = Files.readAllBytes(path);
    int numbers = bytes.length - model.weights().values().length * Float.BYTES;
    Random random = new Random(2);
    for (int at = 0; at < bytes.length; at += at < Long.BYTES || at >= numbers - 3 ? 1 : 3) {
      for (int bit : at < Long.BYTES ? ALL_BITS : new int[] {random.nextInt(Byte.SIZE)}) {
        bytes[at] ^= (byte) (1 << bit);
        Files.write(path, bytes);
        assertThatExceptionOfType(ModelException.class)
            .as("byte %d, bit %d", at, bit)
            .isThrownBy(() -> Model.load(path))
            .withMessageStartingWith(path + ": ");
        bytes[at] ^= (byte) (1 << bit);
      }
    }
  }

  @Test
  void initialWeightsAreCheckedToo() throws IOException {
    Path path = folder.resolve("m.safetensors");
    Model model = ModelFileTest.binary();
    model.save(path);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length - 2] ^= 1;
    Files.write(path, bytes);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> ModelFile.readWeights(path, model.network()))
        .withMessage(
            path
                + ": is damaged or was changed: its checksum is not that of its content; copy the"
                + " file again or train the model again");
  }

  /** As a tool writes it that changes a file and follows what {@link ModelFile} says. */
  @Test
  void withoutTheChecksumAFileIsOfTheFirstFormat() {
    Path path = folder.resolve("m.safetensors");
    ModelFileTest.binary().save(path);
    Safetensors file = Safetensors.read(path);
    Map<String, String> metadata = new HashMap<>(file.metadata());
    assertThat(metadata.remove("lariat_checksum")).matches("crc32c:[0-9a-f]{8}");
    metadata.put("lariat_format", "1");
    Safetensors.write(path, metadata, file.tensors());
    assertThat(Model.load(path)).isEqualTo(ModelFileTest.binary());
  }

  /** Written by the program before there was a checksum, with these predictions. */
  @Test
  void readsFilesOfTheFirstFormat() throws URISyntaxException {
    Path old = Path.of(getClass().getResource("/models/format-1.safetensors").toURI());
    Model model = Model.load(old);
    float[] biscoe = {1, 0, 0, 49.8f, 15.9f, 229, 5950, 0, 1, 2009};
    assertThat(model.predict(biscoe))
        .containsExactly(new float[] {0.51422054f, 0.42128986f, 0.0644896f}, within(1e-6f));
    assertThat(model.predictClass(biscoe)).isEqualTo("Adelie");
  }
}
