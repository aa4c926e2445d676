package io.lariat.cli;

import java.nio.file.Path;
import java.util.Locale;

/** How a file of rows is written. */
enum DataFormat {
  /** As its name says: libsvm if it ends in .libsvm, .svm or .svmlight (and .gz), else CSV. */
  AUTO,
  CSV,
  LIBSVM;

  /** The format of {@code path}: this one, or what its name says. */
  DataFormat of(Path path) {
    if (this != AUTO) {
      return this;
    }
    String name = path.toString().toLowerCase(Locale.ROOT);
    return name.matches(".*\\.(libsvm|svm|svmlight)(\\.gz)?") ? LIBSVM : CSV;
  }
}
