package io.lariat.cli.options;

import io.lariat.cli.output.ModelFolder;
import io.lariat.cli.words.Failure;
import io.lariat.model.Model;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The model that a command reads, its first argument. */
public final class ModelArgument {

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
  public Path path() {
    if (path == null) {
      throw Failure.usage("no model given: name a folder that 'lariat train' wrote");
    }
    return path;
  }

  /** Reads it. */
  public Model load() {
    return ModelFolder.load(path());
  }
}
