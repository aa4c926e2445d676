import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every Java file of the project; the build calls it from the root.
 *
 * <p>Arguments: {@code check} or {@code apply}, then the formatter's jar. A program of our own, as
 * the formatter takes files but no folders, and so that a failure names the command that repairs
 * it.
 */
final class Format {
  private Format() {}

  static void main(String[] args) throws IOException, InterruptedException {
    boolean check = args[0].equals("check");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", args[1]));
    command.addAll(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    // A module's sources are two levels down, or three: benchmarks/peers/src.
    try (Stream<Path> folders = Files.walk(Path.of("."), 3)) {
      for (Path folder : folders.filter(Format::holdsSources).sorted().toList()) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(command::add);
        }
      }
    }
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (check && exit != 0) {
      System.err.println(
          "The files named above are not formatted. To format them: mvn -q -N -Pformat"
              + " process-sources");
    }
    System.exit(exit);
  }

  private static boolean holdsSources(Path path) {
    return Files.isDirectory(path) && (path.endsWith("src") || path.endsWith(".ci"));
  }
}
