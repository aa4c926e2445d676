package io.lariat.internal.files;

import io.lariat.data.DataException;
import io.lariat.internal.text.Excerpt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link FolderCommit} does to its folder: a line {@code +name} for a file that comes,
 * {@code -name} for one that goes. A folder may come from anybody, so what its list says is done
 * only if a run of Lariat could have said it.
 *
 * @param coming the names of the files that come
 * @param going the names of those that go
 */
record CommitList(List<String> coming, List<String> going) {
  /** The list's name in the folder of the files that come. */
  static final String NAME = ".list";

  /** Far more than the names of a run's files take. */
  static final int MOST_BYTES = 1 << 16;

  CommitList {
    coming = List.copyOf(coming);
    going = List.copyOf(going);
  }

  /** Whether {@code name} can only mean a file in the folder itself, and none of a commit's own. */
  static boolean isPlain(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && !name.equals(NAME)
        && !FolderCommit.isOwn(name)
        && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0);
  }

  /**
   * Whether {@code committed} has a list, in a form that can be read: without waiting, and without
   * taking what a link leads to.
   *
   * @throws DataException if what is there is nothing that a run leaves
   */
  static boolean isIn(Path committed) throws IOException {
    @Nullable BasicFileAttributes folder = attributes(committed);
    if (folder == null) {
      return false;
    }
    if (!folder.isDirectory()) {
      throw foreign(committed, "is no folder");
    }
    @Nullable BasicFileAttributes list = attributes(committed.resolve(NAME));
    if (list != null && (!list.isRegularFile() || list.size() > MOST_BYTES)) {
      throw foreign(committed, "its list is no short file");
    }
    return list != null;
  }

  /**
   * Reads the text of the list in {@code committed}.
   *
   * @param isKnown whether a file may have this name
   * @throws DataException if a line is not one that a run writes, or a file is there that no line
   *     names, or one that is no regular file
   */
  static CommitList of(Path committed, byte[] text, Predicate<String> isKnown) throws IOException {
    List<String> coming = new ArrayList<>();
    List<String> going = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
      String name = line.isEmpty() ? "" : line.substring(1);
      boolean isComing = line.startsWith("+");
      boolean isLine = isComing || line.startsWith("-");
      if (!isLine || !isKnown.test(name) || !seen.add(name)) {
        throw foreign(committed, "its list says " + Excerpt.of(line));
      }
      (isComing ? coming : going).add(name);
    }
    CommitList list = new CommitList(coming, going);
    list.requireFiles(committed);
    return list;
  }

  private void requireFiles(Path committed) throws IOException {
    List<Path> entries;
    try (Stream<Path> files = Files.list(committed)) {
      entries = files.toList();
    }
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      @Nullable BasicFileAttributes found = attributes(entry);
      if (found == null || name.equals(NAME)) {
        continue; // moved just now, or the list itself
      }
      if (!found.isRegularFile() || !coming.contains(name)) {
        throw foreign(committed, "holds " + Excerpt.of(name) + " other than as a file of its list");
      }
    }
  }

  /** The list's text. */
  byte[] text() {
    List<String> lines = new ArrayList<>();
    coming.forEach(name -> lines.add("+" + name));
    going.forEach(name -> lines.add("-" + name));
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** What is known of a file, not of what it links to; null: there is none. */
  static @Nullable BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** What is said of a folder that no run has left. */
  static DataException foreign(Path committed, String what) {
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %s, which no run of Lariat leaves there, so nothing was changed; remove %s if you"
                + " trust the folder's other files",
            committed,
            what,
            committed.getFileName()));
  }
}
