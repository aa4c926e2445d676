package io.lariat.cli.output;

import io.lariat.data.TableFormat;
import io.lariat.internal.files.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folders {@code lariat-out/NAME-1}, {@code NAME-2} and so on, of runs on data called NAME. */
final class NumberedFolders {
  /** The folder that they are in. */
  static final Path PARENT = Path.of("lariat-out");

  /** So that number and suffix have room beside it. */
  private static final int MOST_BYTES = 200;

  private static final int MOST_CHARACTERS = 100;

  private final String name;

  /** Those of runs on the data in {@code data}. */
  NumberedFolders(Path data) {
    name = dataName(data);
  }

  /** The file's name without {@code .csv}, {@code .libsvm} and the like, and {@code .gz}. */
  static String dataName(Path data) {
    Path file = data.getFileName();
    String name = withoutEnding(file == null ? "" : file.toString());
    String usable = name.replaceFirst("^\\.+", "");
    int characters = Math.min(MOST_CHARACTERS, usable.codePointCount(0, usable.length()));
    String some = usable.substring(0, usable.offsetByCodePoints(0, characters));
    return usable.isEmpty() ? "data" : FileNames.cut(some, MOST_BYTES);
  }

  private static String withoutEnding(String file) {
    String endings =
        TableFormat.all().values().stream()
            .flatMap(format -> format.endings().stream())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    String gzip = Pattern.quote(TableFormat.GZIP);
    return file.replaceFirst("(?i)(" + endings + ")?(" + gzip + ")?$", "");
  }

  /** A folder and the workspace that makes it its run's alone. */
  record Claim(Path target, Workspace workspace) {}

  /**
   * Claims the next number.
   *
   * @throws IOException if the folder that they are in cannot be written to
   */
  Claim claim() throws IOException {
    for (int number = highest() + 1; ; number++) {
      Path target = PARENT.resolve(name + "-" + number);
      @Nullable Workspace workspace = Workspace.takeNew(workspace(target));
      if (workspace == null) {
        continue; // another run took this number just now
      }
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return new Claim(target, workspace);
      }
      workspace.remove(); // another run has just finished with it
    }
  }

  private static Path workspace(Path target) {
    return target.resolveSibling(target.getFileName() + Workspace.SUFFIX);
  }

  private Pattern pattern() {
    return Pattern.compile(
        Pattern.quote(name) + "-(\\d{1,8})(" + Pattern.quote(Workspace.SUFFIX) + ")?");
  }

  private int highest() throws IOException {
    Pattern pattern = pattern();
    try (Stream<Path> entries = Files.list(PARENT)) {
      return entries
          .map(entry -> pattern.matcher(entry.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
          .max()
          .orElse(0);
    }
  }

  /**
   * The runs that were interrupted; what others have left that died with nothing is removed.
   *
   * @param resume whether one of them is to be gone on with
   */
  List<Claim> interrupted(boolean resume) throws IOException {
    Pattern pattern = pattern();
    List<Path> found;
    try (Stream<Path> entries = Files.list(PARENT)) {
      found =
          entries
              .filter(entry -> entry.toString().endsWith(Workspace.SUFFIX))
              .filter(entry -> pattern.matcher(entry.getFileName().toString()).matches())
              .toList();
    }
    List<Claim> interrupted = new ArrayList<>();
    for (Path entry : found) {
      @Nullable Workspace left = Workspace.takeLeft(entry);
      if (left == null) {
        continue;
      }
      String file = String.valueOf(entry.getFileName());
      Path target =
          entry.resolveSibling(file.substring(0, file.length() - Workspace.SUFFIX.length()));
      left.tidy(target, resume);
      if (left.isWorthKeeping()) {
        interrupted.add(new Claim(target, left));
      } else {
        left.remove();
      }
    }
    return interrupted;
  }
}
