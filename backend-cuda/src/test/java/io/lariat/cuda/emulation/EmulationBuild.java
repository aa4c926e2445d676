package io.lariat.cuda.emulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Builds the emulation's libraries, when the sources changed since they were built. */
final class EmulationBuild {
  private final Path module;

  /** Of a checkout's module. */
  EmulationBuild(Path module) {
    this.module = module;
  }

  /**
   * The folder with the libraries of the sources as they are now. Two processes may ask at the same
   * time: both build, and the first to finish gives its folder the name.
   */
  Path folder() throws IOException, InterruptedException {
    Path all = module.resolve("target/emulation");
    Path finished = all.resolve(digest());
    if (!Files.isDirectory(finished)) {
      Files.createDirectories(all);
      Path fresh = Files.createTempDirectory(all, "building");
      try {
        build(fresh);
        move(fresh, finished);
      } finally {
        delete(fresh);
      }
    }
    return finished;
  }

  private void build(Path into) throws IOException, InterruptedException {
    Path log = into.resolve("log");
    int exit =
        new ProcessBuilder("bash", module.resolve("src/test/cpp/build").toString(), into.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException(
          "the CPU emulation of CUDA does not compile:\n" + Files.readString(log));
    }
  }

  private static void move(Path fresh, Path finished) throws IOException {
    try {
      Files.move(fresh, finished, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Most likely another process was faster, with the same sources.
      if (!Files.isDirectory(finished)) {
        throw e;
      }
    }
  }

  private String digest() throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (String folder : List.of("src/main/cuda", "src/test/cpp")) {
      if (!Files.isDirectory(module.resolve(folder))) {
        continue;
      }
      try (Stream<Path> files = Files.walk(module.resolve(folder))) {
        for (Path file : files.filter(EmulationBuild::isSource).sorted().toList()) {
          digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
          digest.update(Files.readAllBytes(file));
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  private static boolean isSource(Path path) {
    return Files.isRegularFile(path) && !path.toString().endsWith(".md");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
