package io.lariat.data.libsvm;

import io.lariat.data.ReadProgress;
import io.lariat.data.TableSink;
import io.lariat.data.TableSource;
import io.lariat.internal.files.TextFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The lines of a libsvm file, {@code label index:value index:value ... # comment}. An empty line is
 * a row without features where the first line that is not empty has no label, else no row. A line
 * of a comment alone is never one.
 */
final class LibsvmFile implements TableSource {
  private final Path path;

  LibsvmFile(Path path) {
    this.path = path;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String expected() {
    return "lines 'label index:value ...'";
  }

  @Override
  public boolean isSparse() {
    return true;
  }

  @Override
  public void read(ReadProgress progress, TableSink sink) throws IOException {
    LibsvmLines lines = new LibsvmLines(name(), sink);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(TextFile.open(path, progress), StandardCharsets.UTF_8),
            1 << 16)) {
      for (String next = reader.readLine(); next != null; next = reader.readLine()) {
        lines.take(next);
      }
    }
  }
}
