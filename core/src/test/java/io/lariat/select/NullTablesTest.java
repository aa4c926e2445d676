package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The promise where nothing matters, on tables that a network can fit whatever the target is. The
 * command {@code io.lariat.benchmarks.NullStudy} tries more kinds, and more of each.
 */
@Tag("E1")
class NullTablesTest {
  private static final int DRAWS = 20;
  private static final double LEVEL = 0.2;

  @TempDir private Path folder;

  /** A cell drawn at random. */
  private interface Cell extends Function<RandomGenerator, Object> {}

  private static Cell levels(int count) {
    return r -> "l" + r.nextInt(count);
  }

  private static Cell longTail(int count) {
    return r -> "l" + (int) (count * Math.pow(r.nextDouble(), 3));
  }

  private static Cell dummy(double share) {
    return r -> r.nextDouble() < share ? 1 : 0;
  }

  private static Cell lognormal(double sigma) {
    return r -> Math.exp(sigma * r.nextGaussian());
  }

  private static final Cell NORMAL = RandomGenerator::nextGaussian;

  /** Student's t of two degrees of freedom. */
  private static double heavy(RandomGenerator random) {
    return random.nextGaussian() / Math.sqrt(-Math.log(1 - random.nextDouble()));
  }

  @SuppressWarnings("ImmutableEnumChecker") // cells have no state
  enum Kind {
    MANY_LEVELS(250, NORMAL, 3, levels(20), 4, NORMAL),
    LONG_TAILS(200, lognormal(1.5), 4, longTail(25), 3, lognormal(1)),
    FEW_LEVELS(150, NORMAL, 6, levels(5), 2, NORMAL),
    RARE_DUMMIES(150, NullTablesTest::heavy, 25, dummy(0.04), 0, NORMAL),
    SKEWED_NUMBERS(150, lognormal(1.5), 0, NORMAL, 20, lognormal(1)),
    MORE_COLUMNS_THAN_ROWS(60, NORMAL, 0, NORMAL, 150, NORMAL),
    CLASSES(200, r -> r.nextBoolean() ? "yes" : "no", 3, levels(15), 3, NullTablesTest::heavy),
    RARE_CLASS(250, r -> r.nextInt(20) == 0 ? "yes" : "no", 3, longTail(12), 6, dummy(0.05)),
    THREE_CLASSES(150, r -> "abc".charAt(r.nextInt(3)), 2, levels(8), 3, NORMAL);

    private final int rows;
    private final Cell target;
    private final List<Cell> columns = new ArrayList<>();

    Kind(int rows, Cell target, int first, Cell one, int second, Cell other) {
      this.rows = rows;
      this.target = target;
      IntStream.range(0, first).forEach(i -> columns.add(one));
      IntStream.range(0, second).forEach(i -> columns.add(other));
    }

    private Task task() {
      return switch (this) {
        case CLASSES, RARE_CLASS -> Task.BINARY;
        case THREE_CLASSES -> Task.MULTICLASS;
        default -> Task.REGRESSION;
      };
    }
  }

  /** A table whose target goes with none of its columns, or with an additional one, the first. */
  private Dataset table(Kind kind, long seed, double effect) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder("x");
    IntStream.range(0, kind.columns.size()).forEach(c -> csv.append(",c").append(c));
    csv.append(",y\n");
    for (int i = 0; i < kind.rows; i++) {
      double x = random.nextGaussian();
      csv.append(x);
      kind.columns.forEach(column -> csv.append(',').append(column.apply(random)));
      Object y = kind.target.apply(random);
      csv.append(',').append(effect == 0 ? y : (Object) (effect * x + (double) y)).append('\n');
    }
    return Csv.read(Files.writeString(folder.resolve("table.csv"), csv), "y", kind.task());
  }

  private static List<String> names(Selection selection) {
    return selection.selected().stream().map(FeatureScore::name).toList();
  }

  @ParameterizedTest
  @EnumSource
  void somethingIsSelectedNoMoreOftenThanTheLevel(Kind kind) throws IOException {
    List<String> selections = new ArrayList<>();
    for (int seed = 1; seed <= DRAWS; seed++) {
      Selection selection =
          FeatureSelector.create().level(LEVEL).seed(seed).fit(table(kind, seed, 0));
      if (!selection.selected().isEmpty()) {
        selections.add(seed + ": " + names(selection));
      }
    }
    // 4 are expected at the level; more than 11 have a probability of 1e-4
    assertThat(selections).as("of %d draws, seed: columns", DRAWS).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void besideAColumnThatMattersNoOtherIsSelected() throws IOException {
    int others = 0;
    for (int seed = 1; seed <= 8; seed++) {
      List<String> names = names(FeatureSelector.create().fit(table(Kind.MANY_LEVELS, seed, 1)));
      assertThat(names).as("seed %d", seed).contains("x");
      others += names.size() - 1;
    }
    // 0.08 are expected at level 0.01; more than one has a probability of 0.003
    assertThat(others).as("of 8 draws").isLessThanOrEqualTo(1);
  }

  @Test
  void whatTheNetworkFitsByChanceIsNamed() throws IOException {
    Selection selection = FeatureSelector.create().fit(table(Kind.MANY_LEVELS, 1, 1));
    assertThat(selection.features())
        .filteredOn(f -> f.name().equals("x"))
        .extracting(FeatureScore::evidence)
        .containsExactly(Evidence.ALONE);
    assertThat(selection.features())
        .filteredOn(f -> f.evidence() == Evidence.CHANCE)
        .as("on the path at lambda, where a network of so many parameters fits any target")
        .isNotEmpty()
        .allMatch(f -> !f.selected() && f.leavesAt() >= selection.lambda());
    assertThat(selection.features()).allMatch(f -> f.selected() == f.evidence().selects());
  }

  @Test
  void subsamplesAreProtectedToo() throws IOException {
    Selection selection = FeatureSelector.create().stability(5).fit(table(Kind.MANY_LEVELS, 2, 0));
    assertThat(selection.stability()).isNotNull();
    assertThat(selection.stability().stable()).isZero();
    assertThat(selection.stability().meanSelected()).isLessThan(0.5);
  }
}
