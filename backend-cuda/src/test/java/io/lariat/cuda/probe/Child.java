package io.lariat.cuda.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what can be tried once in a JVM or depends on how it was started. */
public final class Child {
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  private final List<String> flags = new ArrayList<>();
  private final List<String> launcher = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");
  private String libraries = "";

  private Child() {}

  /** With native access. */
  public static Child plain() {
    return withoutNativeAccess().flag(NATIVE_ACCESS);
  }

  /** Without. */
  public static Child withoutNativeAccess() {
    return new Child();
  }

  /** Adds a flag. */
  public Child flag(String flag) {
    flags.add(flag);
    return this;
  }

  /** Lets it have its temporary files in a folder. */
  public Child in(Path folder) {
    return flag("-Djava.io.tmpdir=" + folder);
  }

  /** Starts it by another command. */
  public Child by(String... command) {
    launcher.addAll(List.of(command));
    return this;
  }

  /** Takes jars off the class path. */
  public Child withoutJars(String beginning) {
    List<String> kept = new ArrayList<>(List.of(classPath.split(":")));
    assertThat(kept.removeIf(p -> Path.of(p).getFileName().toString().startsWith(beginning)))
        .isTrue();
    classPath = String.join(":", kept);
    return this;
  }

  /** Lets the system's loader look for libraries in a folder. */
  public Child libraries(Path folder) {
    libraries = folder.toString();
    return this;
  }

  /** What it printed to standard output; nothing may come from standard error. */
  public String run(Class<?> main) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-XX:+UseSerialGC");
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, main.getName()));
    Path errors = Files.createTempFile("child", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
      builder.environment().put("LD_LIBRARY_PATH", libraries);
      builder.environment().remove("CUDA_VISIBLE_DEVICES");
      Process process = builder.start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(errors)).isEmpty();
      assertThat(process.exitValue()).isZero();
      return out;
    } finally {
      Files.delete(errors);
    }
  }
}
