package io.lariat.cli.inspect;

import io.lariat.backend.BackendProvider;
import io.lariat.backend.Backends;
import io.lariat.cli.options.OutputOptions;
import io.lariat.cli.options.VectorModule;
import io.lariat.cli.terminal.Console;
import io.lariat.cli.words.Text;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code lariat backends}: lists what could compute here, and why not. */
@Command(
    name = "backends",
    header = "List the backends, whether each can be used here, and why not.",
    customSynopsis = "lariat backends [OPTIONS]",
    optionListHeading = "%nOptions:%n",
    footer = {"  lariat backends", "  lariat train DATA.csv --target COLUMN --backend reference"})
public final class BackendsCommand implements Callable<Integer> {

  @Mixin private final OutputOptions output;
  private final Console console;

  /** A command that speaks to {@code console}. */
  public BackendsCommand(Console console) {
    this.console = console;
    output = new OutputOptions(console);
  }

  @Override
  public Integer call() {
    output.apply();
    PrintWriter out = console.out();
    VectorModule.load();
    List<BackendProvider> providers = Backends.providers();
    int width = providers.stream().mapToInt(p -> p.name().length()).max().orElse(0);
    @Nullable String best = null;
    for (BackendProvider provider : providers) {
      @Nullable String reason = provider.unavailableReason();
      if (reason == null && best == null) {
        best = provider.name();
      }
      String padded = provider.name() + " ".repeat(width - provider.name().length());
      out.println(
          Text.oneLine(
              padded
                  + (reason == null ? "  usable      " : "  not usable  ")
                  + (reason == null ? provider.details() : reason)));
    }
    out.println(
        best == null
            ? "auto finds no usable backend"
            : "auto takes " + best + ", and reference for trainings of a second or so");
    return ExitCode.OK;
  }
}
