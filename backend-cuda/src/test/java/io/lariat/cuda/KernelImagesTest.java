package io.lariat.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whether the kernels' images are what the sources give. That they were made from the sources as
 * they are is seen anywhere, by hashes; that their bytes are right only where the same nvcc is.
 */
class KernelImagesTest {
  private static final Path SOURCES = Path.of("src/main/cuda");
  private static final Path IMAGES = Path.of("src/main/resources/io/lariat/cuda");

  /** The exit status by which {@code build-kernels --check} says that it has no such nvcc. */
  private static final int CANNOT_TELL = 3;

  @Test
  void imagesWereMadeFromTheSourcesAsTheyAre() throws IOException {
    String hash = sha256(listOfSources().getBytes(UTF_8));
    assertThat(record())
        .as("kernels.txt; after a change of src/main/cuda run backend-cuda/build-kernels")
        .containsEntry("sources", hash);
  }

  @Test
  void imagesAreThoseThatWereMade() throws IOException {
    for (String image : List.of("kernels.ptx", "kernels.sm_90.cubin")) {
      assertThat(record())
          .as("kernels.txt; images are written by backend-cuda/build-kernels alone")
          .containsEntry(image, sha256(Files.readAllBytes(IMAGES.resolve(image))));
    }
  }

  @Test
  void sourcesGiveTheImagesByteForByte() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder("./build-kernels", "--check").redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), UTF_8).strip();
    int status = check.waitFor();
    if (status == CANNOT_TELL) {
      System.err.println("KernelImagesTest: only hashes were compared: " + said);
      return;
    }
    assertThat(status).as(said).isZero();
  }

  /** What sha256sum prints of the sources, by name. */
  private static String listOfSources() throws IOException {
    StringBuilder list = new StringBuilder();
    for (String pattern : List.of("*.cu", "*.cuh")) {
      try (var files = Files.newDirectoryStream(SOURCES, pattern)) {
        for (Path file : sorted(files)) {
          list.append(sha256(Files.readAllBytes(file)))
              .append("  ")
              .append(file.getFileName())
              .append('\n');
        }
      }
    }
    return list.toString();
  }

  private static List<Path> sorted(Iterable<Path> files) {
    Stream.Builder<Path> all = Stream.builder();
    files.forEach(all);
    return all.build().sorted().toList();
  }

  /** The lines of kernels.txt: a word, and what is said of it. */
  private static Map<String, String> record() throws IOException {
    return Files.readAllLines(IMAGES.resolve("kernels.txt")).stream()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toMap(words -> words[0], words -> words[1]));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JVM has SHA-256", e);
    }
  }
}
