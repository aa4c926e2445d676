package io.lariat.cli.run;

import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.FolderOptions;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.output.OutputFolder;
import io.lariat.cli.terminal.Gauge;
import io.lariat.cli.terminal.Interrupt;
import io.lariat.data.DataException;
import io.lariat.data.Dataset;
import io.lariat.train.JobProgress;
import io.lariat.train.TrainingException;
import java.util.concurrent.CancellationException;

/**
 * The course of every command that reads data and writes a folder of files: takes the folder, so
 * that no other run has it, has Ctrl-C waited for from then on, reads, computes, and sees to what
 * was finished if that ends early.
 *
 * @param data what to read
 * @param folder where the files go
 * @param output how much is said
 */
public record DataCommand(DataOptions data, FolderOptions folder, OutputOptions output) {

  /** What a command makes of its data. */
  @FunctionalInterface
  public interface Work {
    /** Computes, writes the files and says what there is to say; the exit code. */
    int of(DataRun run);
  }

  /**
   * Runs a command whose options have been checked.
   *
   * @param doing what is shown to be done meanwhile
   * @param done what is not complete if the program is told to stop
   * @return the exit code
   */
  public int run(String doing, String done, Work work) {
    try (OutputFolder taken = folder.folder(data.path());
        Gauge gauge = new Gauge(output.err(), output.isQuiet(), doing)) {
      output.interrupt().arm(taken::close);
      long start = System.nanoTime();
      Dataset read = data.read(output);
      double seconds = (System.nanoTime() - start) * 1e-9;
      JobProgress progress =
          (jobs, all) -> gauge.show(jobs, all, () -> doing + ": " + jobs + " of " + all);
      try {
        return work.of(new DataRun(read, seconds, taken, output, progress));
      } catch (CancellationException e) {
        output
            .err()
            .println("lariat: stopped before the " + done + " was complete; " + taken.leaveParts());
        return Interrupt.EXIT_CODE;
      } catch (TrainingException | DataException e) {
        taken.discardParts(); // it would end the same way again
        throw e;
      }
    }
  }
}
