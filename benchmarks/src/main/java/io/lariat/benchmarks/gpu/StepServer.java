package io.lariat.benchmarks.gpu;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendUnavailableException;
import io.lariat.backend.Backends;
import io.lariat.backend.PenaltyMethod;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import io.lariat.model.Network;
import io.lariat.model.Weights;
import io.lariat.train.Epoch;
import io.lariat.train.Optimizer;
import io.lariat.train.Trainer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Training steps of Lariat, through its public API, on any backend; takes commands, a line each,
 * and answers each with a line.
 *
 * <pre>
 * losses CASE WAY STEPS   the losses of the first steps, on rows in order: losses 1.5 1.4 ...
 * time CASE WAY EPOCHS    starts anew and takes one epoch more: seconds 0.1 ..., without the first
 * forget                  frees what the cases before took: forgotten
 * </pre>
 *
 * <p>A way is {@code subgradient} or {@code proximal}, a penalty method, or {@code plain}, without
 * a penalty. An epoch's time is {@link Epoch#seconds}: shuffling and the reading of losses count.
 */
final class StepServer {
  private final Backend backend;
  private final CaseFiles files;
  private final Map<String, StepCase> cases = new HashMap<>();
  private @Nullable StepCase loaded;
  private @Nullable Dataset data;

  private StepServer(Backend backend, CaseFiles files) throws IOException {
    this.backend = backend;
    this.files = files;
    files.cases().forEach(c -> cases.put(c.name(), c));
  }

  /** The folder of {@link CaseFiles}, and a backend's name. */
  public static void main(String[] args) throws IOException {
    serve(
        new CaseFiles(Path.of(args[0])),
        args[1],
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        System.out);
  }

  /** Answers {@code commands} to their end. */
  static void serve(CaseFiles files, String name, BufferedReader commands, PrintStream answers)
      throws IOException {
    try (Backend backend = Backends.open(name)) {
      StepServer server = new StepServer(backend, files);
      answers.println("ready " + backend.description());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answers.println(server.answer(line.split(" ", -1)));
        answers.flush();
      }
    } catch (BackendUnavailableException e) {
      answers.println("absent " + e.getMessage());
    }
  }

  private String answer(String[] words) throws IOException {
    if (words[0].equals("forget")) {
      loaded = null;
      data = null;
      return "forgotten";
    }
    StepCase c = Objects.requireNonNull(cases.get(words[1]), words[1]);
    int count = Integer.parseInt(words[3]);
    try {
      return switch (words[0]) {
        case "losses" -> line("losses", Arrays.stream(firstLosses(c, words[2], count)));
        case "time" -> line("seconds", seconds(c, words[2], count));
        default -> throw new IllegalArgumentException("no command is called " + words[0]);
      };
    } catch (RuntimeException e) {
      e.printStackTrace();
      return "failed " + e.toString().lines().findFirst().orElse("");
    }
  }

  private static String line(String word, DoubleStream values) {
    return word + " " + values.mapToObj(Double::toString).collect(Collectors.joining(" "));
  }

  private double[] firstLosses(StepCase c, String way, int steps) throws IOException {
    int epochs = (steps + c.steps() - 1) / c.steps();
    int rows = Math.min(c.steps(), steps) * c.batch();
    Network network = network(c, way);
    double[] losses =
        trainer(c, way, network)
            .epochs(epochs)
            .shuffle(false)
            .fit(network, first(dataset(c), rows))
            .history()
            .stepLosses();
    return Arrays.copyOf(losses, steps);
  }

  private DoubleStream seconds(StepCase c, String way, int epochs) throws IOException {
    Network network = network(c, way);
    List<Epoch> all =
        trainer(c, way, network).epochs(epochs + 1).fit(network, dataset(c)).history().epochs();
    return all.stream().skip(1).mapToDouble(Epoch::seconds);
  }

  private static Network network(StepCase c, String way) {
    return c.network(!way.equals("plain"));
  }

  private Trainer trainer(StepCase c, String way, Network network) throws IOException {
    Weights weights = files.weights(c, network);
    return Trainer.on(backend)
        .batchSize(c.batch())
        .optimizer(Optimizer.adam(c.learningRate()))
        .penaltyMethod(
            way.equals("plain")
                ? PenaltyMethod.SUBGRADIENT
                : PenaltyMethod.valueOf(way.toUpperCase(Locale.ROOT)))
        .initialWeights(weights);
  }

  private Dataset dataset(StepCase c) throws IOException {
    Dataset current = data;
    if (current == null || !c.equals(loaded)) {
      current = Dataset.of(files.x(c), c.inputs(), files.y(c), Task.BINARY);
      loaded = c;
      data = current;
    }
    return current;
  }

  private static Dataset first(Dataset data, int rows) {
    if (rows == data.rows()) {
      return data;
    }
    int[] order = new int[rows];
    Arrays.setAll(order, i -> i);
    return data.rows(order);
  }
}
