package io.lariat.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.data.Dataset;
import io.lariat.data.SparseRows;
import io.lariat.data.Task;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each remark where it applies, and silence where it does not. */
final class AdviceTest {

  /** Features: 0 the signal, 1 the signal with a little noise, 2 with much noise, 3 unrelated. */
  private static Dataset data(int rows, Task task, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    float[][] x = new float[rows][4];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      double signal = random.nextGaussian();
      x[i][0] = (float) (1000 + 3 * signal);
      x[i][1] = (float) (signal + 0.05 * random.nextGaussian());
      x[i][2] = (float) (signal + 0.8 * random.nextGaussian());
      x[i][3] = (float) random.nextGaussian();
      y[i] =
          switch (task) {
            case REGRESSION -> (float) (5 - 2 * signal + 0.3 * random.nextGaussian());
            case BINARY -> signal > 0 ? 1 : 0;
            case MULTICLASS -> signal > 0.5 ? 2 : signal > -0.5 ? 1 : 0;
          };
    }
    return Dataset.of(x, y, task);
  }

  /** A linear model that uses the features named and no other. */
  private static Model using(Dataset data, int... features) {
    Activation head =
        switch (data.task()) {
          case REGRESSION -> Activation.IDENTITY;
          case BINARY -> Activation.SIGMOID;
          case MULTICLASS -> Activation.SOFTMAX;
        };
    int outputs = data.schema().target().outputs();
    Network network = Network.of(data.features()).dense(outputs, head);
    ParameterLayout layout = new ParameterLayout(network);
    float[] values = new float[layout.size()];
    for (int j : features) {
      values[j * outputs] = 1;
    }
    return new Model(network, Weights.copyOf(layout, values), data.schema(), null, null, Map.of());
  }

  @Test
  void aGoodModelOfPlainDataHasNoRemark() {
    RandomGenerator random = new SplittableRandom(1);
    float[][] x = new float[300][3];
    float[] y = new float[300];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = (float) random.nextGaussian();
      }
      y[i] = x[i][0] + x[i][1] > 0 ? 1 : 0;
    }
    Dataset plain = Dataset.of(x, y, Task.BINARY);

    assertThat(Advice.of(using(plain, 0, 1), plain, 300)).isEmpty();
  }

  @Test
  void aVerySmallDataSet() {
    Dataset data = data(300, Task.REGRESSION, 2);
    Model model = using(data, 0, 1, 2, 3);

    assertThat(Advice.of(model, data, 99)).first().asString().startsWith("99 training rows are");
    assertThat(Advice.of(model, data, 1))
        .singleElement()
        .asString()
        .startsWith("1 training row is");
    assertThat(Advice.of(model, data, 100)).noneMatch(line -> line.contains("very few"));
  }

  @Test
  void aClassOfFewRows() {
    float[] x = new float[200];
    float[] y = new float[200];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * i % 17;
      y[i] = i % 40 == 0 ? 2 : i % 2;
    }
    Dataset data = Dataset.of(x, 1, y, Task.MULTICLASS);

    assertThat(Advice.of(using(data, 0), data, 200))
        .singleElement()
        .asString()
        .startsWith("class 2 has 5 of 200 training rows");
  }

  /** Times as they are, and values that differ by rounding errors only. */
  @Test
  @Tag("F10")
  void valuesThatFloatsMerge() {
    double[][] x = new double[300][2];
    double[] y = new double[300];
    for (int i = 0; i < y.length; i++) {
      x[i][0] = 1.7e9 + i;
      x[i][1] = i % 3 * 0.1 + i % 5 * 0.2;
      y[i] = 1e5 + i % 7 * 1e-4;
    }
    Dataset data = Dataset.of(x, y, Task.REGRESSION);

    assertThat(Advice.of(using(data, 0, 1), data, 300))
        .filteredOn(line -> line.contains("32-bit floats"))
        .singleElement()
        .asString()
        .contains("x0 (of 300 values 3 left)", "target 'y' (of 7 values 1 left)")
        .doesNotContain("x1");
  }

  @Test
  void anEmptiedNetworkIsAllThatIsSaid() {
    Dataset data = data(300, Task.BINARY, 3);

    assertThat(Advice.of(using(data), data, 270))
        .singleElement()
        .asString()
        .startsWith("the penalty emptied the network: dense_0 has no weight left");
  }

  @Test
  void droppedFeaturesThatGoWithTheTargetAreNamedWithTheirStandIn() {
    for (Task task : Task.values()) {
      Dataset data = data(400, task, 4);

      List<String> advice = Advice.of(using(data, 1, 3), data, 360);

      assertThat(advice.getFirst())
          .as(task.name())
          .startsWith("not used, though alone strongly associated with the target: x0 (0.")
          .contains("; x1 stands in, r 1.00)", "x2 (0.")
          .doesNotContain("x3");
    }
  }

  @Test
  void aDroppedFeatureWithoutAStandIn() {
    Dataset data = data(400, Task.REGRESSION, 5);

    assertThat(Advice.of(using(data, 3), data, 400).getFirst())
        .contains("x0 (0.99)", "x1 (0.9")
        .doesNotContain("stands in");
  }

  @Test
  void whoStandsInForWhom() {
    Dataset data = data(400, Task.REGRESSION, 6);

    assertThat(Advice.of(using(data, 1, 2), data, 400).getLast())
        .startsWith("strongly collinear (|r| of 0.95 and more)")
        .endsWith(": x1 stands in for x0");
    assertThat(Advice.of(using(data, 0, 1), data, 400).getLast()).endsWith(": x0, x1, all used");
    assertThat(Advice.of(using(data, 2), data, 400).getLast())
        .endsWith(": x0, x1, none of them used");
  }

  @Test
  @Tag("F5")
  void constantColumnsAreNamed() {
    List<String> both =
        List.of(
            "not used, as nothing can be learnt of what is the same in all training rows: x1",
            "used as given, as nothing can be learnt of what is the same in all training rows: x0");
    float[] y = new float[120];
    for (int i = 0; i < y.length; i++) {
      y[i] = i % 3 == 0 ? 1 : 0;
    }
    Dataset constant = Dataset.of(new float[240], 2, y, Task.BINARY);
    assertThat(Advice.of(using(constant, 0), constant, 120)).isEqualTo(both);

    int[] starts = new int[121];
    SparseRows nothing = SparseRows.of(2, starts, new int[0], new float[0]);
    Dataset sparse = Dataset.of(nothing, y, Task.BINARY);
    assertThat(Advice.of(using(sparse, 0), sparse, 120)).isEqualTo(both);
  }

  @Test
  void refusesDataOfAnotherShape() {
    Dataset data = data(50, Task.BINARY, 7);
    Model other = using(Dataset.of(new float[2], 1, new float[] {1, 2}, Task.REGRESSION), 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Advice.of(other, data, 50))
        .withMessage(
            "advice: expected data of 1 features and 1 to 50 training rows, found 4 and 50");
  }

  /** {@code eta^2} by hand: classes' means 2 and 5 of values 1, 3, 4, 6 around 3.5. */
  @Test
  void theCorrelationRatio() {
    Dataset data = Dataset.of(new float[] {1, 3, 4, 6}, 1, new float[] {0, 0, 1, 1}, Task.BINARY);
    Columns columns = Columns.of(data, new int[] {0}, 4, 4);

    double[] association = Association.of(data, columns, 4, 4);

    assertThat(association[0]).isCloseTo(Math.sqrt(9.0 / 13), within(1e-12));
  }

  /** Unrelated features stay below the chance level, nearly all of them. */
  @Test
  void chanceIsARareEvent() {
    RandomGenerator random = new SplittableRandom(8);
    int rows = 200;
    float[][] x = new float[rows][1000];
    float[] y = new float[rows];
    for (int i = 0; i < rows; i++) {
      y[i] = i % 4;
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = (float) random.nextGaussian();
      }
    }
    Dataset data = Dataset.of(x, y, Task.MULTICLASS);
    Columns columns = Columns.of(data, IntStream.range(0, 1000).toArray(), rows, rows);
    double chance = Association.chance(rows, 3);

    double[] association = Association.of(data, columns, rows, rows);

    assertThat(Arrays.stream(association).filter(a -> a >= chance)).hasSizeLessThan(4);
    assertThat(Arrays.stream(association).filter(a -> a >= 0.6 * chance)).hasSizeGreaterThan(10);
  }
}
