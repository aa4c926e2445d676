package io.lariat;

import static io.lariat.backend.Activation.SIGMOID;
import static io.lariat.backend.Activation.TANH;
import static io.lariat.backend.Penalty.l1;
import static io.lariat.train.Optimizer.adam;
import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.Backends;
import io.lariat.compare.Comparison;
import io.lariat.compare.ComparisonResult;
import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.data.ReadProgress;
import io.lariat.model.Compaction;
import io.lariat.model.Model;
import io.lariat.model.Network;
import io.lariat.optimality.Certification;
import io.lariat.optimality.ModelPolish;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.LinearSolution;
import io.lariat.select.FeatureScore;
import io.lariat.select.FeatureSelector;
import io.lariat.select.Selection;
import io.lariat.train.Trainer;
import io.lariat.train.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Java of docs/method.md, word for word. */
final class MethodTest {
  private static final Path DATA = Path.of(System.getProperty("lariat.data"));
  private static final Path SOURCE = Path.of("src/test/java/io/lariat/MethodTest.java");

  @Test
  void snippetsRun() {
    Path csv = DATA.resolve("breast_cancer.csv");
    try (Backend backend = Backends.open("reference", new BackendOptions(1))) {
      trainCertifyCompact(csv, backend);
    }
    Dataset data = Csv.read(csv, "benign", null, ReadProgress.NONE);
    path(data);
    select(data);
    compare(data);
  }

  private static void trainCertifyCompact(Path csv, Backend backend) {
    Dataset data = Csv.read(csv, "benign", null, ReadProgress.NONE);
    Network network =
        Network.of(data.features()).dense(8, TANH, l1(0.005)).dense(1, SIGMOID, l1(0.005));
    Training run =
        Trainer.on(backend)
            .epochs(100)
            .optimizer(adam(0.01))
            .standardize()
            .seed(42)
            .fit(network, data);
    long zeros = run.history().last().totalZeros();
    assertThat(zeros).isBetween(150L, 248L);

    Model polished = ModelPolish.of(run.model(), data, run.trainingRows()).run();
    Certification found = Certification.of(polished, data);
    assertThat(found.differences()).isEmpty();
    assertThat(found.certificate().residual()).isLessThan(1e-6 * 0.005);

    Compaction compaction = Compaction.of(polished);
    Model small = compaction.model();
    assertThat(compaction.check(data).holds()).isTrue();
    assertThat(small.features()).isLessThan(30);
  }

  private static void path(Dataset data) {
    LambdaPath<LinearSolution> path =
        LinearPath.standardized().lambdas(50).folds(5).seed(42).fit(data);
    Model chosen = path.model(path.chosen(LambdaPath.Rule.ONE_SE));
    assertThat(path.points()).hasSize(50);
    assertThat(chosen.weights().zeros(0)).isBetween(10, 29);
  }

  private static void select(Dataset data) {
    Selection selection = FeatureSelector.create().stability(2).seed(42).fit(data);
    List<FeatureScore> features = selection.selected();
    Model refitted = selection.model();
    assertThat(features).hasSizeBetween(1, 10);
    assertThat(refitted.features()).isEqualTo(features.size());
  }

  private static void compare(Dataset data) {
    Network network = Network.of(data.features()).dense(8, TANH).dense(1, SIGMOID);
    ComparisonResult result =
        Comparison.of(network)
            .training(t -> t.epochs(20).optimizer(adam(0.01)).standardize())
            .lambdas(List.of(0.001, 0.01))
            .folds(3)
            .seeds(2)
            .fit(data, () -> Backends.open("reference", new BackendOptions(1)));
    List<String> table = result.table();
    assertThat(table).hasSize(7);
  }

  /** Every line of Java on the page stands in this file, so that it compiles and was run. */
  @Test
  void thePageHasNoOtherJava() throws IOException {
    String source = Files.readString(SOURCE).replaceAll("\\s", "");
    String page = Files.readString(DATA.resolveSibling("docs").resolve("method.md"));
    Matcher block = Pattern.compile("(?s)```java\\n(.*?)```").matcher(page);
    int blocks = 0;
    while (block.find()) {
      assertThat(source).contains(block.group(1).replaceAll("//.*", "").replaceAll("\\s", ""));
      blocks++;
    }
    assertThat(blocks).isEqualTo(6);
  }
}
