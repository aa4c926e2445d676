package io.lariat.model;

import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;

/**
 * The texts of a model file by key. Each is a string of the header's metadata or, if it has more
 * than {@link FileLimits#TEXT} characters, a tensor of bytes, {@code metadata.KEY}, in UTF-8. So
 * headers stay far below the format's limit, whatever a model's columns are called and however many
 * they are.
 */
final class ModelTexts {
  private static final String PREFIX = "metadata.";

  private final String file;
  private final Safetensors tensors;

  /** The texts of {@code tensors}, which was read from {@code file}. */
  ModelTexts(String file, Safetensors tensors) {
    this.file = file;
    this.tensors = tensors;
  }

  /** Adds the long ones of {@code texts} to {@code tensors}; the others. */
  static Map<String, String> split(Map<String, String> texts, Map<String, Tensor> tensors) {
    Map<String, String> strings = new TreeMap<>();
    texts.forEach(
        (key, text) -> {
          if (text.length() <= FileLimits.TEXT) {
            strings.put(key, text);
          } else {
            byte[] bytes = Utf8.bytes("model: its '" + key + "'", text);
            tensors.put(PREFIX + key, Tensor.wrap(new int[] {bytes.length}, bytes));
          }
        });
    return strings;
  }

  /** Whether a tensor is a text. */
  static boolean isText(String name, Tensor tensor) {
    return name.startsWith(PREFIX) && tensor.type() == Tensor.Type.U8;
  }

  /** Whether there is a text called {@code key}. */
  boolean has(String key) {
    return tensors.metadata().containsKey(key) || tensors.names().contains(PREFIX + key);
  }

  /**
   * The JSON called {@code key}.
   *
   * @throws ModelException if there is none
   */
  StrictJson json(String key) {
    if (!has(key)) {
      throw new ModelException(file + ": its metadata lacks '" + key + "'");
    }
    String text = tensors.metadata().get(key);
    return new StrictJson(
        file + ": metadata '" + key + "'",
        text != null
            ? new StringReader(text)
            : Utf8.reader(tensors.tensor(PREFIX + key).byteStream()));
  }
}
