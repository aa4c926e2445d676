package io.lariat.cuda;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.Activation;
import io.lariat.backend.BinaryCrossEntropy;
import io.lariat.backend.CategoricalCrossEntropy;
import io.lariat.backend.Huber;
import io.lariat.backend.Loss;
import io.lariat.backend.MeanSquaredError;
import io.lariat.backend.Poisson;
import io.lariat.backend.Quantile;
import io.lariat.backend.UpdateRule;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the sources of the kernels and Java number the same things in the same way. */
class KernelListTest {
  private static final Path SOURCES = Path.of("src/main/cuda");

  /** A line of list.cuh: whether it may be a step, and its name. */
  private static final Pattern ENTRY =
      Pattern.compile("(operation|alone)\\((\\w+), \\w+, [\\w<>]+\\)");

  private static List<MatchResult> found(Pattern pattern, String file) throws IOException {
    return pattern.matcher(Files.readString(SOURCES.resolve(file))).results().toList();
  }

  @Test
  void kernelsAreThoseOfTheListInItsOrder() throws IOException {
    List<MatchResult> entries = found(ENTRY, "list.cuh");
    List<String> names = new ArrayList<>(entries.stream().map(entry -> entry.group(2)).toList());
    names.add("run_program"); // not of the list, as it runs the list
    assertThat(Arrays.stream(Kernel.values()).map(Kernel::symbol)).isEqualTo(names);
  }

  @Test
  void codesAreThePlacesAmongTheOperations() throws IOException {
    List<String> operations =
        found(ENTRY, "list.cuh").stream()
            .filter(entry -> entry.group(1).equals("operation"))
            .map(entry -> entry.group(2))
            .toList();
    assertThat(Arrays.stream(Kernel.values()).filter(Kernel::isProgrammable).map(Kernel::symbol))
        .isEqualTo(operations);
    for (int i = 0; i < operations.size(); i++) {
      String name = operations.get(i).toUpperCase(Locale.ROOT);
      assertThat(Kernel.valueOf(name).code()).as(name).isEqualTo(i);
    }
    assertThatThrownBy(Kernel.RUN_PROGRAM::code)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("run_program: no step of a program");
  }

  @Test
  void activationsHaveTheNumbersOfTheirSource() throws IOException {
    assertThat(numbers(List.of(Activation.values()), Activation::name, Codes::of))
        .isEqualTo(numbersIn("Activation", "activations.cuh"));
  }

  @Test
  void lossesHaveTheNumbersOfTheirSource() throws IOException {
    List<Loss> losses =
        List.of(
            new BinaryCrossEntropy(),
            new CategoricalCrossEntropy(),
            new MeanSquaredError(),
            new Huber(1),
            new Poisson(),
            new Quantile(0.5));
    assertThat(numbers(losses, Loss::name, Codes::of)).isEqualTo(numbersIn("Loss", "losses.cuh"));
  }

  @Test
  void rulesHaveTheNumbersOfTheirSource() throws IOException {
    Map<String, UpdateRule> rules = new LinkedHashMap<>();
    rules.put("kSgd", new UpdateRule.Sgd(0, false));
    rules.put("kMomentum", new UpdateRule.Sgd(0.9, false));
    rules.put("kNesterov", new UpdateRule.Sgd(0.9, true));
    rules.put("kRmsProp", new UpdateRule.RmsProp(0.9, 1e-7));
    rules.put("kAdam", new UpdateRule.Adam(0.9, 0.999, 1e-7));
    try (Arena arena = Arena.ofConfined()) {
      Arguments arguments = new Arguments(arena);
      Map<String, Integer> numbers =
          rules.entrySet().stream()
              .collect(
                  toMap(
                      Map.Entry::getKey,
                      rule ->
                          Codes.add(rule.getValue(), arguments.begin())
                              .memory()
                              .get(ValueLayout.JAVA_INT, 0)));
      assertThat(numbers).isEqualTo(numbersIn("Rule", "updates.cuh"));
    }
  }

  /** The number of each constant, by what the sources call it: {@code kMeanSquaredError}. */
  private static <T> Map<String, Integer> numbers(
      List<T> all, Function<T, String> name, ToIntFunction<T> code) {
    return all.stream().collect(toMap(e -> "k" + camelCase(name.apply(e)), code::applyAsInt));
  }

  private static String camelCase(String name) {
    StringBuilder out = new StringBuilder();
    for (String word : name.split("_", -1)) {
      out.append(Character.toUpperCase(word.charAt(0)))
          .append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return out.toString();
  }

  /** The constants of an enum of the sources. */
  private static Map<String, Integer> numbersIn(String name, String file) throws IOException {
    String body =
        found(Pattern.compile("enum " + name + " \\{([^}]*)\\}"), file).getFirst().group(1);
    return Pattern.compile("(k\\w+) = (\\d+)")
        .matcher(body)
        .results()
        .collect(toMap(constant -> constant.group(1), n -> Integer.parseInt(n.group(2))));
  }
}
