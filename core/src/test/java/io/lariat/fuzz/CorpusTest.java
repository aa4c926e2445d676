package io.lariat.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.LibsvmFuzz;
import io.lariat.data.csv.CsvFuzz;
import io.lariat.internal.files.GzipFuzz;
import io.lariat.internal.text.NumberFuzz;
import io.lariat.model.MetadataFuzz;
import io.lariat.model.ModelFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All inputs that fuzzing has found, without the fuzzer. */
class CorpusTest {
  private static final Path CORPUS = Path.of("src", "test", "fuzz");

  private static final Map<String, Consumer<byte[]>> TARGETS =
      Map.of(
          "CsvFuzz", CsvFuzz::fuzzerTestOneInput,
          "GzipFuzz", GzipFuzz::fuzzerTestOneInput,
          "NumberFuzz", NumberFuzz::fuzzerTestOneInput,
          "LibsvmFuzz", LibsvmFuzz::fuzzerTestOneInput,
          "ModelFuzz", ModelFuzz::fuzzerTestOneInput,
          "MetadataFuzz", MetadataFuzz::fuzzerTestOneInput);

  @ParameterizedTest
  @ValueSource(
      strings = {"CsvFuzz", "GzipFuzz", "NumberFuzz", "LibsvmFuzz", "ModelFuzz", "MetadataFuzz"})
  void everyInputIsReadOrRefused(String target) throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      try {
        TARGETS.get(target).accept(Files.readAllBytes(input));
      } catch (RuntimeException | Error e) {
        throw new AssertionError(input + ": " + e, e);
      }
    }
  }
}
