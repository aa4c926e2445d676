package io.lariat.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A report taken apart. */
record ParsedPage(String html) {
  private static final Pattern DATA =
      Pattern.compile(
          "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

  static ParsedPage of(Study study) {
    return new ParsedPage(Report.html(study));
  }

  /** The JSON text in the page. */
  String json() {
    Matcher matcher = DATA.matcher(html);
    if (!matcher.find()) {
      throw new AssertionError("no data in the page");
    }
    return matcher.group(1);
  }

  JsonObject data() {
    return JsonParser.parseString(json()).getAsJsonObject();
  }

  /** The page without styles, scripts, data and comments. */
  String markup() {
    return html.replaceAll("(?s)<(style|script)[ >].*?</\\1>", "").replaceAll("(?s)<!--.*?-->", "");
  }

  /** What stands inside all elements of that name. */
  List<String> inside(String element) {
    List<String> found = new ArrayList<>();
    Matcher matcher = Pattern.compile("(?s)<" + element + ">(.*?)</" + element + ">").matcher(html);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** The texts of the elements of class {@code finding} or {@code verdict}, without mark-up. */
  String text() {
    return markup().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ");
  }
}
