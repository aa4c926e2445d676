package io.lariat.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application of three lines, built and run against the real jars by the real {@code javac} and
 * {@code java}: on the module path, and on the class path with and without the Vector API's flag.
 */
class DeploymentIT {
  private static final Path JDK = Path.of(System.getProperty("java.home"), "bin");
  private static final Path LIBRARY =
      Path.of(System.getProperty("lariat.root"), "cli", "target", "lariat", "lib");

  /** What an application has on its path: all but the program and what only the program needs. */
  private static final Pattern LIBRARIES =
      Pattern.compile("(lariat-(core|back)|gson|fast).*\\.jar");

  private static final String APPLICATION =
      """
      package application;

      import static io.lariat.backend.Activation.*;
      import io.lariat.backend.*;
      import io.lariat.data.*;
      import io.lariat.model.*;
      import io.lariat.train.*;

      public class Application {
        public static void main(String[] args) {
          Dataset data = Dataset.of(new float[][] {{0, 1}, {1, 0}, {0, 2}, {2, 0}}, new float[] {0, 1, 0, 1});
          try (Backend backend = Backends.open()) {
            Training run =
                Trainer.on(backend).epochs(200).optimizer(Optimizer.adam(0.05))
                    .fit(Network.of(2).dense(4, RELU).dense(1, SIGMOID), data);
            System.out.println(backend.name() + " " + run.model().predictClass(new float[] {3, 0}));
          }
        }
      }
      """;

  @TempDir private Path folder;
  private Path classes;
  private String jars = "";

  @BeforeEach
  void writeSources() throws IOException {
    Path sources = Files.createDirectories(folder.resolve("src/application"));
    Files.writeString(sources.resolve("Application.java"), APPLICATION);
    Files.writeString(
        folder.resolve("src/module-info.java"), "module application { requires io.lariat.core; }");
    classes = folder.resolve("classes");
    try (Stream<Path> files = Files.list(LIBRARY)) {
      jars =
          files
              .filter(jar -> LIBRARIES.matcher(jar.getFileName().toString()).matches())
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Test
  void onTheModulePath() throws Exception {
    compile(
        List.of("--module-path", jars),
        List.of("src/module-info.java", "src/application/Application.java"));
    Result result =
        run(
            "java",
            "--module-path",
            jars + File.pathSeparator + classes,
            "--add-modules",
            "io.lariat.simd",
            "--module",
            "application/application.Application");
    assertThat(result.out).as(result.toString()).isEqualTo("simd 1\n");
  }

  @Test
  void onTheClassPathWithTheFlag() throws Exception {
    Result result = runOnTheClassPath("--add-modules", "jdk.incubator.vector");
    assertThat(result.out).as(result.toString()).isEqualTo("simd 1\n");
  }

  @Test
  void onTheClassPathWithoutTheFlagItWorksAndSaysWhichFlagToAdd() throws Exception {
    Result result = runOnTheClassPath();
    assertThat(result.out).as(result.toString()).isEqualTo("reference 1\n");
    assertThat(result.err).contains("--add-modules jdk.incubator.vector");
  }

  @Test
  void aNamedBackendFailsWithTheFlagToAdd() throws Exception {
    Result result = runOnTheClassPath("-Dlariat.backend=simd");
    assertThat(result.code).isEqualTo(1);
    assertThat(result.out).isEmpty();
    assertThat(result.err)
        .contains("backend 'simd' cannot be used: ")
        .contains("--add-modules jdk.incubator.vector");
  }

  private Result runOnTheClassPath(String... options) throws Exception {
    compile(List.of("--class-path", jars), List.of("src/application/Application.java"));
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(List.of(options));
    command.addAll(
        List.of("--class-path", jars + File.pathSeparator + classes, "application.Application"));
    return run(command.toArray(new String[0]));
  }

  private void compile(List<String> options, List<String> sources) throws Exception {
    List<String> command = new ArrayList<>(List.of("javac", "-d", classes.toString()));
    command.addAll(options);
    command.addAll(sources);
    Result result = run(command.toArray(new String[0]));
    assertThat(result.code).as(result.toString()).isZero();
  }

  private Result run(String... command) throws IOException, InterruptedException {
    command[0] = JDK.resolve(command[0]).toString();
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    int code =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Result(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private record Result(int code, String out, String err) {}
}
