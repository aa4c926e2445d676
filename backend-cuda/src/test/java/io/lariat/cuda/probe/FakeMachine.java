package io.lariat.cuda.probe;

import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine with a file system of its own, and only what is put there. */
class FakeMachine extends Machine {
  final Map<String, String> properties = new HashMap<>();
  final Map<String, String> variables = new HashMap<>();
  String system = "Linux";
  String architecture = "amd64";
  boolean nativeAccess = true;
  String absent = "nothing";
  private final Path root;

  FakeMachine(Path root) {
    this.root = root;
  }

  /** Makes a file, its folders too. */
  FakeMachine with(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "no library\n");
    return this;
  }

  @Override
  String system() {
    return system;
  }

  @Override
  String architecture() {
    return architecture;
  }

  @Override
  Path root() {
    return root;
  }

  @Override
  @Nullable String property(String name) {
    return properties.get(name);
  }

  @Override
  @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  boolean nativeAccess() {
    return nativeAccess;
  }

  @Override
  boolean hasResource(String name) {
    return !name.equals(absent) && super.hasResource(name);
  }

  /** The system's loader knows the driver and nothing else. */
  @Override
  Optional<SymbolLookup> load(@Nullable Path folder, String file) {
    return folder == null && !file.equals("libcuda.so.1")
        ? Optional.empty()
        : super.load(folder, file);
  }
}
