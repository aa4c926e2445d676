package io.lariat.cli.words;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The name of a file as it is typed in a shell. */
public final class ShellWord {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./+@%,:=][A-Za-z0-9_./+@%,:=-]*");

  private ShellWord() {}

  /** {@code path}, in single quotes if it has more than plain characters; never like an option. */
  public static String of(Path path) {
    String name = path.toString();
    if (PLAIN.matcher(name).matches()) {
      return name;
    }
    String noOption = name.startsWith("-") ? "./" + name : name;
    return "'" + noOption.replace("'", "'\\''") + "'";
  }
}
