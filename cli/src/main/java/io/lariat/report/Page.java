package io.lariat.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lariat.cli.words.Json;
import io.lariat.internal.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A report as one HTML page that holds all that it needs: styles, scripts, the plotting library
 * uPlot and the data. It never opens a connection, and a content security policy forbids it to, and
 * to run any script but its own, whatever names the data has.
 *
 * <p>{@code page.html} is what all reports have in common: title and lede, key figures, a full
 * table, settings and notes. Between key figures and table stands the report's own body, HTML with
 * a placeholder <code>{{name}}</code> for each text. Its scripts follow the shared {@code
 * page-*.js}; the last calls {@code present(draw)} of {@code page-draw.js}.
 *
 * <p>The same parts give the same text.
 */
final class Page {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

  /** With the report's own they are one script, in this order. */
  private static final List<String> SHARED =
      List.of("page-text.js", "page-plots.js", "page-tables.js", "page-draw.js");

  private final String template;
  private final Map<String, String> parts = new HashMap<>();
  private final JsonObject data = new JsonObject();

  /**
   * An empty page.
   *
   * @param body the resource with the report's own part
   * @param scripts the resources with the report's own scripts, in order
   */
  Page(String body, String... scripts) {
    template = resource("page.html").replace("{{body}}", resource(body).stripTrailing() + "\n");
    putCode("uplot-css", resource("uPlot.min.css"));
    putCode("page-css", resource("page.css"));
    putCode("uplot-js", resource("uPlot.iife.min.js"));
    putCode(
        "page-js",
        Stream.concat(SHARED.stream(), Stream.of(scripts))
            .map(Page::resource)
            .collect(Collectors.joining("\n")));
    parts.put("uplot-license", resource("uPlot.LICENSE"));
    data.add("tiles", new JsonArray());
    settings(Map.of());
    notes(List.of());
  }

  /**
   * Puts a text at its placeholder. All pages need {@code title}, {@code lede}, {@code caution}
   * (may be empty) and {@code table-title}.
   */
  Page text(String name, String text) {
    parts.put(name, escape(text));
    return this;
  }

  /** The key figures; none unless set. */
  Page tiles(List<Tile> tiles) {
    data.add(
        "tiles",
        Json.array(
            tiles,
            t -> {
              JsonObject tile = new JsonObject();
              tile.addProperty("label", t.label());
              tile.addProperty("value", t.value());
              tile.add("details", Json.strings(t.details()));
              return tile;
            }));
    return this;
  }

  /** Name and value of each setting, in this order; none unless set. */
  Page settings(Map<String, Object> settings) {
    JsonArray all = new JsonArray();
    settings.forEach((name, value) -> all.add(Json.strings(List.of(name, value.toString()))));
    data.add("settings", all);
    return this;
  }

  /** Remarks for the reader, each a sentence or two; none unless set. */
  Page notes(List<String> notes) {
    data.add("notes", Json.strings(notes));
    return this;
  }

  /** Something for the report's own scripts, which find it as {@code data.name}. */
  Page data(String name, JsonElement value) {
    data.add(name, value);
    return this;
  }

  /** The page's text. */
  String html() {
    Map<String, String> all = new HashMap<>(parts);
    all.put("data", Json.page(data));
    // In one pass: a text that looks like a placeholder stays as it is.
    return PLACEHOLDER
        .matcher(template)
        .replaceAll((MatchResult m) -> Matcher.quoteReplacement(part(m.group(1), all)));
  }

  /** Puts a script or style and, beside it, the hash that allows it. */
  private void putCode(String name, String code) {
    parts.put(name, code);
    parts.put(name + "-hash", hash(code));
  }

  private static String part(String name, Map<String, String> parts) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("the page has nothing to put at {{" + name + "}}");
    }
    return part;
  }

  /** What a content security policy calls an inline script or style. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Text for an element or an attribute in quotes; the rest as {@link Printable} shows it. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    Printable.of(text)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  /** A file beside the classes. */
  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "the report needs "
                + name
                + " beside its classes, it is not there; build the program again");
      }
      // Browsers read line ends so before they check the hash.
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
  }
}
