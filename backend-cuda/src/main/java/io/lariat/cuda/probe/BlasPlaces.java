package io.lariat.cuda.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folders in which cuBLAS may lie, besides those that the system's loader knows: the CUDA
 * toolkit's, then those of Python's packages, in which PyTorch and others bring it along. Folders
 * that the environment names relative to the current one are passed over: a library's code runs as
 * soon as it is loaded, and the current folder may be anybody's.
 */
final class BlasPlaces {
  private BlasPlaces() {}

  /** The folders that are there, the first one preferred. */
  static List<Path> folders(Machine machine) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String name : List.of("CUDA_HOME", "CUDA_PATH")) {
      Path home = folder(machine, name);
      if (home != null) {
        folders.add(home.resolve("lib64"));
        folders.add(home.resolve("lib"));
      }
    }
    for (Path toolkit : children(machine.root().resolve("usr/local"), "cuda*")) {
      folders.add(toolkit.resolve("lib64"));
    }
    for (Path prefix : pythonPrefixes(machine)) {
      folders.add(prefix.resolve("lib")); // conda's own
      for (Path version : children(prefix.resolve("lib"), "python3*")) {
        for (Path packages : children(version, "{site,dist}-packages")) {
          for (Path wheel : children(packages.resolve("nvidia"), "*")) {
            folders.add(wheel.resolve("lib"));
          }
        }
      }
    }
    return folders.stream().filter(Files::isDirectory).toList();
  }

  /** Where Python's packages may be installed: what {@code sys.prefix} may be, and the user's. */
  private static Collection<Path> pythonPrefixes(Machine machine) {
    Set<Path> prefixes = new LinkedHashSet<>();
    for (String name : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      Path prefix = folder(machine, name);
      if (prefix != null) {
        prefixes.add(prefix);
      }
    }
    Path python = python(machine);
    if (python != null) {
      // a virtual environment's python3 is a link to that of its base
      addPrefix(python, prefixes);
      try {
        addPrefix(python.toRealPath(), prefixes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Path home = folder(machine, "HOME");
    if (home != null) {
      prefixes.add(home.resolve(".local"));
    }
    prefixes.add(machine.root().resolve("usr/local"));
    prefixes.add(machine.root().resolve("usr"));
    return prefixes;
  }

  private static void addPrefix(Path python, Set<Path> prefixes) {
    Path bin = python.getParent();
    if (bin != null && bin.getParent() != null) {
      prefixes.add(bin.getParent());
    }
  }

  private static @Nullable Path python(Machine machine) {
    String path = machine.variable("PATH");
    if (path == null) {
      return null;
    }
    for (String folder : path.split(":")) {
      Path python = Path.of(folder, "python3");
      if (python.isAbsolute() && Files.isExecutable(python)) {
        return python;
      }
    }
    return null;
  }

  private static @Nullable Path folder(Machine machine, String variable) {
    String value = machine.variable(variable);
    return value == null || !Path.of(value).isAbsolute() ? null : Path.of(value);
  }

  /** What a folder holds of a pattern, the newest version first; nothing if it cannot be read. */
  static List<Path> children(Path folder, String pattern) {
    if (!Files.isReadable(folder) || !Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, pattern)) {
      children.forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(Collections.reverseOrder(BlasPlaces::byVersion));
    return found;
  }

  /** Compares names in which numbers are versions: {@code cuda-12.9} before {@code cuda-12.10}. */
  private static int byVersion(Path a, Path b) {
    String[] left = parts(a);
    String[] right = parts(b);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order =
          isNumber(left[i]) && isNumber(right[i])
              ? Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]))
              : left[i].compareTo(right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  /** Splits between digits and what is none. */
  private static String[] parts(Path path) {
    return path.getFileName().toString().split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)");
  }

  private static boolean isNumber(String part) {
    return part.matches("\\d{1,9}");
  }
}
