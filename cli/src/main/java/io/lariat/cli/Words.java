package io.lariat.cli;

import io.lariat.path.LambdaPath;
import java.util.Locale;

/** How constants are written, on the command line and in files. */
final class Words {

  private Words() {}

  /** How a rule is written. */
  static String word(LambdaPath.Rule rule) {
    return rule == LambdaPath.Rule.ONE_SE ? "1se" : "min";
  }

  /** How any other constant is written. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
