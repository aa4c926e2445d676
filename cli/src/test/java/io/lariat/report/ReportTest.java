package io.lariat.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lariat.cli.words.Json;
import io.lariat.data.Column;
import io.lariat.data.Target;
import io.lariat.data.Task;
import io.lariat.internal.text.Printable;
import io.lariat.train.StopReason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final String EVIL =
      "</script><img src=x onerror=alert(1)>\"'`&\u2028\u202e{{data}}";

  @Test
  void isTheSameForTheSameStudyWhateverTheLocale() {
    String page = Report.html(new Studies().study());
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(Report.html(new Studies().study())).isEqualTo(page);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void leavesNoPlaceholder() {
    assertThat(Report.html(new Studies().study())).doesNotContainPattern("\\{\\{[a-z-]+}}");
  }

  @Test
  void namesNothingOutsideItself() {
    ParsedPage page = ParsedPage.of(new Studies().study());
    String own =
        page.html()
            .replace("https://github.com/leeoniya/uPlot", "")
            .replaceAll("(?s)<!--.*?-->", "");
    assertThat(own)
        .doesNotContainPattern("https?:")
        .doesNotContainPattern("(?i)@import|url\\(")
        .doesNotContainPattern("(?i)XMLHttpRequest|fetch\\(|WebSocket|sendBeacon|EventSource")
        .doesNotContainPattern("(?i)\\ssrc\\s*=\\s*[\"']|\\shref\\s*=\\s*[\"']|<link|<iframe");
  }

  @Test
  void allowsItsOwnScriptsAndStylesOnly() throws Exception {
    ParsedPage page = ParsedPage.of(new Studies().study());
    assertThat(page.html()).contains("default-src 'none'").doesNotContain("unsafe-inline");
    for (String element : List.of("script", "style")) {
      assertThat(page.inside(element)).hasSize(2);
      for (String text : page.inside(element)) {
        byte[] digest =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        assertThat(page.html())
            .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
      }
    }
    assertThat(page.markup()).doesNotContainPattern("\\s(style|on[a-z]+)\\s*=");
  }

  @Test
  void keepsTheLicenceOfThePlottingLibrary() {
    assertThat(Report.html(new Studies().study())).contains("Leon Sorokin", "MIT");
  }

  @Test
  void escapesHostileNamesEverywhere() {
    Studies studies = new Studies();
    studies.dataName = EVIL;
    studies.target = new Target(EVIL, Task.BINARY, List.of("a", EVIL));
    studies.columns =
        List.of(
            Column.numeric(EVIL),
            new Column(EVIL + "group", List.of(EVIL, "<!--", "]]>")),
            Column.numeric("\u0000\u0007\ufffe"));
    studies.unused = 0;
    ParsedPage page = ParsedPage.of(studies.study(Map.of(EVIL, EVIL), List.of(EVIL)));
    assertThat(page.json()).doesNotContain("<", ">", "&", "\u2028", "\u2029");
    assertThat(page.markup()).doesNotContain("<img", "\u0000");
    assertThat(page.html().split("</script>", -1)).hasSize(4);
    assertThat(page.html().split("<!--", -1)).hasSize(2);
    JsonArray names = page.data().getAsJsonObject("features").getAsJsonArray("names");
    assertThat(names.asList()).extracting(JsonElement::getAsString).contains(Printable.of(EVIL));
    assertThat(page.markup()).contains("{{data}}");
  }

  @Test
  void cutsVeryLongNames() {
    Studies studies = new Studies();
    studies.columns =
        List.of(Column.numeric("\ud83d\ude00".repeat(5000)), Column.numeric("a".repeat(100_000)));
    studies.unused = 0;
    ParsedPage page = ParsedPage.of(studies.study());
    for (JsonElement name : page.data().getAsJsonObject("features").getAsJsonArray("names")) {
      String text = name.getAsString();
      assertThat(text.codePointCount(0, text.length())).isEqualTo(201);
      assertThat(text).endsWith("\u2026");
    }
  }

  @Test
  void hasOnlyFiniteNumbers() {
    assertThat(Json.number(Double.NaN).isJsonNull()).isTrue();
    assertThat(Json.number(Double.NEGATIVE_INFINITY).isJsonNull()).isTrue();
    assertThat(Json.number(0.1f).toString()).isEqualTo("0.1000000");
    assertThat(Json.number(512).toString()).isEqualTo("512");
    Studies studies = new Studies();
    studies.gap = Double.NaN;
    studies.twinGap = Double.POSITIVE_INFINITY;
    ParsedPage page = ParsedPage.of(studies.study());
    assertThat(page.json()).doesNotContain("NaN", "Infinity");
    assertThat(page.text()).doesNotContain("NaN", "Infinity", "\u221e");
  }

  @Test
  void reportsWithoutATwin() {
    Studies studies = new Studies();
    studies.twin = false;
    ParsedPage page = ParsedPage.of(studies.study());
    assertThat(page.data().getAsJsonArray("runs")).hasSize(1);
    assertThat(page.markup()).contains("<p class=\"verdict\" id=\"verdict\"></p>");
    assertThat(page.json()).doesNotContain("without L1");
  }

  @Test
  void reportsWithoutValidation() {
    Studies studies = new Studies();
    studies.validated = false;
    ParsedPage page = ParsedPage.of(studies.study());
    JsonObject run = page.data().getAsJsonArray("runs").get(0).getAsJsonObject();
    assertThat(run.get("valDataLoss").isJsonNull()).isTrue();
    assertThat(page.text()).contains("No rows were kept for validation", "the gap is not known");
    assertThat(page.json()).contains("Training accuracy").doesNotContain("Validation accuracy");
  }

  @Test
  void reportsARunWithoutPenalty() {
    Studies studies = new Studies();
    studies.penalized = false;
    studies.twin = false;
    assertThat(ParsedPage.of(studies.study()).text())
        .contains("No weight is penalised.", "This run")
        .doesNotContain("with L1");
  }

  @Test
  void reportsACancelledRun() {
    Studies studies = new Studies();
    studies.epochs = 2;
    studies.stopReason = StopReason.CANCELLED;
    assertThat(ParsedPage.of(studies.study()).text()).contains("It was cancelled", "2 epochs");
    studies.epochs = 0;
    assertThat(ParsedPage.of(studies.study()).text()).contains("No epoch was completed");
  }

  @Test
  void reportsThatNoFeatureIsUsed() {
    Studies studies = new Studies();
    studies.unused = 1;
    ParsedPage page = ParsedPage.of(studies.study());
    assertThat(page.data().get("heat").isJsonNull()).isTrue();
    assertThat(page.data().getAsJsonObject("features").getAsJsonArray("names")).isEmpty();
    assertThat(page.data().getAsJsonObject("features").getAsJsonArray("unused")).hasSize(12);
    assertThat(page.text()).contains("No input is in use");
  }

  @Test
  void reportsARegressionInItsOwnUnits() {
    Studies studies = new Studies();
    studies.target = new Target("price", Task.REGRESSION, List.of());
    assertThat(ParsedPage.of(studies.study()).json()).contains("Validation MAE", "16,835", "0.910");
  }

  @Test
  void sortsFeaturesAndGroupsOneHotOnes() {
    Studies studies = new Studies();
    studies.columns =
        List.of(Column.numeric("age"), new Column("color", List.of("red", "green", "blue")));
    studies.unused = 0;
    JsonObject features = ParsedPage.of(studies.study()).data().getAsJsonObject("features");
    assertThat(features.getAsJsonArray("names").asList())
        .extracting(JsonElement::getAsString)
        .containsExactlyInAnyOrder("age", "color=red", "color=green", "color=blue");
    List<Double> norms =
        features.getAsJsonArray("norms").asList().stream().map(JsonElement::getAsDouble).toList();
    assertThat(norms).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(features.getAsJsonArray("group").asList())
        .extracting(JsonElement::getAsInt)
        .containsExactlyInAnyOrder(-1, 0, 0, 0);
    assertThat(features.getAsJsonArray("groups").toString())
        .isEqualTo("[{\"name\":\"color\",\"width\":3}]");
  }

  @Test
  void staysSmallWithTenThousandFeatures() {
    Studies studies = new Studies();
    studies.units = 128;
    studies.columns =
        IntStream.range(0, 10_000)
            .mapToObj(i -> Column.numeric("a_name_of_common_length_" + i))
            .toList();
    ParsedPage page = ParsedPage.of(studies.study());
    assertThat(page.html().length()).isLessThan(3_000_000);
    JsonObject features = page.data().getAsJsonObject("features");
    assertThat(features.getAsJsonArray("names")).hasSize(7_500);
    assertThat(features.getAsJsonArray("unused")).hasSize(2_500);
    JsonObject heat = page.data().getAsJsonObject("heat");
    assertThat(heat.get("rows").getAsInt()).isEqualTo(FeatureData.MOST_ROWS);
    assertThat(Base64.getDecoder().decode(heat.get("weights").getAsString()))
        .hasSize(2 * FeatureData.MOST_ROWS * 128);
  }

  @Test
  void countsInputsThatAreTooManyToList() {
    Studies studies = new Studies();
    studies.units = 2;
    studies.columns = Studies.numeric(50_000);
    JsonObject features = ParsedPage.of(studies.study()).data().getAsJsonObject("features");
    assertThat(features.getAsJsonArray("names")).hasSize(FeatureData.MOST_LISTED);
    assertThat(features.get("inputs").getAsInt()).isEqualTo(50_000);
    assertThat(features.get("used").getAsInt()).isEqualTo(37_500);
  }

  @Test
  void everyIdThatTheScriptAsksForIsInThePage() {
    ParsedPage page = ParsedPage.of(new Studies().study());
    String script = page.inside("script").get(1);
    Pattern.compile("byId\\(\"([a-z-]+)\"\\)")
        .matcher(script)
        .results()
        .forEach(m -> assertThat(page.html()).contains("id=\"" + m.group(1) + "\""));
  }
}
