package io.lariat.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A way in which tables are written to files, such as CSV. Formats are found by {@link
 * ServiceLoader}; a new one is a class of this kind and its {@link TableSource}, with an entry
 * among the services of its module or jar.
 *
 * <p>{@link Table#at(Path)} reads a file in the format that its name says.
 */
public interface TableFormat {

  /** What a file is read as where its name says nothing. */
  String DEFAULT = "csv";

  /** How the name of a file ends that is packed. */
  String GZIP = ".gz";

  /** Its name, in lower-case letters and digits, as an option of the program takes it. */
  String name();

  /**
   * How the names of its files end, in lower case: {@code .csv}. A file that is packed by gzip has
   * {@code .gz} behind it.
   */
  List<String> endings();

  /** Whether the name of {@code file} says that it is of this format; the file is not looked at. */
  default boolean matches(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return endings().stream().anyMatch(end -> name.endsWith(end) || name.endsWith(end + GZIP));
  }

  /** A source of the rows of {@code file}, which need not be there yet: nothing is read. */
  TableSource open(Path file);

  /**
   * The formats that Lariat's own class loader finds and those of the thread's context class
   * loader, by their names and in their order; of two with one name the first.
   */
  static Map<String, TableFormat> all() {
    Map<String, TableFormat> formats = new TreeMap<>();
    for (ClassLoader loader :
        new ClassLoader[] {
          TableFormat.class.getClassLoader(), Thread.currentThread().getContextClassLoader()
        }) {
      ServiceLoader.load(TableFormat.class, loader)
          .forEach(format -> formats.putIfAbsent(format.name(), format));
    }
    return formats;
  }

  /**
   * The format called {@code name}.
   *
   * @throws IllegalArgumentException if there is none
   */
  static TableFormat named(String name) {
    Map<String, TableFormat> all = all();
    @Nullable TableFormat format = all.get(name);
    if (format == null) {
      throw new IllegalArgumentException(
          "no format " + name + "; there are " + String.join(", ", all.keySet()));
    }
    return format;
  }

  /** The format that the name of {@code file} says, or else {@value #DEFAULT}. */
  static TableFormat of(Path file) {
    return all().values().stream()
        .filter(format -> format.matches(file))
        .findFirst()
        .orElseGet(() -> named(DEFAULT));
  }
}
