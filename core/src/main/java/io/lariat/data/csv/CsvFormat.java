package io.lariat.data.csv;

import io.lariat.data.TableFormat;
import io.lariat.data.TableSource;
import java.nio.file.Path;
import java.util.List;

/** CSV: a line a row, commas between its cells; see {@link io.lariat.data.Csv}. */
public final class CsvFormat implements TableFormat {
  /** For {@link java.util.ServiceLoader}. */
  public CsvFormat() {}

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public List<String> endings() {
    return List.of(".csv");
  }

  @Override
  public TableSource open(Path file) {
    return new CsvFile(file);
  }
}
