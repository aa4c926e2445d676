package io.lariat.cli.path;

import io.lariat.backend.Choice;
import io.lariat.cli.options.BackendOption;
import io.lariat.cli.options.DataOptions;
import io.lariat.cli.options.ShortRun;
import io.lariat.cli.run.DataRun;
import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Introduction;
import io.lariat.data.Dataset;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearSolution;
import io.lariat.path.NetworkSolution;
import io.lariat.train.Parts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What {@code path} computes of data that was read; writes no file but the parts. */
final class PathRun implements AutoCloseable {
  private final DataRun run;
  private final Dataset data;
  private final DataOptions dataOptions;
  private final PathOptions options;
  private final int threads;

  /** The network without its penalties; null: the models are linear. */
  private final @Nullable Network network;

  /** What trains networks; null: the models are linear. */
  private final @Nullable Choice backend;

  private final String description;

  /**
   * Checks the options against the data.
   *
   * @throws Failure if they do not go together
   */
  PathRun(DataRun run, DataOptions dataOptions, PathOptions options, BackendOption backendOption) {
    this.run = run;
    data = run.data();
    this.dataOptions = dataOptions;
    this.options = options;
    threads = backendOption.threads();
    options.keep.check(data);
    options.adaptTo(data);
    if (options.isLinear()) {
      network = null;
      backend = null;
      description = "double precision";
      return;
    }
    network = options.network(data, dataOptions.head(data));
    boolean isShort = ShortRun.is(network, data, options.epochs());
    // A lone path has all threads, folds have one each.
    backend = backendOption.choose(isShort, options.crossValidates() ? 1 : threads);
    description = BackendOption.description(backend, options.crossValidates() ? threads : 1);
  }

  /** Says what is done with what. */
  void introduce() {
    PrintWriter out = run.out();
    Introduction.line(out, "data", Introduction.data(data, dataOptions.head(data)));
    if (network != null) {
      Introduction.line(out, "network", Introduction.network(network));
      Introduction.line(out, "backend", description);
    }
    out.flush();
  }

  /** How many bytes the chosen model will have, about. */
  private long modelBytes() {
    return network == null
        ? 8L * data.features() * data.schema().target().outputs()
        : 8L * new ParameterLayout(network).size();
  }

  /** The path. */
  PathResult run() {
    Parts parts = run.parts(description, modelBytes(), this::settings);
    long start = System.nanoTime();
    @Nullable LambdaPath<LinearSolution> linear = network == null ? linear(parts) : null;
    LambdaPath<?> path = linear == null ? networks(parts) : linear;
    double seconds = (System.nanoTime() - start) * 1e-9;
    LambdaPath.@Nullable Rule rule = options.crossValidates() ? options.rule() : null;
    // A single lambda needs no choosing.
    @Nullable Integer only = path.points().size() == 1 ? 0 : null;
    @Nullable Integer chosen = rule == null ? only : (Integer) path.chosen(rule);
    List<String> notes = new ArrayList<>(PathNotes.of(path, chosen, rule));
    notes.addAll(data.notes());
    return new PathResult(path, linear, chosen, rule, settings(), notes, description, seconds);
  }

  @Override
  public void close() {
    if (backend != null) {
      backend.close();
    }
  }

  private LambdaPath<LinearSolution> linear(Parts parts) {
    return run.set(options.linear().head(dataOptions.head(data)), threads, parts).fit(data);
  }

  private LambdaPath<NetworkSolution> networks(Parts parts) {
    return run.set(options.networks(Objects.requireNonNull(network)), threads, parts)
        .fit(data, Objects.requireNonNull(backend)::open);
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    dataOptions.describe(settings);
    options.describe(settings);
    return settings;
  }
}
