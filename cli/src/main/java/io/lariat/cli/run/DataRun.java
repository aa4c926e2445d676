package io.lariat.cli.run;

import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.output.OutputFolder;
import io.lariat.cli.output.PartFolder;
import io.lariat.cli.words.Text;
import io.lariat.cli.words.Version;
import io.lariat.data.Dataset;
import io.lariat.train.Cancellation;
import io.lariat.train.JobProgress;
import io.lariat.train.Parts;
import io.lariat.train.Procedure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A run of a {@link DataCommand} whose data are there.
 *
 * @param data what was read
 * @param readSeconds how long that took
 * @param folder where the files go
 * @param output how much is said
 * @param progress shows how many parts of the run are done
 */
public record DataRun(
    Dataset data,
    double readSeconds,
    OutputFolder folder,
    OutputOptions output,
    JobProgress progress) {

  /** Where what is said of the run goes. */
  public PrintWriter out() {
    return output.out();
  }

  /** Is cancelled by Ctrl-C. */
  public Cancellation cancellation() {
    return output.interrupt().cancellation();
  }

  /** Sets what all procedures have of the run. */
  public <S extends Procedure<S>> S set(S procedure, int threads, Parts parts) {
    return procedure.threads(threads).cancellation(cancellation()).progress(progress).parts(parts);
  }

  /**
   * The finished parts of the run: those that were kept if it is one that goes on.
   *
   * @param computedBy what computes: other backends round otherwise
   * @param model the bytes of the model that will be written, about; there must be room for it
   * @param settings all that the parts depend on besides; asked for when there are parts
   */
  public PartFolder parts(String computedBy, long model, Supplier<Map<String, Object>> settings) {
    return folder.parts(() -> identity(computedBy, settings.get()), model, output::note);
  }

  private List<String> identity(String computedBy, Map<String, Object> settings) {
    List<String> lines = new ArrayList<>();
    lines.add("lariat: " + Version.lariat());
    lines.add("data hash: " + data.sha256(data.rows()));
    lines.add("computed by: " + computedBy);
    settings.forEach((name, value) -> lines.add(name + ": " + Text.oneLine("" + value)));
    return lines;
  }
}
