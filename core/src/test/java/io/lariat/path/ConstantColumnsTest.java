package io.lariat.path;

import static io.lariat.backend.Activation.IDENTITY;
import static io.lariat.backend.Activation.TANH;
import static io.lariat.backend.Penalty.l1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lariat.backend.Backend;
import io.lariat.backend.Backends;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.model.Certificate;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.optimality.Certification;
import io.lariat.optimality.ModelPolish;
import io.lariat.select.FeatureScore;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import io.lariat.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is the same in all rows tells nothing, whatever is kept and however it is scaled. */
@Tag("F5")
final class ConstantColumnsTest {
  private static final int COLUMNS = 5;

  @TempDir private Path folder;
  private Dataset data;

  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder csv = new StringBuilder("a,b,k,zero,large,y\n");
    for (int i = 0; i < 120; i++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      csv.append(a).append(',').append(b).append(",14.62,0,-3000,");
      csv.append(2 * a - b + 0.1 * random.nextDouble(-1, 1)).append('\n');
    }
    data = Csv.read(Files.writeString(folder.resolve("t.csv"), csv), "y");
  }

  private static void assertBlind(Model model) {
    double[] row = {0.5, -0.5, 14.62, 0, -3000};
    double before = model.predict(row)[0];
    for (int j = 2; j < COLUMNS; j++) {
      double[] other = row.clone();
      other[j] += 1e4;
      assertThat(model.predict(other)[0]).as("column %d", j).isEqualTo(before);
    }
    assertThat(before).isCloseTo(1.5, within(0.4));
  }

  @Test
  void linearPathsAreBlind() {
    for (List<String> keep : List.of(List.<String>of(), List.of("k", "zero", "large"))) {
      for (LinearPath path : List.of(LinearPath.unstandardized(), LinearPath.standardized())) {
        assertBlind(path.lambdas(5).keep(keep).fit(data).model(4));
      }
    }
  }

  @Test
  void pathsOfNetworksAreBlind() {
    Network network = Network.of(COLUMNS).dense(4, TANH).dense(1, IDENTITY);
    for (List<String> keep : List.of(List.<String>of(), List.of("k", "zero", "large"))) {
      NetworkPath path = NetworkPath.of(network).keep(keep).lambdas(0.01).epochs(60).seed(2);
      assertBlind(path.fit(data, () -> Backends.open("reference")).model(0));
      assertBlind(path.standardize().fit(data, () -> Backends.open("reference")).model(0));
    }
  }

  @Test
  void selectionsAreBlind() {
    FeatureSelector selector = FeatureSelector.create().keep(List.of("k", "zero", "large"));
    for (FeatureSelector each : List.of(selector, selector.stability(2), selector.linear())) {
      Selection selection = each.fit(data);
      assertThat(selection.selected())
          .extracting(FeatureScore::name)
          .containsExactlyInAnyOrder("a", "b");
      assertThat(selection.model().schema().featureNames()).containsExactly("a", "b");
    }
  }

  /** Weights of zero are where nothing pulls them, in the data as they are. */
  @Test
  void polishesAreBlindAndCertified() {
    Network network = Network.of(COLUMNS).dense(4, TANH, l1(0)).dense(1, IDENTITY, l1(0.001));
    try (Backend backend = Backends.open("reference")) {
      Model trained = Trainer.on(backend).epochs(100).batchSize(16).fit(network, data).model();
      Model polished = ModelPolish.of(trained, data, data.rows()).tolerance(1e-4).run();
      assertBlind(polished);
      Certificate claim = polished.certificate();
      assertThat(Certification.of(polished, data).certificate()).isEqualTo(claim);
    }
  }
}
