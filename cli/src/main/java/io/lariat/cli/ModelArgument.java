package io.lariat.cli;

import io.lariat.model.Model;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The model that a command reads, its first argument. */
final class ModelArgument {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DIR|MODEL.safetensors",
      converter = FilePath.class,
      description = "A folder that 'lariat train' wrote, or a model file.")
  private @Nullable Path path;

  /**
   * Where it is.
   *
   * @throws Failure if none was named
   */
  Path path() {
    if (path == null) {
      throw Failure.usage("no model given: name a folder that 'lariat train' wrote");
    }
    return path;
  }

  /** Reads it. */
  Model load() {
    return ModelFolder.load(path());
  }
}
