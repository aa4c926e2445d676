package io.lariat.cli.output;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lariat.cli.words.Json;
import io.lariat.cli.words.Version;
import io.lariat.data.Dataset;
import io.lariat.model.Head;
import java.util.List;
import java.util.Map;

/** What is in the {@code summary.json} of every command that has one. */
public final class SummaryJson {
  /** A longer list of names is left out: of ten million features it would be 300 MB. */
  private static final int MOST_NAMES = 100_000;

  private SummaryJson() {}

  /** The names; null if they are more than are of use to anybody. */
  public static JsonElement names(List<String> names) {
    return names.size() > MOST_NAMES ? JsonNull.INSTANCE : Json.strings(names);
  }

  public static JsonObject settings(Map<String, Object> settings) {
    JsonObject json = new JsonObject();
    settings.forEach((name, value) -> json.add(name, primitive(value)));
    return json;
  }

  public static JsonPrimitive primitive(Object value) {
    return switch (value) {
      case Number n -> new JsonPrimitive(n);
      case Boolean b -> new JsonPrimitive(b);
      default -> new JsonPrimitive(value.toString());
    };
  }

  public static JsonObject versions(String backend) {
    JsonObject json = new JsonObject();
    json.addProperty("lariat", Version.lariat());
    json.addProperty("java", Version.java());
    json.addProperty("backend", backend);
    return json;
  }

  public static JsonObject data(Dataset data, Head head) {
    JsonObject json = new JsonObject();
    json.addProperty("file", data.source());
    json.addProperty("rows", data.rows());
    json.addProperty("features", data.features());
    json.addProperty("target", data.schema().target().name());
    json.addProperty("task", head.name());
    json.add("classes", Json.strings(data.schema().target().classes()));
    return json;
  }
}
