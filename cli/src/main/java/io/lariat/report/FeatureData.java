package io.lariat.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Text;
import io.lariat.data.Column;
import io.lariat.data.Schema;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inputs of the network for the page: bars by name, and the first kernel as a picture. */
final class FeatureData {
  /** Inputs listed by name; those of the smallest weights are counted only. */
  static final int MOST_LISTED = 20_000;

  /** Inputs and units that the heat map shows. */
  static final int MOST_ROWS = 40;

  static final int MOST_UNITS = 256;

  /** Longer names are cut; no reader reads them to the end, and they make the file large. */
  static final int LONGEST_NAME = 200;

  private final Schema schema;
  private final FirstKernel kernel;

  /** The first input of each column. */
  private final int[] starts;

  FeatureData(Schema schema, FirstKernel kernel) {
    this.schema = schema;
    this.kernel = kernel;
    List<Column> columns = schema.columns();
    starts = new int[columns.size()];
    for (int c = 1; c < starts.length; c++) {
      starts[c] = starts[c - 1] + columns.get(c - 1).width();
    }
  }

  private int columnOf(int input) {
    int at = Arrays.binarySearch(starts, input);
    return at >= 0 ? at : -at - 2; // within the column that starts before it
  }

  /**
   * Names and norms of the inputs in use, the largest first, and the names of the others. One-hot
   * inputs also name their column, by its place in {@code groups}.
   */
  JsonObject bars() {
    List<Integer> used = first(kernel.used(), MOST_LISTED);
    List<Integer> unused = kernel.unused(MOST_LISTED - used.size());
    List<Integer> groups =
        used.stream().map(this::columnOf).filter(this::isGroup).distinct().toList();
    Map<Integer, Integer> place = new HashMap<>();
    groups.forEach(g -> place.put(g, place.size()));
    JsonObject out = new JsonObject();
    out.addProperty("inputs", kernel.inputs());
    out.addProperty("units", kernel.units());
    out.addProperty("used", kernel.used().size());
    out.add("names", Json.array(used, this::name));
    out.add("norms", Json.array(used, j -> Json.number(kernel.norm(j))));
    out.add("nonzero", Json.array(used, j -> new JsonPrimitive(kernel.nonzero(j))));
    out.add(
        "group",
        groups.isEmpty()
            ? JsonNull.INSTANCE
            : Json.array(used, j -> new JsonPrimitive(place.getOrDefault(columnOf(j), -1))));
    out.add("groups", Json.array(groups, this::group));
    out.add("unused", Json.array(unused, this::name));
    return out;
  }

  private static List<Integer> first(List<Integer> inputs, int most) {
    return inputs.subList(0, Math.min(inputs.size(), most));
  }

  private boolean isGroup(int column) {
    return schema.columns().get(column).isCategorical();
  }

  private JsonElement group(int column) {
    Column of = schema.columns().get(column);
    JsonObject out = new JsonObject();
    out.addProperty("name", cut(of.name()));
    out.addProperty("width", of.width());
    return out;
  }

  private JsonElement name(int input) {
    int column = columnOf(input);
    return new JsonPrimitive(cut(schema.columns().get(column).featureName(input - starts[column])));
  }

  static String cut(String name) {
    return Text.cut(name, LONGEST_NAME, "\u2026");
  }

  /**
   * The largest rows and columns of the first kernel, in descending norm. {@code weights} holds 16
   * bits a weight, row-major, high byte first, in units of {@code largest / 32767}; 0 is an exact
   * zero and nothing else. Null if all weights are zero.
   */
  JsonElement heatMap() {
    if (kernel.used().isEmpty()) {
      return JsonNull.INSTANCE;
    }
    List<Integer> rows = first(kernel.used(), MOST_ROWS);
    List<Integer> units = first(kernel.unitOrder(), Math.min(MOST_UNITS, kernel.unitsUsed()));
    float largest = 0;
    for (int j : rows) {
      for (int u : units) {
        largest = Math.max(largest, Math.abs(kernel.weight(j, u)));
      }
    }
    byte[] cells = new byte[2 * rows.size() * units.size()];
    int at = 0;
    for (int j : rows) {
      for (int u : units) {
        int level = level(kernel.weight(j, u), largest);
        cells[at++] = (byte) (level >> 8);
        cells[at++] = (byte) level;
      }
    }
    JsonObject out = new JsonObject();
    out.addProperty("rows", rows.size());
    out.addProperty("unitsUsed", kernel.unitsUsed());
    JsonArray shown = Json.array(units, JsonPrimitive::new);
    out.add("units", shown);
    out.add("largest", Json.number(largest));
    out.addProperty("weights", Base64.getEncoder().encodeToString(cells));
    return out;
  }

  /** The weight in units of {@code largest / 32767}, at least one if it is not zero. */
  private static int level(float weight, float largest) {
    if (weight == 0) {
      return 0;
    }
    int level = Math.round(weight / largest * Short.MAX_VALUE);
    return level == 0 ? (int) Math.signum(weight) : level;
  }
}
