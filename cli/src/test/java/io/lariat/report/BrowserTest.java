package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lariat.data.Column;
import io.lariat.data.Dataset;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.path.LambdaPath;
import io.lariat.path.LinearPath;
import io.lariat.path.LinearSolution;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens reports in a headless Chromium, where there is one. */
class BrowserTest {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static String browser = "";

  @TempDir Path folder;

  @BeforeAll
  static void findBrowser() {
    Optional<String> found =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .flatMap(dir -> NAMES.stream().map(name -> Path.of(dir, name)))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst();
    if (found.isEmpty()) {
      System.err.println(
          "SKIPPED: no Chromium on the PATH, so no report was opened in a browser; to have these"
              + " tests, install one of "
              + NAMES);
    }
    assumeTrue(found.isPresent(), "no Chromium on the PATH");
    browser = found.get();
  }

  @Test
  void drawsAllPlots() throws Exception {
    String dom = open(new Studies().study());
    assertDrawn(dom, 4);
    assertThat(dom).contains("feature_11", "<canvas", "Not used (3)", "Show all");
  }

  @Test
  void drawsWithoutTwinAndValidation() throws Exception {
    Studies studies = new Studies();
    studies.twin = false;
    studies.validated = false;
    assertDrawn(open(studies.study()), 3);
  }

  @Test
  void drawsOneEpochAndNoFeature() throws Exception {
    Studies studies = new Studies();
    studies.epochs = 1;
    studies.unused = 1;
    assertDrawn(open(studies.study()), 4);
  }

  @Test
  void opensWithoutAnyEpochOrPenalty() throws Exception {
    Studies studies = new Studies();
    studies.epochs = 0;
    studies.penalized = false;
    studies.twin = false;
    assertDrawn(open(studies.study()), 0);
  }

  @Test
  void drawsManyFeaturesOfARegression() throws Exception {
    Studies studies = new Studies();
    studies.columns = Studies.numeric(10_000);
    studies.target = new Target("price", Task.REGRESSION, List.of());
    String dom = open(studies.study());
    assertDrawn(dom, 4);
    assertThat(dom).contains("Show all 7,500", "Show all 2,500");
  }

  @Test
  void drawsTheCurvesOfAComparison() throws Exception {
    Comparisons comparison = new Comparisons();
    comparison.lambdas = List.of(1e-4, 0.01, 1.0);
    String dom = open(ComparisonReport.html("made_up", comparison.result(), Map.of()));
    assertDrawn(dom, 6 + 5);
    assertThat(dom).contains("L1 + early stopping", "60.0&nbsp;% ± 5.0", "Chosen: λ = 0.01.");
  }

  @Test
  void drawsAComparisonOfOneEpochWithoutACurve() throws Exception {
    Comparisons comparison = new Comparisons();
    comparison.epochs = 1;
    comparison.lambdas = List.of(0.0);
    comparison.chosen = 0;
    assertDrawn(open(ComparisonReport.html("made_up", comparison.result(), Map.of())), 6);
  }

  @Test
  void drawsThePathOfASelection() throws Exception {
    String dom = open(SelectionReport.html(Selections.study(false, 2)));
    assertDrawn(dom, 1);
    assertThat(dom).contains("Table of all columns", "(threshold)", "in full colour");
  }

  @Test
  void drawsASelectionOfNothing() throws Exception {
    String dom = open(SelectionReport.html(Selections.study(true, 0)));
    assertDrawn(dom, 1);
    assertThat(dom).contains("No column is selected");
  }

  @Test
  void drawsPaths() throws Exception {
    Dataset classes = PathReportTest.data(Task.MULTICLASS);
    LambdaPath<LinearSolution> path = LinearPath.standardized().lambdas(9).folds(3).fit(classes);
    int chosen = path.chosen(LambdaPath.Rule.MIN);
    String dom = open(PathReport.html("made_up", path, chosen, Map.of(), List.of()));
    assertDrawn(dom, 3 + 2);
    assertThat(dom).contains("coefficient, class 2", "x2");
    LambdaPath<LinearSolution> lone = LinearPath.standardized().lambdas(1e3).folds(0).fit(classes);
    assertDrawn(open(PathReport.html("made_up", lone, null, Map.of(), List.of())), 3 + 2);
  }

  @Test
  void runsNoScriptFromNames() throws Exception {
    String evil =
        "</script><img src=x onerror=\"document.documentElement.dataset.error='hacked'\">";
    Studies studies = new Studies();
    studies.dataName = evil;
    studies.columns =
        List.of(Column.numeric(evil), new Column(evil + 2, List.of(evil + 1, "\u2028", "<b>")));
    studies.unused = 0.5;
    String dom = open(studies.study(Map.of(evil, evil), List.of(evil)));
    assertDrawn(dom, 4);
    assertThat(dom).doesNotContain("<img");
  }

  private static void assertDrawn(String dom, int plots) {
    assertThat(dom.substring(0, Math.min(400, dom.length())))
        .contains("data-drawn=\"" + plots + "\"")
        .doesNotContain("data-error");
  }

  private String open(Study study) throws IOException, InterruptedException {
    return open(Report.html(study));
  }

  /** The page's elements after its scripts have run. */
  private String open(String html) throws IOException, InterruptedException {
    Path page = folder.resolve("report.html");
    Files.writeString(page, html);
    Path dom = folder.resolve("dom.html");
    List<String> command =
        new ArrayList<>(
            List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom",
                page.toUri().toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(dom.toFile())
            .redirectError(folder.resolve("log.txt").toFile())
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("the browser took longer than 90 s");
    }
    return Files.readString(dom, StandardCharsets.UTF_8);
  }
}
