package io.lariat.model;

import io.lariat.data.Column;
import io.lariat.data.Excerpt;
import io.lariat.data.Target;
import io.lariat.data.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns and target as JSON: {@code [{"name":"age"},{"name":"color","categories":["blue","red"]}]}
 * and {@code {"name":"benign","task":"binary","classes":["0","1"]}}.
 */
final class SchemaJson {
  private SchemaJson() {}

  static String writeColumns(List<Column> columns) {
    return JsonText.of(
        json -> {
          json.beginArray();
          for (Column column : columns) {
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
          json.endArray();
        });
  }

  static List<Column> readColumns(StrictJson json) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    json.array(
        "columns",
        () -> {
          Column column = column(json, "column " + columns.size());
          if (!names.add(column.name())) {
            throw json.failure("column " + Excerpt.of(column.name()) + " occurs twice");
          }
          columns.add(column);
        });
    json.end();
    return columns;
  }

  private static Column column(StrictJson json, String what) {
    String[] name = {""};
    List<String> categories = new ArrayList<>();
    json.object(
        what,
        field -> {
          switch (field) {
            case "name" -> name[0] = json.string(what + " name");
            case "categories" -> categories.addAll(labels(json, what + " categories"));
            default -> throw json.unknownField(what, field);
          }
        });
    if (name[0].isEmpty()) {
      throw json.failure(what + " has no name");
    }
    return new Column(name[0], categories);
  }

  private static List<String> labels(StrictJson json, String what) {
    List<String> labels = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    json.array(
        what,
        () -> {
          String label = json.string(what);
          if (!seen.add(label)) {
            throw json.failure(what + ": " + Excerpt.of(label) + " occurs twice");
          }
          labels.add(label);
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

  static Target readTarget(StrictJson json) {
    String[] name = {""};
    List<Task> task = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    json.object(
        "target",
        field -> {
          switch (field) {
            case "name" -> name[0] = json.string("target name");
            case "task" -> task.add(NetworkJson.constant(json, Task.values(), "target task"));
            case "classes" -> classes.addAll(labels(json, "target classes"));
            default -> throw json.unknownField("target", field);
          }
        });
    json.end();
    if (task.isEmpty()) {
      throw json.failure("the target has no task");
    }
    int found = classes.size();
    boolean fits =
        switch (task.getFirst()) {
          case BINARY -> found == 2;
          case MULTICLASS -> found >= 2;
          case REGRESSION -> found == 0;
        };
    if (!fits) {
      throw json.failure(
          "a " + NetworkJson.lower(task.getFirst()) + " target cannot have " + found + " classes");
    }
    return new Target(name[0], task.getFirst(), classes);
  }
}
