package io.lariat.data.libsvm;

import io.lariat.data.TableFormat;
import io.lariat.data.TableSource;
import java.nio.file.Path;
import java.util.List;

/** libsvm (svmlight): a line a row, only what is not zero; see {@link io.lariat.data.Libsvm}. */
public final class LibsvmFormat implements TableFormat {
  /** For {@link java.util.ServiceLoader}. */
  public LibsvmFormat() {}

  @Override
  public String name() {
    return "libsvm";
  }

  @Override
  public List<String> endings() {
    return List.of(".libsvm", ".svm", ".svmlight");
  }

  @Override
  public TableSource open(Path file) {
    return new LibsvmFile(file);
  }
}
