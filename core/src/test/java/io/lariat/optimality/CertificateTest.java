package io.lariat.optimality;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.RELU;
import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Activation;
import io.lariat.backend.Penalty;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.data.ReadProgress;
import io.lariat.data.Rounding;
import io.lariat.data.Standardization;
import io.lariat.data.Task;
import io.lariat.model.Certificate;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.model.ParameterLayout;
import io.lariat.model.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a polished model claims, and what becomes of claims that are not so. */
class CertificateTest {
  private static final Path CSV = Path.of(System.getProperty("lariat.data"), "breast_cancer.csv");
  private static final double LAMBDA = 0.005;
  private static final int ROWS = 512;

  private static Dataset data;
  private static Model polished;

  @TempDir Path folder;

  private static Model start(Network network, Dataset data, int rows) {
    return new Model(
        network,
        Weights.initial(network, new Random(1)),
        data.schema(),
        Standardization.ofFeatures(data, rows),
        data.task() == Task.REGRESSION ? Standardization.ofTarget(data, rows) : null,
        Map.of("a", "b"));
  }

  @BeforeAll
  static void polish() {
    data = Csv.read(CSV, "benign", null, ReadProgress.NONE);
    Penalty l1 = Penalty.l1(LAMBDA);
    Network network = Network.of(30).dense(8, TANH, l1).dropout(0.2).dense(1, SIGMOID, l1);
    polished = ModelPolish.of(start(network, data, ROWS), data, ROWS).run();
  }

  private Model reloaded(Model model) {
    model.save(folder);
    return Model.load(folder);
  }

  @Test
  void isComputedAgainFromTheTwoFiles() {
    Model model = reloaded(polished);
    Certificate claim = model.certificate();
    assertThat(claim.polish()).isEqualTo(Certificate.PolishEnd.REACHED);
    assertThat(claim.residual()).isBetween(0.0, 1e-6 * LAMBDA);
    assertThat(claim.lambda()).isEqualTo(LAMBDA);
    assertThat(claim.tolerance()).isEqualTo(1e-6);
    assertThat(claim.objective()).isEqualTo(claim.dataLoss() + claim.penalty());
    assertThat(claim.penalty()).isCloseTo(LAMBDA * absolutes(model), within(1e-12));
    assertThat(claim.data())
        .isEqualTo(new Certificate.Rows(ROWS, 569, data.sha256(569), Rounding.NONE));
    assertThat(model.notes()).containsEntry("a", "b");

    Dataset again = Csv.read(CSV, model.schema(), ReadProgress.NONE);
    Certification found = Certification.of(model, again);
    assertThat(found.differences()).isEmpty();
    assertThat(found.certificate()).isEqualTo(claim);
    assertThat(found.residual().value()).isEqualTo(claim.residual());
  }

  @ParameterizedTest
  @EnumSource(names = {"GELU", "SILU", "ELU", "LEAKY_RELU"})
  void isTrueOfActivationsThatAreNotZeroForNegatives(Activation f) {
    Penalty l1 = Penalty.l1(0.02);
    Network network = Network.of(30).dense(3, f, l1).dense(1, SIGMOID, l1);
    Model model = reloaded(ModelPolish.of(start(network, data, ROWS), data, ROWS).run());
    Certificate claim = model.certificate();
    if (!f.hasKink()) {
      assertThat(claim.polish()).isEqualTo(Certificate.PolishEnd.REACHED);
      assertThat(claim.residual()).isBetween(0.0, 1e-6 * 0.02);
    }
    Certification found = Certification.of(model, Csv.read(CSV, model.schema(), ReadProgress.NONE));
    assertThat(found.differences()).isEmpty();
    assertThat(found.certificate()).isEqualTo(claim);
  }

  private static double absolutes(Model model) {
    double sum = 0;
    double[] w = model.weights().doubles();
    for (int e = 0; e < model.weights().layout().kernels(); e++) {
      sum += Math.abs(w[e]);
    }
    return sum;
  }

