package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lariat.cli.words.Figures;
import io.lariat.data.Column;
import io.lariat.data.Dataset;
import io.lariat.data.Schema;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.select.Selection;
import io.lariat.select.Stability;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class SelectionReportTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>\"'`&\u2028{{data}}";

  private static ParsedPage page(SelectionStudy study) {
    return new ParsedPage(SelectionReport.html(study));
  }

  private static JsonObject feature(ParsedPage page, int i) {
    return page.data().getAsJsonArray("features").get(i).getAsJsonObject();
  }

  @Test
  void listsColumnsByRankWithTheirSigns() {
    ParsedPage page = page(Selections.study(false, 4));
    assertThat(page.data().getAsJsonArray("features").asList())
        .extracting(f -> f.getAsJsonObject().get("rank").getAsInt())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(feature(page, 0).get("name").getAsString()).isEqualTo("x0");
    assertThat(feature(page, 0).get("sign").getAsInt()).isEqualTo(1);
    double lambda = page.data().get("lambda").getAsDouble();
    assertThat(feature(page, 0).get("leavesAt").getAsDouble()).isGreaterThan(lambda);
    assertThat(feature(page, 1).get("leavesAt").getAsDouble()).isGreaterThan(lambda);
    assertThat(feature(page, 0).get("frequency").getAsDouble()).isEqualTo(1);
    assertThat(feature(page, 1).get("name").getAsString()).isEqualTo("x1");
    assertThat(feature(page, 1).get("sign").getAsInt()).isEqualTo(-1);
    assertThat(feature(page, 7).get("selected").getAsBoolean()).isFalse();
    assertThat(feature(page, 7).get("leavesAt").getAsDouble()).isLessThanOrEqualTo(lambda);
    assertThat(page.text()).contains("2 of 8 columns are selected", "linear model’s coefficient");
  }

  @Test
  void followsEachColumnAlongThePath() {
    SelectionStudy study = Selections.study(false, 0);
    ParsedPage page = page(study);
    JsonObject path = page.data().getAsJsonObject("path");
    List<Double> lambdas =
        path.getAsJsonArray("lambdas").asList().stream().map(JsonElement::getAsDouble).toList();
    assertThat(lambdas).isNotEmpty().isSorted().doesNotHaveDuplicates();
    JsonArray lines = path.getAsJsonArray("lines");
    assertThat(lines).hasSize(8).allMatch(l -> l.getAsJsonArray().size() == lambdas.size());
    int threshold = lambdas.size() - 1;
    while (lambdas.get(threshold) > page.data().get("lambda").getAsDouble() * (1 + 1e-6)) {
      threshold--;
    }
    assertThat(norm(lines, 0, threshold)).isPositive();
    assertThat(norm(lines, 1, threshold)).isPositive();
    for (int i = 2; i < 8; i++) {
      assertThat(norm(lines, i, threshold)).as("column of rank %d has left", i + 1).isZero();
    }
  }

  private static double norm(JsonArray lines, int i, int step) {
    return lines.get(i).getAsJsonArray().get(step).getAsDouble();
  }

  @Test
  void givesTheBoundOfStabilitySelectionWithItsFigures() {
    SelectionStudy study = Selections.study(false, 4);
    Stability stability = Objects.requireNonNull(study.selection().stability());
    // 0.75 of 8 halves are 6: c = 2 (0.5 - 1/8)
    double bound = stability.meanSelected() * stability.meanSelected() / (0.75 * 8);
    ParsedPage page = page(study);
    assertThat(page.text())
        .contains("halved at random 4 times", "Shah and Samworth (2013)")
        .contains("here 2, no more than " + Figures.digits(bound, 2) + " are expected that a half");
    ParsedPage without = page(Selections.study(false, 0));
    assertThat(without.data().get("threshold").isJsonNull()).isTrue();
    assertThat(without.json()).contains("no subsamples were asked for");
    assertThat(without.text()).doesNotContain("halved at random");
  }

  @Test
  void saysThatNothingMatters() {
    ParsedPage page = page(Selections.study(true, 0));
    assertThat(page.text())
        .contains("None of 8 columns is selected: at level 0.05 this model tells none from chance")
        .contains("nine in ten would be told from so many rows");
    assertThat(page.data().getAsJsonArray("features").asList())
        .noneMatch(f -> f.getAsJsonObject().get("selected").getAsBoolean());
  }

  @Test
  void escapesHostileNamesAndLeavesNoPlaceholder() {
    Dataset data = Selections.data(false);
    Selection selection = Selections.selection(data, 0);
    Schema evil =
        new Schema(List.of(Column.numeric(EVIL)), new Target(EVIL, Task.REGRESSION, List.of()));
    ParsedPage page = page(Selections.study(EVIL, evil, selection));
    assertThat(page.json()).doesNotContain("<", ">", "&", "\u2028");
    assertThat(page.markup()).doesNotContain("<img");
    assertThat(page.html().split("</script>", -1)).hasSize(4);
    ParsedPage plain = page(Selections.study(false, 0));
    assertThat(plain.html()).doesNotContainPattern("\\{\\{[a-z-]+}}");
    Pattern.compile("byId\\(\"([a-z-]+)\"\\)")
        .matcher(plain.inside("script").get(1))
        .results()
        .forEach(m -> assertThat(plain.html()).contains("id=\"" + m.group(1) + "\""));
  }
}
