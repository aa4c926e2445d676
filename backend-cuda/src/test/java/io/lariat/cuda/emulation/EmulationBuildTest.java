package io.lariat.cuda.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building once, with a build script that only notes that it ran. */
class EmulationBuildTest {
  @TempDir private Path module;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    Emulation.assumeThere();
    script = module.resolve("src/test/cpp/build");
    Files.createDirectories(script.getParent());
    Files.writeString(
        script, "echo ran >>\"$(dirname \"$0\")/../../../runs\"; touch \"$1/made\"\n");
    Files.createDirectories(module.resolve("src/main/cuda"));
    Files.writeString(module.resolve("src/main/cuda/kernels.cu"), "one");
  }

  private int runs() throws IOException {
    return Files.readAllLines(module.resolve("runs")).size();
  }

  @Test
  void buildsAgainOnlyWhenSourcesChanged() throws IOException, InterruptedException {
    Path first = new EmulationBuild(module).folder();
    assertThat(first.resolve("made")).exists();
    assertThat(new EmulationBuild(module).folder()).isEqualTo(first);
    assertThat(runs()).isEqualTo(1);
    Files.writeString(module.resolve("src/main/cuda/kernels.cu"), "two");
    assertThat(new EmulationBuild(module).folder()).isNotEqualTo(first);
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void severalAtOnceGetOneFolder() throws ExecutionException, InterruptedException, IOException {
    Files.writeString(script, "sleep 0.3; touch \"$1/made\"\n");
    try (ExecutorService executor = Executors.newFixedThreadPool(3)) {
      Future<Path> one = executor.submit(() -> new EmulationBuild(module).folder());
      Future<Path> two = executor.submit(() -> new EmulationBuild(module).folder());
      assertThat(one.get()).isEqualTo(two.get());
      assertThat(one.get().resolve("made")).exists();
    }
    try (Stream<Path> all = Files.list(module.resolve("target/emulation"))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void aFailureShowsWhatTheCompilerSaid() throws IOException {
    Files.writeString(script, "echo 'error: no such thing'; exit 1\n");
    assertThatThrownBy(() -> new EmulationBuild(module).folder())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no such thing");
    try (Stream<Path> all = Files.list(module.resolve("target/emulation"))) {
      assertThat(all).isEmpty();
    }
  }
}
