package io.lariat.data;

import io.lariat.fuzz.FuzzFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** libsvm of any bytes, compressed or not: a table, or a sentence. */
public final class LibsvmFuzz {
  /** Up to ten million features are read, whose names alone take seconds and most of a heap. */
  private static final Pattern WIDE = Pattern.compile("[0-9]{6,}:");

  private LibsvmFuzz() {}

  /** Reads {@code input} as a training's rows, then as rows to predict. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (WIDE.matcher(new String(input, StandardCharsets.ISO_8859_1)).find()) {
      return;
    }
    Path file = FuzzFile.of(".libsvm", input);
    try {
      Dataset data = Libsvm.read(file);
      Features features = Libsvm.readFeatures(file, data.schema(), ReadProgress.NONE);
      if (features.rows() != data.rows()) {
        throw new AssertionError(features.rows() + " rows to predict of " + data.rows());
      }
    } catch (DataException e) {
      requireSentence(e);
    }
  }

  private static void requireSentence(DataException e) {
    String message = String.valueOf(e.getMessage());
    if (message.isBlank() || message.indexOf('\n') >= 0) {
      throw new AssertionError("no sentence: " + message, e);
    }
  }
}
