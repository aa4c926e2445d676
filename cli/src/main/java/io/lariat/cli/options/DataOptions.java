package io.lariat.cli.options;

import io.lariat.cli.terminal.Reading;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Text;
import io.lariat.data.Dataset;
import io.lariat.data.ReadProgress;
import io.lariat.data.SparseSink;
import io.lariat.data.Table;
import io.lariat.data.Target;
import io.lariat.model.Head;
import io.lariat.model.Heads;
import io.lariat.model.Model;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what is learnt from what. */
public final class DataOptions {

  // Not required for picocli, which would complain of these before it complains of a misspelt
  // option; check() asks for them.
  @Parameters(
      arity = "0..1",
      paramLabel = "DATA.csv|.libsvm[.gz]",
      converter = FilePath.class,
      description = "CSV file with a header line, or libsvm file; plain or gzip.")
  private @Nullable Path data;

  @Option(
      names = "--target",
      paramLabel = "COLUMN",
      description =
          "Column to predict (required, but for a libsvm file, which has it first in each line).")
  private @Nullable String target;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      defaultValue = "auto",
      converter = TaskChoice.Converter.class,
      completionCandidates = TaskChoice.Converter.class,
      description =
          "${COMPLETION-CANDIDATES}; auto looks at the target; where the loss has a number, that"
              + " may follow a colon (default: ${DEFAULT-VALUE}).")
  private TaskChoice task;

  @Mixin private FormatOption format;

  /** What says what the columns mean; null: the file does. */
  private @Nullable Model known;

  /**
   * Has the file read as a model means it.
   *
   * @throws Failure if the options say something else
   */
  public void under(Model model) {
    known = model;
    Target expected = model.schema().target();
    if (target != null && !target.equals(expected.name())) {
      throw Failure.usage(
          "--target " + target + ": the model of --from predicts '" + expected.name() + "'");
    }
    @Nullable Head head = task.head();
    if (head != null && !head.loss().equals(model.head().loss())) {
      throw Failure.usage("--task " + task.word() + ": the model of --from is " + model.head());
    }
  }

  /**
   * Checks that the task has its usual loss.
   *
   * @param what needs that, for the message
   */
  public void requireUsualHead(String what) {
    @Nullable Head head = task.head();
    if (head != null && !head.loss().equals(Heads.of(head.task()).loss())) {
      throw Failure.usage(
          "--task " + task.word() + ": " + what + " by " + Heads.of(head.task()) + "; use that");
    }
  }

  /** Checks that there is something to read. */
  public void check() {
    path();
    target();
  }

  /** The file. */
  public Path path() {
    if (data == null) {
      throw Failure.usage(
          "no data given: name a CSV file, 'lariat train DATA.csv --target COLUMN'");
    }
    return data;
  }

  private Table table() {
    return format.table(path());
  }

  private String target() {
    if (table().source().isSparse()) {
      if (target != null) {
        throw Failure.usage(
            "--target: "
                + path()
                + " has its target first in each line; leave --target out, or use --format csv");
      }
      return SparseSink.TARGET;
    }
    if (known != null) {
      return known.schema().target().name();
    }
    if (target == null) {
      throw Failure.usage("no target given: name the column to predict with --target COLUMN");
    }
    return target;
  }

  /**
   * Reads the file and shows how far that is. The program ends at once if it is told to meanwhile.
   */
  public Dataset read(OutputOptions output) {
    return read(
        path(),
        output,
        shown ->
            known != null
                ? table().read(known.schema(), shown)
                : table().read(target(), task.task(), shown));
  }

  /**
   * Reads another file likewise, by the columns of what was read: by name, where there are names.
   *
   * @throws Failure if the rows of one are sparse and those of the other are not
   */
  public Dataset readLike(Dataset data, Path other, OutputOptions output) {
    Table table = format.table(other);
    if (table.source().isSparse() != (data.sparseRows() != null)) {
      throw Failure.run(
          Text.of(
              "%s: is not written as %s is, %s; use a file of the same format",
              other,
              data.source(),
              table.source().isSparse() ? "as its rows are sparse" : "as its rows are not sparse"));
    }
    return read(other, output, shown -> table.read(data.schema(), shown));
  }

  private static Dataset read(
      Path file, OutputOptions output, Function<ReadProgress, Dataset> reading) {
    Dataset read =
        output
            .interrupt()
            .endingAtOnce(
                output.err(),
                Text.oneLine("stopped while reading " + file + "; nothing was written"),
                () -> {
                  try (Reading shown = output.reading()) {
                    return reading.apply(shown);
                  }
                });
    read.notes().forEach(note -> output.note(read.source() + ": " + note));
    return read;
  }

  /** What a network's outputs are for that predicts the target. */
  public Head head(Dataset data) {
    return known == null ? task.headFor(data) : known.head();
  }

  /** Adds the settings. */
  public void describe(Map<String, Object> settings) {
    settings.put("target", target());
    settings.put("task", task.word());
  }
}
