package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.internal.text.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** What is asked of the folder that {@code --out} names before anything is done to it. */
public final class OutputPath {
  /** The characters of a file's path in here, and a few more. */
  private static final int LONGEST_FILE = 80;

  private OutputPath() {}

  /**
   * Without {@code .} and {@code ..}, but where the system would go: above what a link leads to.
   */
  static Path withoutDetours(Path folder) {
    Path at = Objects.requireNonNullElse(folder.getRoot(), Path.of(""));
    try {
      for (Path name : folder) {
        boolean isUp = name.toString().equals("..") && Files.isSymbolicLink(at);
        at = (isUp ? at.toRealPath() : at).resolve(name).normalize();
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    return at.toString().isEmpty() ? folder : at;
  }

  /**
   * Of a run's files none may be the data that it reads. A model may be: it is replaced by the one
   * that it was trained on to, if that is asked for.
   *
   * @throws Failure if the data would be replaced or removed
   */
  public static void requireNoData(Path target, Path data) {
    for (String name : RunFiles.ALL) {
      if (OutputFile.isSame(target.resolve(name), data)) {
        throw Failure.usage(
            Text.of(
                "--out %s: has the input %s under the name of a run's file; name another folder",
                target, data));
      }
    }
  }

  /**
   * What is in the place of a run's files keeps them from being written.
   *
   * @throws Failure if it is
   */
  static void requireNothingInTheWay(Path target) {
    if (!Files.isDirectory(target)) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw Failure.run("--out " + target + ": is a file; name a folder");
      }
      return;
    }
    for (String name : RunFiles.ALL) {
      if (Files.isDirectory(target.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw Failure.run(
            Text.of(
                "--out %s: holds a folder called %s, which is a file of a run; rename it, or name"
                    + " another folder",
                target, name));
      }
    }
  }

  /** To look for a name that is too long is refused, and so is a path, with its files' names. */
  static void requireShort(Path target) throws IOException {
    requirePossible(target);
    requirePossible(target.resolve("-".repeat(LONGEST_FILE)));
  }

  /** What to say of a folder that cannot be written to. */
  static Failure unwritable(Path folder, IOException e) {
    return Failure.run(
        Text.of(
            "output folder %s: cannot be written: %s; name another folder with --out",
            folder, FileProblem.reason(e)));
  }

  private static void requirePossible(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return; // it could be made
    }
  }
}
