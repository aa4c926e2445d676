package io.lariat.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Text;
import io.lariat.path.LambdaPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The report of a path as one HTML page, complete in itself. */
public final class PathReport {
  /** More lines than this are not drawn: the largest are. */
  private static final int MOST_LINES = 100;

  private final LambdaPath<?> path;
  private final PathTraces traces;
  private final @Nullable Integer chosen;
  private final PathFindings findings;

  private PathReport(LambdaPath<?> path, @Nullable Integer chosen) {
    this.path = path;
    this.chosen = chosen;
    traces = new PathTraces(path, chosen == null ? path.points().size() - 1 : chosen);
    findings = new PathFindings(path, traces, chosen);
  }

  /**
   * The page; the same arguments give the same text.
   *
   * @param dataName what the data is called
   * @param chosen the position of the model that was chosen; null: none was
   * @param settings name and value of each setting, shown in this order
   * @param notes remarks for the reader, each a sentence or two
   */
  public static String html(
      String dataName,
      LambdaPath<?> path,
      @Nullable Integer chosen,
      Map<String, Object> settings,
      List<String> notes) {
    return new PathReport(path, chosen).page(dataName, settings).notes(notes).html();
  }

  private Page page(String dataName, Map<String, Object> settings) {
    boolean validated = path.folds() > 0;
    return new Page("path.html", "path-plots.js", "path-draw.js")
        .text("title", dataName)
        .text("lede", findings.lede(dataName))
        .text("caution", "")
        .text("table-title", "Table of lambdas")
        .text("traces-title", findings.tracesTitle())
        .text("about-traces", findings.aboutTraces(MOST_LINES))
        .text("about-cv", findings.aboutCurves())
        .text("verdict", findings.verdict())
        .text("about-chosen", findings.aboutChosen())
        .tiles(findings.tiles())
        .settings(settings)
        .data("lambdas", column(p -> p.solution().lambda()))
        .data("training", column(p -> p.solution().loss()))
        .data("features", column(p -> p.solution().features()))
        .data("loss", validated ? column(LambdaPath.Point::cvMean) : JsonNull.INSTANCE)
        .data("error", validated ? column(LambdaPath.Point::cvSe) : JsonNull.INSTANCE)
        .data("lossLabel", new JsonPrimitive(findings.lossLabel()))
        .data("all", new JsonPrimitive(path.data().features()))
        .data("chosen", chosen == null ? JsonNull.INSTANCE : new JsonPrimitive(ascending(chosen)))
        .data("rules", rules())
        .data("outputs", outputs())
        .data("columns", Json.strings(columns()))
        .data("rows", Json.array(path.points(), p -> Json.strings(cells(p))))
        .data("chosenColumns", Json.strings(findings.featureColumns()))
        .data("chosenRows", Json.array(findings.featureRows(), Json::strings));
  }

  /** Position {@code i} of the path when the lambdas are ascending, as a plot has them. */
  private int ascending(int i) {
    return path.points().size() - 1 - i;
  }

  private JsonArray column(ToDoubleFunction<LambdaPath.Point<?>> value) {
    List<LambdaPath.Point<?>> points = new ArrayList<>(path.points());
    return Json.array(points.reversed(), p -> Json.number(value.applyAsDouble(p)));
  }

  private JsonArray rules() {
    JsonArray rules = new JsonArray();
    if (path.folds() == 0) {
      return rules;
    }
    for (LambdaPath.Rule rule : LambdaPath.Rule.values()) {
      JsonObject mark = new JsonObject();
      mark.addProperty("name", Text.word(rule));
      mark.addProperty("index", ascending(path.chosen(rule)));
      rules.add(mark);
    }
    return rules;
  }

  private JsonArray outputs() {
    JsonArray outputs = new JsonArray();
    for (int k = 0; k < traces.outputs(); k++) {
      int output = k;
      JsonObject out = new JsonObject();
      out.addProperty("name", findings.output(k));
      out.addProperty("label", findings.tracesLabel(k));
      int[] order = Arrays.copyOf(traces.order(k), Math.min(MOST_LINES, traces.order(k).length));
      out.add(
          "lines",
          Json.array(
              IntStream.of(order).boxed().toList(),
              j -> {
                JsonObject line = new JsonObject();
                line.addProperty("name", traces.name(j));
                double[] values = traces.values(output, j);
                List<Integer> back =
                    IntStream.range(0, values.length).map(this::ascending).boxed().toList();
                line.add("values", Json.array(back, i -> Json.number(values[i])));
                return line;
              }));
      outputs.add(out);
    }
    return outputs;
  }

  private List<String> columns() {
    List<String> columns =
        new ArrayList<>(List.of("λ", "exact zeros", "features", "training loss"));
    if (path.folds() > 0) {
      String metric = path.head().metric().label();
      columns.addAll(List.of("validation loss", "standard error", "validation " + metric));
    }
    columns.add("KKT residual");
    return columns;
  }

  private List<String> cells(LambdaPath.Point<?> point) {
    List<String> cells = new ArrayList<>();
    cells.add(Figures.digits(point.solution().lambda(), 4));
    cells.add(Figures.count(point.solution().zeros()));
    cells.add(Figures.count(point.solution().features()));
    cells.add(Figures.digits(point.solution().loss(), 4));
    if (path.folds() > 0) {
      cells.add(Figures.digits(point.cvMean(), 4));
      cells.add(Figures.digits(point.cvSe(), 2));
      cells.add(findings.metric(point));
    }
    cells.add(Text.of("%.1e", point.solution().kkt()));
    return cells;
  }
}
