package io.lariat.model;

import com.google.gson.stream.JsonWriter;
import io.lariat.data.Column;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Columns and target as JSON: {@code [{"name":"age"},{"name":"color","categories":["blue","red"]}]}
 * and {@code {"name":"benign","task":"binary","classes":["0","1"]}}. Many columns in a row that are
 * numeric and called by a prefix and consecutive numbers are one object: {@code
 * {"name":"f","from":1,"count":10000000}}.
 */
final class SchemaJson {
  /** Fewer columns than this are listed, so that a file of a few columns reads well. */
  private static final int SHORTEST_RUN = 1000;

  private SchemaJson() {}

  static String writeColumns(List<Column> columns) {
    return JsonText.of(
        json -> {
          json.beginArray();
          for (int i = 0; i < columns.size(); ) {
            ColumnRun run = ColumnRun.at(columns, i);
            if (run.count() >= SHORTEST_RUN) {
              json.beginObject();
              json.name("name").value(run.prefix());
              json.name("from").value(run.first());
              json.name("count").value(run.count());
              json.endObject();
              i += run.count();
            } else {
              for (int end = i + Math.max(1, run.count()); i < end; i++) {
                writeColumn(json, columns.get(i));
              }
            }
          }
          json.endArray();
        });
  }

  private static void writeColumn(JsonWriter json, Column column) throws IOException {
    json.beginObject().name("name").value(column.name());
    if (column.isCategorical()) {
      json.name("categories").beginArray();
      for (String category : column.categories()) {
        json.value(category);
      }
      json.endArray();
    }
    json.endObject();
  }

  /** Reads columns that make {@code features} features, and stops where they make more. */
  static List<Column> readColumns(StrictJson json, int features) {
    List<Column> listed = new ArrayList<>();
    List<List<Column>> whole = new ArrayList<>(1); // a run of all features stays a run
    long[] found = {0, 0};
    json.array(
        "columns",
        () -> {
          List<Column> run = columns(json, "column " + found[0], features - found[1]);
          found[0] += run.size();
          found[1] += run.size() == 1 ? run.getFirst().width() : run.size();
          if (found[1] > features) {
            throw json.failure(
                String.format(
                    Locale.ROOT,
                    "the columns make more features than the network's %d inputs",
                    features));
          }
          if (run.size() == features) {
            whole.add(run);
          } else {
            listed.addAll(run);
          }
        });
    json.end();
    if (found[1] < features) {
      throw json.failure(
          String.format(
              Locale.ROOT,
              "the columns make %d features, the network has %d inputs",
              found[1],
              features));
    }
    return whole.isEmpty() ? listed : whole.getFirst();
  }

  /** A column, or a run of numbered ones. */
  private static List<Column> columns(StrictJson json, String what, long most) {
    String[] name = {""};
    List<String> categories = new ArrayList<>();
    long[] run = {-1, -1};
    json.object(
        what,
        field -> {
          switch (field) {
            case "name" -> name[0] = json.string(what + " name");
            case "categories" -> categories.addAll(labels(json, what + " categories", (int) most));
            case "from" -> run[0] = json.whole(what + " from");
            case "count" -> run[1] = json.whole(what + " count");
            default -> throw json.unknownField(what, field);
          }
        });
    if (run[0] < 0 && run[1] < 0) {
      return List.of(new Column(name[0], categories));
    }
    if (run[0] < 0 || run[1] < 1 || run[0] + run[1] > Integer.MAX_VALUE || !categories.isEmpty()) {
      throw json.failure(
          what + ": expected 'from' and 'count' below 2^31 and no categories in a run of columns");
    }
    return Column.numbered(name[0], (int) run[0], (int) run[1]);
  }

  private static List<String> labels(StrictJson json, String what, int most) {
    List<String> labels = new ArrayList<>();
    json.array(
        what,
        () -> {
          if (labels.size() == most) {
            throw json.failure(
                String.format(Locale.ROOT, "%s: expected at most %d, found more", what, most));
          }
          labels.add(json.string(what));
        });
    return labels;
  }

  static String writeTarget(Target target) {
    return JsonText.of(
        json -> {
          json.beginObject();
          json.name("name").value(target.name());
          json.name("task").value(NetworkJson.lower(target.task()));
          json.name("classes").beginArray();
          for (String label : target.classes()) {
            json.value(label);
          }
          json.endArray();
          json.endObject();
        });
  }

  /** Reads the target of a network of {@code outputs} outputs. */
  static Target readTarget(StrictJson json, int outputs) {
    String[] name = {""};
    List<Task> task = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    json.object(
        "target",
        field -> {
          switch (field) {
            case "name" -> name[0] = json.string("target name");
            case "task" -> task.add(NetworkJson.constant(json, Task.values(), "target task"));
            case "classes" -> classes.addAll(labels(json, "target classes", Math.max(2, outputs)));
            default -> throw json.unknownField("target", field);
          }
        });
    json.end();
    if (task.isEmpty()) {
      throw json.failure("the target has no task");
    }
    return new Target(name[0], task.getFirst(), classes);
  }
}
