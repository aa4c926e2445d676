package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.cli.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./lariat} itself: beside other options of the JVM, copied, and in folders of any name. */
class LauncherIT {
  private static final Path BUILD = Path.of("cli", "target", "lariat");

  @TempDir private Path folder;

  @Tag("F6")
  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -XX:+UseG1GC",
    "JAVA_TOOL_OPTIONS, -XX:+UseZGC -Xmx512m",
    "JAVA_TOOL_OPTIONS, -XX:+UseSerialGC",
    "JAVA_TOOL_OPTIONS, -XX:+AggressiveHeap",
    "JDK_JAVA_OPTIONS, -XX:+UseParallelGC",
    "JDK_JAVA_OPTIONS, -XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC",
    "JDK_JAVA_OPTIONS, @options",
    "LARIAT_JAVA_OPTS, -XX:+UseG1GC",
    "LARIAT_JAVA_OPTS, @options",
    "LARIAT_JAVA_OPTS, -Dname='two words' -Xmx512m",
    "LARIAT_JAVA_OPTS, -Dpattern=*"
  })
  void startsBesideOtherOptionsOfTheJvm(String variable, String options) throws IOException {
    Files.writeString(folder.resolve("options"), "-XX:+UseG1GC\n-Dname='two words'\n");
    Outcome run = Program.realIn(folder, Map.of(variable, options), "--version");
    assertThat(run.out()).startsWith("lariat ");
    assertThat(run.errLines()).allMatch(line -> line.contains("Picked up " + variable));
    assertThat(run.code()).isZero();
  }

  @Tag("F6")
  @ParameterizedTest
  @CsvSource({
    "JAVA_TOOL_OPTIONS, -XX:+UseLargePages",
    "JAVA_TOOL_OPTIONS, -XX:+PrintCommandLineFlags",
    "JAVA_TOOL_OPTIONS, -Xlog:gc*",
    "JDK_JAVA_OPTIONS, -Xlog:startuptime -XX:+PrintCommandLineFlags",
    "LARIAT_JAVA_OPTS, -XX:+UseLargePages",
    "LARIAT_JAVA_OPTS, -XX:+PrintCommandLineFlags",
  })
  void whatTheJvmSaysIsNoOutput(String variable, String options) {
    String plain = Program.real(folder, "--version").out();
    Outcome run = Program.realIn(folder, Map.of(variable, options), "--version");
    assertThat(run.out()).isEqualTo(plain);
    assertThat(run.code()).isZero();
  }

  @Test
  @Tag("F6")
  void theLogOfTheJvmIsThereForWhoAsks() throws IOException {
    Path log = folder.resolve("jvm.log");
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "LARIAT_JAVA_OPTS")) {
      Program.realIn(folder, Map.of(variable, "-Xlog:gc*:file=" + log), "--version");
      assertThat(log).content().contains("[gc");
      Files.delete(log);
      Outcome run = Program.realIn(folder, Map.of(variable, "-Xlog:gc*:stderr"), "--version");
      assertThat(run.err()).contains("[gc");
    }
  }

  @Test
  void aFolderThatIsGoneIsSaid() {
    Outcome run =
        Program.inShell(folder, "mkdir gone && cd gone && rmdir ../gone && \"$@\"", "--version");
    assertThat(run.errLines())
        .last()
        .isEqualTo("lariat: the current folder has been removed: change to another one");
    assertThat(run.err()).doesNotContain("java");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  @Tag("F6")
  void aQuoteWithoutItsEndIsSaid() {
    Outcome run = Program.realWith(folder, "-Dname='two words", "--version");
    assertThat(run.err())
        .isEqualTo(
            "lariat: LARIAT_JAVA_OPTS: expected an end for each quote, found -Dname='two words\n");
    assertThat(run.code()).isEqualTo(1);
  }

  @Test
  @Tag("F7")
  @Tag("D22")
  void everyUserMayReadWhatIsBuilt() throws IOException {
    for (Path built : List.of(BUILD, BUILD.resolve("lib"))) {
      try (Stream<Path> files = Files.list(Program.ROOT.resolve(built))) {
        assertThat(files.filter(file -> file.toString().matches(".*(\\.jar|sources|jdk)")))
            .isNotEmpty()
            .allMatch(LauncherIT::isForAll);
      }
    }
    for (String module : List.of("core", "backend-cpu-simd", "cli")) {
      try (Stream<Path> files = Files.list(Program.ROOT.resolve(module).resolve("target"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".jar")))
            .isNotEmpty()
            .allMatch(LauncherIT::isForAll);
      }
    }
  }

  private static boolean isForAll(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Tag("F21")
  @Tag("D23")
  @ParameterizedTest
  @ValueSource(strings = {"plain", "two words", "a:b", "wow!", "\ud83d\ude00 'quoted' $HOME *"})
  void aCopyRunsWithoutBuildingItself(String name) throws IOException {
    Path copy = copy(name);
    Outcome run = run(copy, "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("lariat ");
    assertThat(run.code()).isZero();

    Path source = copy.resolve("core/src/main/java/io/lariat/internal/text/Printable.java");
    Files.writeString(source, "\n", StandardOpenOption.APPEND);
    Program.inShell(
        copy, "touch -t 200001010000 core/src/main/java/io/lariat/internal/text/Printable.java");
    Outcome changed = run(copy, "--version");
    assertThat(changed.err())
        .containsPattern("the sources have changed|cannot be built in .*, where Java");
    assertThat(changed.code()).isEqualTo(1);
  }

  @Test
  @Tag("F21")
  void aBuildWithoutItsSourcesRuns() throws IOException {
    Path copy = copy("build");
    Program.inShell(copy, "rm -r core cli/src cli/pom.xml backend-* pom.xml");
    Outcome run = run(copy, "--version");
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isZero();
  }

  /** What a container gets: sources, launcher and build, with times of their own. */
  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    Outcome copied =
        Program.inShell(
            copy,
            "root=${1%/lariat} && cp \"$root/lariat\" \"$root/pom.xml\" . && mkdir -p cli/target"
                + " && cp -r \"$root/cli/target/lariat\" cli/target && for module in core cli"
                + " backend-cpu-simd backend-cuda; do mkdir -p $module/src && cp"
                + " \"$root/$module/pom.xml\" $module && cp -r \"$root/$module/src/main\""
                + " $module/src; done && cp \"$root/cli/sources\" cli && find . -exec touch -t"
                + " 203001010000 {} + && touch -t 202001010000 cli/target/lariat/jdk");
    assertThat(copied.err()).isEmpty();
    return copy;
  }

  /** Runs the copy beside a Maven that does nothing but fail. */
  private static Outcome run(Path copy, String... arguments) {
    return Program.inShell(
        copy,
        "shift; mkdir -p bin && printf '#!/bin/sh\\nexit 1\\n' >bin/mvn && chmod +x bin/mvn"
            + " && XDG_CACHE_HOME=${PWD%/*}/cache PATH=./bin:$PATH ./lariat \"$@\"",
        arguments);
  }
}