  /** Why the file holds doubles. */
  @Test
  void theFloatsAloneWouldNotDo() {
    float[] floats = new float[polished.weights().layout().size()];
    polished.weights().copyTo(floats);
    Model rounded =
        new Model(
            polished.network(),
            Weights.copyOf(polished.weights().layout(), floats),
            polished.schema(),
            polished.standardization(),
            null,
            Map.of());
    Certification found = Certification.of(rounded, data, ROWS);
    assertThat(found.certificate().lambdas()).isGreaterThan(1e-6);
    assertThat(found.certificate().polish()).isEqualTo(Certificate.PolishEnd.NONE);
    assertThat(found.differences()).isEmpty(); // it claims nothing
    assertThat(
            Certification.of(rounded.withCertificate(polished.certificate()), data).differences())
        .first()
        .asString()
        .startsWith("the residual is ");
  }

  @Test
  void otherDataIsToldApart() throws Exception {
    List<String> lines = Files.readAllLines(CSV);
    String last = lines.getLast(); // a validation row, which no residual depends on
    lines.set(
        lines.size() - 1,
        last.replaceFirst("\\d(?=,)", last.matches("\\d*[.]\\d*9,.*") ? "8" : "9"));
    assertOtherData(lines);
    lines.set(lines.size() - 1, last);
    lines.removeLast();
    assertOtherData(lines);
    List<String> few = lines.subList(0, 100);
    assertOtherData(few);
  }

  private void assertOtherData(List<String> lines) throws Exception {
    Path csv = Files.write(folder.resolve("other.csv"), lines);
    Dataset other = Csv.read(csv, polished.schema(), ReadProgress.NONE);
    Certification found = Certification.of(polished, other);
    assertThat(found.isSameData()).isFalse();
    assertThat(found.differences().getFirst())
        .startsWith("the data is not that of the certificate, which names 512 rows of 569, hash ");
  }

  @Test
  void anEditedWeightIsFound() {
    double[] w = polished.weights().doubles();
    for (int e = 0; e < polished.weights().layout().kernels(); e += 7) {
      double[] edited = w.clone();
      edited[e] += 1e-6;
      Model model =
          new Model(
                  polished.network(),
                  Weights.exact(polished.weights().layout(), edited),
                  polished.schema(),
                  polished.standardization(),
                  null,
                  Map.of())
              .withCertificate(polished.certificate());
      assertThat(Certification.of(model, data).differences()).as("weight %d", e).isNotEmpty();
    }
  }

  /** The claim with one of its numbers changed. */
  private static Certificate edited(
      double[] n, Certificate.PolishEnd polish, Certificate.Rows rows) {
    return new Certificate(n[0], n[1], polish, n[2], n[3], n[4], n[5], rows, (int) n[6], n[7]);
  }

  @Test
  void anEditedClaimIsFound() {
    Certificate c = polished.certificate();
    double[] numbers = {
      c.residual(), c.lambda(), c.tolerance(), c.objective(), c.dataLoss(), c.penalty(), 0, 1e-8
    };
    assertThat(differences(edited(numbers, c.polish(), c.data()))).isEmpty();
    String[] names = {
      "residual", "lambda", "tolerance", "objective", "data loss", "penalty", "kink"
    };
    UnaryOperator<Double> more = v -> v * (1 + 1e-9) + (v == 0 ? 1 : 0);
    for (int i = 0; i < names.length; i++) {
      double[] changed = numbers.clone();
      changed[i] =
          switch (i) {
            case 0 -> 2e-6 * LAMBDA;
            case 2 -> 1e-15;
            default -> more.apply(changed[i]);
          };
      assertThat(String.join("; ", differences(edited(changed, c.polish(), c.data()))))
          .contains(names[i]);
    }
    Certificate.Rows d = c.data();
    Certificate.Rows fewer = new Certificate.Rows(511, 569, d.sha256(), d.rounding());
    assertThat(differences(edited(numbers, c.polish(), fewer)).getFirst())
        .startsWith("the residual");
    for (Certificate.Rows rows :
        List.of(
            new Certificate.Rows(512, 570, d.sha256(), d.rounding()),
            new Certificate.Rows(512, 569, "0".repeat(64), d.rounding()),
            new Certificate.Rows(512, 569, d.sha256(), Rounding.FLOAT))) {
      assertThat(differences(edited(numbers, c.polish(), rows)).getFirst()).startsWith("the data");
    }
  }

  private static List<String> differences(Certificate claim) {
    return Certification.of(polished.withCertificate(claim), data).differences();
  }

