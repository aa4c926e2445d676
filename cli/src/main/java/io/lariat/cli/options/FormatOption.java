package io.lariat.cli.options;

import io.lariat.data.Table;
import io.lariat.data.TableFormat;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How a file of rows is written: in a format that there is, or in the one that its name says. */
public final class FormatOption {
  /** As the file's name says. */
  static final String AUTO = "auto";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = AUTO,
      converter = Converter.class,
      completionCandidates = Endings.class,
      description =
          "auto or one of ${COMPLETION-CANDIDATES}; auto looks at the file's name, and takes other"
              + " files for CSV (default: ${DEFAULT-VALUE}).")
  private String format;

  /** The formats, each with how the names of its files end. */
  static final class Endings implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return TableFormat.all().values().stream()
          .map(known -> known.name() + " (" + String.join(", ", known.endings()) + ")")
          .iterator();
    }
  }

  /** Reads the word. */
  static final class Converter extends OneOf<String> {
    Converter() {
      super(Stream.concat(Stream.of(AUTO), TableFormat.all().keySet().stream()).toList());
    }
  }

  /** The table in {@code file}, of which nothing is read yet. */
  public Table table(Path file) {
    return format.equals(AUTO) ? Table.at(file) : Table.at(file, TableFormat.named(format));
  }
}
