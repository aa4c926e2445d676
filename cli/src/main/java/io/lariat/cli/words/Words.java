package io.lariat.cli.words;

import io.lariat.path.LambdaPath;
import java.util.Locale;

/** How constants are written, on the command line and in files. */
public final class Words {

  private Words() {}

  /** How a rule is written. */
  public static String word(LambdaPath.Rule rule) {
    return rule == LambdaPath.Rule.ONE_SE ? "1se" : "min";
  }

  /** How any other constant is written. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
