package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lariat.compare.Regularization;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ComparisonReportTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>\"'`&\u2028{{data}}";

  private static ParsedPage page(Comparisons comparison) {
    return new ParsedPage(
        ComparisonReport.html("made_up", comparison.result(), Map.of("folds", "5")));
  }

  private static JsonObject row(ParsedPage page, int i) {
    return page.data().getAsJsonArray("rows").get(i).getAsJsonObject();
  }

  private static List<String> strings(JsonArray array) {
    return array.asList().stream().map(JsonElement::getAsString).toList();
  }

  @Test
  void hasARowOfFiguresForEachRegularization() {
    ParsedPage page = page(new Comparisons());
    assertThat(strings(page.data().getAsJsonArray("columns")))
        .containsExactly(
            "regularization",
            "λ",
            "validation accuracy",
            "test accuracy",
            "test loss",
            "gap",
            "exact zeros",
            "features",
            "parameters",
            "kB",
            "µs per row");
    assertThat(page.data().getAsJsonArray("rows").asList())
        .extracting(r -> r.getAsJsonObject().get("name").getAsString())
        .containsExactly("none", "L1", "L2", "elastic net", "L1 + dropout", "L1 + early stopping");
    assertThat(strings(row(page, 1).getAsJsonArray("cells")))
        .containsExactly(
            "0.01",
            "92.0\u00a0% ± 1.2",
            "91.0\u00a0% ± 1.5",
            "0.320 ± 0.030",
            "0.100 ± 0.0040",
            "60.0\u00a0% ± 5.0",
            "4.50 ± 0.70",
            "23",
            "0.0920",
            "0.0500");
  }

  @Test
  void hasTheCurvesOfEach() {
    Comparisons comparison = new Comparisons();
    comparison.lambdas = List.of(0.01, 1.0, 0.0, 0.001);
    ParsedPage page = page(comparison);
    assertThat(row(page, 0).getAsJsonArray("lambdas")).isEmpty();
    assertThat(strings(row(page, 1).getAsJsonArray("lambdas")))
        .containsExactly("0.001", "0.01", "1.0");
    assertThat(row(page, 1).getAsJsonArray("losses").get(2).isJsonNull()).isTrue();
    assertThat(row(page, 0).getAsJsonArray("training")).hasSize(12);
    assertThat(row(page, 5).getAsJsonArray("validation")).hasSize(9);
    assertThat(page.json()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void saysWhatTheNumbersSay() {
    ParsedPage page = page(new Comparisons());
    assertThat(page.text())
        .contains(
            "With L1 60.0\u00a0% of the kernel weights are exactly zero and 4.50 of 10 features are"
                + " used; with L2 0\u00a0% and 10.0.",
            "a difference within the spread over the seeds",
            "The gap is 0.100 with L1, 0.0667 with L2 and 0.200 without a penalty",
            "With 100 test rows the figures are rough");
    assertThat(row(page, 0).get("gap").getAsString())
        .contains("Since epoch 5 the validation loss has risen from 0.290 to 0.418");
    assertThat(row(page, 1).get("gap").getAsString())
        .isEqualTo("Gap over the seeds: 0.100 ± 0.0040.");
    assertThat(row(page, 1).get("choice").getAsString()).isEqualTo("Chosen: λ = 0.01.");
    assertThat(
            strings(
                page.data()
                    .getAsJsonArray("tiles")
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("details")))
        .containsExactly("L1 + early stopping", "none: 90.0\u00a0%");
    Comparisons edge = new Comparisons();
    edge.chosen = 0.1;
    assertThat(row(page(edge), 1).get("choice").getAsString()).contains("largest that was tried");
  }

  @Test
  void speaksOfErrorsForARegression() {
    Comparisons comparison = new Comparisons();
    comparison.target = new Target("price", Task.REGRESSION, List.of());
    ParsedPage page = page(comparison);
    assertThat(page.json()).contains("test MAE", "Best test MAE").doesNotContain("accuracy");
    assertThat(
            strings(
                page.data()
                    .getAsJsonArray("tiles")
                    .get(0)
                    .getAsJsonObject()
                    .getAsJsonArray("details")))
        .as("the least error is the best")
        .containsExactly("none");
    assertThat(page.text()).contains("in the target’s units");
  }

  @Test
  void escapesHostileNamesAndLeavesNoPlaceholder() {
    Comparisons comparison = new Comparisons();
    comparison.target = new Target(EVIL, Task.BINARY, List.of("a", EVIL));
    ParsedPage page =
        new ParsedPage(ComparisonReport.html(EVIL, comparison.result(), Map.of(EVIL, EVIL)));
    assertThat(page.json()).doesNotContain("<", ">", "&", "\u2028");
    assertThat(page.markup()).doesNotContain("<img");
    assertThat(page.html().split("</script>", -1)).hasSize(4);
    assertThat(page(new Comparisons()).html()).doesNotContainPattern("\\{\\{[a-z-]+}}");
  }

  @Test
  void hasWhatItsScriptAsksFor() {
    Comparisons linear = new Comparisons();
    linear.compared = linear.compared.stream().filter(r -> r != Regularization.L1_DROPOUT).toList();
    ParsedPage page = page(linear);
    assertThat(page.data().getAsJsonArray("rows")).hasSize(5);
    Pattern.compile("byId\\(\"([a-z-]+)\"\\)")
        .matcher(page.inside("script").get(1))
        .results()
        .forEach(m -> assertThat(page.html()).contains("id=\"" + m.group(1) + "\""));
  }
}
