package io.lariat.model;

import io.lariat.fuzz.FuzzFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A model whose metadata hold any text in one of their entries, most of which are JSON. */
public final class MetadataFuzz {
  private static final TreeMap<String, String> METADATA = new TreeMap<>();
  private static final Map<String, Tensor> TENSORS = new LinkedHashMap<>();

  static {
    Path file = FuzzFile.named("-whole.safetensors");
    ModelFileTest.exact().save(file);
    Safetensors whole = Safetensors.read(file);
    METADATA.putAll(whole.metadata());
    if (METADATA.remove("lariat_checksum") != null) {
      METADATA.put("lariat_format", "1"); // the format without one, so that texts are read at all
    }
    whole.names().forEach(name -> TENSORS.put(name, whole.tensor(name)));
  }

  private MetadataFuzz() {}

  /** The first byte says which entry the others are. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    List<String> keys = List.copyOf(METADATA.keySet());
    String text = new String(Arrays.copyOfRange(input, 1, input.length), StandardCharsets.UTF_8);
    Map<String, String> metadata = new TreeMap<>(METADATA);
    metadata.put(keys.get((input[0] & 0xff) % keys.size()), text);
    Path file = FuzzFile.named("-metadata.safetensors");
    Safetensors.write(file, metadata, TENSORS);
    ModelFuzz.roundTrip(file);
  }

  /** For each entry an input that leaves it as it is. */
  static List<byte[]> seeds() {
    List<String> keys = List.copyOf(METADATA.keySet());
    return keys.stream()
        .map(
            key -> {
              byte[] text = METADATA.get(key).getBytes(StandardCharsets.UTF_8);
              byte[] input = new byte[text.length + 1];
              input[0] = (byte) keys.indexOf(key);
              System.arraycopy(text, 0, input, 1, text.length);
              return input;
            })
        .toList();
  }
}
