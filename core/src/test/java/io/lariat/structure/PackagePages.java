package io.lariat.structure;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The reading orders in a module's package-info files. Doclint checks what they link to; this, the
 * classes they name as code because links to them would lead nowhere.
 */
public final class PackagePages {
  private static final Pattern NAMED = Pattern.compile("\\{@code\\s+(?:\\* )?([A-Z]\\w*[a-z]\\w*)");
  private static final String PAGE = "package-info.java";

  private PackagePages() {}

  /** Fails where a page names a class that the sources below {@code root} do not have. */
  public static void requireRealNames(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(root)) {
      files = found.filter(file -> file.toString().endsWith(".java")).toList();
    }
    Set<String> classes =
        files.stream()
            .map(file -> file.getFileName().toString().replace(".java", ""))
            .collect(toCollection(TreeSet::new));
    for (Path page : files) {
      if (page.endsWith(PAGE)) {
        assertThat(names(page)).as("classes that %s names", page).isSubsetOf(classes);
      }
    }
    assertThat(classes).as("sources below %s", root).contains("package-info");
  }

  private static Set<String> names(Path page) throws IOException {
    return NAMED
        .matcher(Files.readString(page).replaceAll("\\R \\* ?", " "))
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }
}
