package io.lariat.report;

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

/**
 * The report of a training as one HTML page.
 *
 * <p>The page holds all that it needs: styles, scripts, the plotting library uPlot and the data. It
 * never opens a connection, and a content security policy forbids it to, and to run any script but
 * its own, whatever names the data has.
 */
public final class Report {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");

  /** One script in the page, in this order. */
  private static final List<String> SCRIPTS =
      List.of(
          "report-text.js",
          "report-plots.js",
          "report-inputs.js",
          "report-heat.js",
          "report-tables.js",
          "report-page.js");

  private Report() {}

  /** The page for {@code study}; the same study gives the same text. */
  public static String html(Study study) {
    FirstKernel kernel = new FirstKernel(study.run().model().weights());
    Findings findings = new Findings(study);
    Wording words = new Wording(study.run().model().network());
    Map<String, String> parts = new HashMap<>();
    putCode("uplot-css", resource("uPlot.min.css"), parts);
    putCode("report-css", resource("report.css"), parts);
    putCode("uplot-js", resource("uPlot.iife.min.js"), parts);
    putCode("report-js", script(), parts);
    parts.put("uplot-license", resource("uPlot.LICENSE"));
    parts.put("data", new ReportData(study).json(kernel));
    parts.put("title", escape(study.dataName()));
    parts.put("lede", escape(findings.lede()));
    parts.put("caution", escape(findings.caution()));
    parts.put("about-losses", escape(findings.aboutLosses()));
    parts.put("name-run", escape(Wording.sentence(words.with())));
    parts.put("name-twin", escape(Wording.sentence(words.without())));
    parts.put("under-run", escape(findings.underRun()));
    parts.put("under-twin", escape(findings.underTwin()));
    parts.put("verdict", escape(findings.verdict()));
    parts.put("zeros", escape(findings.zeros()));
    parts.put("features", escape(findings.features(kernel)));
    return fill(resource("report.html"), parts);
  }

  /** Puts a script or style and, beside it, the hash that allows it. */
  private static void putCode(String name, String code, Map<String, String> parts) {
    parts.put(name, code);
    parts.put(name + "-hash", hash(code));
  }

  private static String script() {
    return SCRIPTS.stream().map(Report::resource).collect(Collectors.joining("\n"));
  }

  /** Replaces all placeholders in one pass: a text that looks like one stays as it is. */
  private static String fill(String template, Map<String, String> parts) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll((MatchResult m) -> Matcher.quoteReplacement(part(m.group(1), parts)));
  }

  private static String part(String name, Map<String, String> parts) {
    String part = parts.get(name);
    if (part == null) {
      throw new IllegalStateException("report.html: nothing to put at {{" + name + "}}");
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

  /** Text for an element or an attribute in quotes; control characters become U+FFFD. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\t', '\n' -> out.append(' ');
                default -> out.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
              }
            });
    return out.toString();
  }

  private static String resource(String name) {
    try (InputStream in = Report.class.getResourceAsStream(name)) {
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