  @Test
  void refusesDataOfOtherColumns() {
    Dataset other = Dataset.of(new double[][] {{1}, {2}}, new double[] {0, 1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Certification.of(polished, other))
        .withMessageContaining("not the model's");
  }

  @Test
  void rowsAtAKinkAreCountedAndNothingMoreIsClaimed() {
    Dataset three = Dataset.of(new double[][] {{1}, {2}, {3}}, new double[] {0, 1.5, 1.25});
    Network network = Network.of(1).dense(1, RELU, Penalty.l1(0.1)).dense(1, IDENTITY);
    Model model =
        new Model(
            network,
            Weights.exact(new ParameterLayout(network), new double[] {1, 1, -2 + 1e-9, 0}),
            three.schema(),
            null,
            null,
            Map.of());
    assertThat(Certification.of(model, three).certificate().rowsAtKinks()).isEqualTo(1);
  }

  /** An unpenalised output kernel: the objective falls without end, but the polish ends. */
  @Test
  void whereScaleEscapesThePolishEndsAndSaysSo() {
    Network network = Network.of(30).dense(4, TANH, Penalty.l1(LAMBDA)).dense(1, SIGMOID);
    Model model = ModelPolish.of(start(network, data, 100), data, 100).tolerance(1e-12).run();
    Certificate found = model.certificate();
    assertThat(found.polish())
        .isIn(Certificate.PolishEnd.STALLED, Certificate.PolishEnd.ITERATIONS);
    assertThat(found.lambdas()).isGreaterThan(1e-12);
    assertThat(Certification.of(model, data).differences()).isEmpty();
  }

  @Test
  void aCompactedModelIsCertifiedAnew() {
    Compaction compaction = Compaction.of(polished);
    Model small = compaction.model();
    assertThat(compaction.isSmaller()).isTrue();
    assertThat(compaction.isExact()).isTrue();
    assertThat(small.certificate()).isNull();
    assertThat(small.notes()).containsKey("certificate");
    assertThat(small.weights().isExact()).isTrue();
    Dataset columns = data.columns(small.schema());
    Certificate found = Certification.of(reloaded(small), columns, ROWS).certificate();
    assertThat(found.lambdas()).isLessThan(1e-6);
    assertThat(found.objective()).isCloseTo(polished.certificate().objective(), within(1e-14));
    // nothing to remove: the same model, the same certificate
    Model again = small.withCertificate(found);
    assertThat(Compaction.of(again).model().certificate()).isEqualTo(found);
  }

  /** The Lasso of a regression with more features than rows; its conditions written out here. */
  @Test
  void aLinearRegressionIsTheLasso() {
    int rows = 40;
    int features = 100;
    double lambda = 0.1;
    Random random = new Random(3);
    double[][] x = new double[rows][features];
    double[] y = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < features; j++) {
        x[i][j] = random.nextGaussian();
      }
      y[i] = 3 + 2 * x[i][0] - x[i][1] + 0.1 * random.nextGaussian();
    }
    Dataset gaussian = Dataset.of(x, y, Task.REGRESSION);
    Network network = Network.of(features).dense(1, IDENTITY, Penalty.l1(lambda));
    Model raw =
        new Model(
            network,
            Weights.initial(network, new Random(2)),
            gaussian.schema(),
            null,
            null,
            Map.of());
    double[] w = ModelPolish.of(raw, gaussian, rows).run().weights().doubles();

    // 48 bits of x are kept, so residuals are right to some 1e-14
    double[] residuals = new double[rows];
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      residuals[i] = w[features] - y[i];
      for (int j = 0; j < features; j++) {
        residuals[i] += w[j] * x[i][j];
      }
      sum += residuals[i];
    }
    assertThat(2 * sum / rows).isCloseTo(0, within(1e-9 * lambda + 1e-13));
    int zeros = 0;
    for (int j = 0; j < features; j++) {
      double g = 0;
      for (int i = 0; i < rows; i++) {
        g += 2 * residuals[i] * x[i][j] / rows;
      }
      if (w[j] == 0) {
        zeros++;
        assertThat(Math.abs(g)).isLessThanOrEqualTo(lambda * (1 + 1e-9));
      } else {
        assertThat(g + lambda * Math.signum(w[j])).isCloseTo(0, within(1e-9 * lambda + 1e-13));
      }
    }
    assertThat(zeros).isBetween(features - rows, features - 2);
  }
}
