package io.lariat.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.data.Dataset;
import io.lariat.numeric.Vectors;
import io.lariat.train.Cancellation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tells a column from chance, and the numerics of it. */
@Tag("E1")
class EvidenceTest {

  @ParameterizedTest
  @CsvSource({ // quantiles of published tables
    "3.841459, 1, 0.05",
    "10.82757, 1, 0.001",
    "5.991465, 2, 0.05",
    "0.102587, 2, 0.95",
    "16.26624, 3, 0.001",
    "18.30704, 10, 0.05",
    "3.940299, 10, 0.95",
    "124.3421, 100, 0.05"
  })
  void tailsOfChiSquared(double x, int degrees, double probability) {
    assertThat(Math.exp(ChiSquared.logTail(x, degrees))).isCloseTo(probability, within(2e-6));
  }

  @Test
  void farTailsOfChiSquared() {
    // of two degrees it is exp(-x / 2)
    assertThat(ChiSquared.logTail(1500, 2)).isCloseTo(-750, within(1e-6));
    assertThat(ChiSquared.logTail(0, 5)).isZero();
  }

  @Test
  void normalQuantiles() {
    assertThat(NormalScores.inverseNormal(0.975)).isCloseTo(1.959964, within(1e-6));
    assertThat(NormalScores.inverseNormal(0.5)).isZero();
    assertThat(NormalScores.inverseNormal(1e-13)).isCloseTo(-7.348796, within(1e-5));
  }

  @Test
  void scoresKeepTheOrderAndShareTies() {
    double[] scores = new NormalScores(5).of(new double[] {3, -1e9, 3, 7, 1e12});
    assertThat(scores[0]).isEqualTo(scores[2]).isBetween(scores[1], scores[3]);
    assertThat(scores[4]).isGreaterThan(scores[3]).isLessThan(2);
    assertThat(Arrays.stream(scores).sum()).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(scores).map(v -> v * v).sum()).isCloseTo(5, within(1e-12));
    assertThat(new NormalScores(3).of(new double[] {2, 2, 2})).containsOnly(0);
  }

  @Test
  void randomScoresAreInTheOrderOfTheValues() {
    double[] scores = NormalScores.random(new double[] {5, 1, 4, 2, 3}, 7);
    assertThat(scores[1]).isLessThan(scores[3]);
    assertThat(scores[3]).isLessThan(scores[4]);
    assertThat(scores[4]).isLessThan(scores[2]);
    assertThat(scores[2]).isLessThan(scores[0]);
  }

  @Test
  void aSpaceAddsWhatIsOutsideOfIt() {
    double[][] x = IntStream.range(0, 3).mapToObj(EvidenceTest::column).toArray(double[][]::new);
    Subspace space = Subspace.ofConstant(50);
    space.add(new double[][] {x[0], x[1]});
    double[] sum = x[0].clone();
    Arrays.setAll(sum, i -> 2 * sum[i] - x[1][i] + 5);
    assertThat(space.beyond(new double[][] {sum})).as("a combination").isEmpty();
    List<double[]> added = space.beyond(new double[][] {x[2], sum, x[2]});
    assertThat(added).hasSize(1);
    assertThat(Vectors.dot(added.getFirst(), added.getFirst())).isCloseTo(1, within(1e-12));
    assertThat(Vectors.dot(added.getFirst(), x[0])).isCloseTo(0, within(1e-12));
    assertThat(Arrays.stream(space.without(x[2])).sum()).isCloseTo(0, within(1e-12));
    assertThat(space.dimension()).isEqualTo(3);
  }

  private static double[] column(int seed) {
    RandomGenerator random = new SplittableRandom(seed);
    return random.doubles(50).toArray();
  }

  private static Selection select(ToDoubleFunction<double[]> target, String... kept) {
    RandomGenerator random = new SplittableRandom(31);
    double[][] x = new double[500][10];
    double[] y = new double[500];
    for (int i = 0; i < 500; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      y[i] = target.applyAsDouble(row) + 0.3 * random.nextGaussian();
    }
    return FeatureSelector.create().keep(List.of(kept)).fit(Dataset.of(x, y));
  }

  private static List<Evidence> evidence(Selection selection) {
    return selection.features().stream().map(FeatureScore::evidence).toList();
  }

  @Test
  void aLineAndASquareAndAProduct() {
    Selection selection = select(r -> r[0] + r[1] * r[1] + r[2] * r[3], "x9");
    assertThat(evidence(selection).subList(0, 4))
        .containsExactly(Evidence.ALONE, Evidence.BENT, Evidence.BENT, Evidence.BENT);
    assertThat(evidence(selection).get(9)).isEqualTo(Evidence.KEPT);
    assertThat(selection.selected()).hasSize(5);
  }

  @Test
  void whatOnlyANetworkSeesMustPredictRowsThatWereNotUsed() {
    RandomGenerator random = new SplittableRandom(31);
    double[][] x = new double[800][6];
    double[] y = new double[800];
    for (int i = 0; i < 800; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      y[i] = 2 * row[0] * row[1] * row[2] + row[3] + 0.3 * random.nextGaussian();
    }
    Selection selection = FeatureSelector.create().fit(Dataset.of(x, y));
    assertThat(evidence(selection))
        .containsExactly(
            Evidence.HELD_OUT,
            Evidence.HELD_OUT,
            Evidence.HELD_OUT,
            Evidence.ALONE,
            Evidence.NONE,
            Evidence.NONE);
  }

  @Test
  void aCombinationOfOthersStaysWhereTheSearchLeftIt() {
    RandomGenerator random = new SplittableRandom(5);
    double[][] x = new double[300][4];
    double[] y = new double[300];
    for (int i = 0; i < 300; i++) {
      double[] row = x[i];
      Arrays.setAll(row, j -> random.nextGaussian());
      y[i] = 2 * row[0] - row[1] + random.nextGaussian();
      row[2] = Math.exp(row[0]); // of the same ranks
    }
    SelectionData data = SelectionData.of(Dataset.of(x, y), List.of());
    SupportSearch search = new SupportSearch(data, 0, 0.01, 1, new Cancellation());
    SupportNetwork all = SupportNetwork.of(data, new int[] {0, 1, 2, 3}, 0);
    Confirmation confirmation = new Confirmation(search, all, 0.01, 1);
    SupportNetwork confirmed = confirmation.run();
    assertThat(Arrays.stream(confirmed.groups).map(g -> data.column[g]).sorted())
        .containsExactly(0, 1, 2);
    assertThat(confirmation.evidence())
        .containsExactlyInAnyOrder(
            Evidence.ALONE, Evidence.ALONE, Evidence.COMBINATION, Evidence.CHANCE);
  }
}
