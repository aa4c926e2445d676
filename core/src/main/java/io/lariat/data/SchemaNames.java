package io.lariat.data;

import io.lariat.internal.text.Excerpt;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names of a schema: all there, different, and text that a file can hold, so that whatever is
 * trained can be saved and read again.
 */
final class SchemaNames {
  private SchemaNames() {}

  /** Checks the columns' names and categories. */
  static void check(List<Column> columns) {
    Set<String> names = HashSet.newHashSet(columns.size());
    for (Column column : columns) {
      String name = column.name();
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "schema: column " + names.size() + " has no name; give it one");
      }
      requireText("column", name);
      if (!names.add(name)) {
        throw new IllegalArgumentException(
            "schema: column " + Excerpt.of(name) + " occurs twice; give each its own name");
      }
      requireDistinct("column " + Excerpt.of(name) + ": category", column.categories());
    }
  }

  /** Checks the target's name and classes. */
  static void check(Target target) {
    requireText("target", target.name());
    requireDistinct("class", target.classes());
  }

  private static void requireDistinct(String what, Collection<String> labels) {
    Set<String> seen = HashSet.newHashSet(labels.size());
    for (String label : labels) {
      requireText(what, label);
      if (!seen.add(label)) {
        throw new IllegalArgumentException(
            "schema: " + what + " " + Excerpt.of(label) + " occurs twice");
      }
    }
  }

  /** Half of a surrogate pair is no character, and would come back from a file as another. */
  private static void requireText(String what, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "schema: %s %s holds half of a surrogate pair, \\u%04x, at %d; remove it",
                what,
                Excerpt.of(text),
                (int) c,
                i));
      }
    }
  }
}
