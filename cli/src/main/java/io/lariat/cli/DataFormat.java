package io.lariat.cli;

import io.lariat.data.Csv;
import io.lariat.data.Features;
import io.lariat.data.Libsvm;
import io.lariat.data.ReadProgress;
import io.lariat.data.Schema;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

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

  /** Reads all rows of {@code path} for a model. */
  Features readFeatures(Path path, Schema schema, ReadProgress progress) {
    return of(path) == LIBSVM
        ? Libsvm.readFeatures(path, schema, progress)
        : Csv.readFeatures(path, schema, progress);
  }

  /** Reads them in blocks; what of the file the model does not know. */
  List<String> readFeatures(
      Path path, Schema schema, ReadProgress progress, Consumer<Features> rows) {
    return of(path) == LIBSVM
        ? Libsvm.readFeatures(path, schema, progress, rows)
        : Csv.readFeatures(path, schema, progress, rows);
  }
}
