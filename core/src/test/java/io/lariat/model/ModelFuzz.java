package io.lariat.model;

import io.lariat.fuzz.FuzzFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Model files of any bytes: what loads is saved to bytes that load to the same again. */
public final class ModelFuzz {
  private ModelFuzz() {}

  /** Loads {@code input}. */
  public static void fuzzerTestOneInput(byte[] input) {
    roundTrip(FuzzFile.of(".safetensors", input));
  }

  /** Loads {@code file}, if it is a model, saves and loads again. */
  static void roundTrip(Path file) {
    Model model;
    try {
      model = Model.load(file);
    } catch (ModelException e) {
      return;
    }
    Path again = FuzzFile.named("-again.safetensors");
    model.save(again);
    byte[] once = bytes(again);
    Model.load(again).save(again);
    if (!Arrays.equals(once, bytes(again))) {
      throw new AssertionError("saved, loaded and saved again it is another file");
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
