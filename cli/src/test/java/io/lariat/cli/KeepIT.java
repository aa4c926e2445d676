package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --keep} with columns whose names have commas and quotes. */
@Tag("F15")
final class KeepIT {
  /** The names {@code size, m}, {@code so-called "q"} and {@code plain}, as CSV writes them. */
  private static final String NAMES = "\"size, m\",\"so-called \"\"q\"\"\",plain";

  @TempDir private Path folder;

  @BeforeEach
  void table() throws IOException {
    StringBuilder text = new StringBuilder(NAMES + ",x,y\n");
    for (int i = 0; i < 120; i++) {
      int x = i * 37 % 101;
      text.append(i * 7 % 13 + 0.5).append(',').append(i * 5 % 11).append(',').append(i * 3 % 7);
      text.append(',').append(x).append(',').append(2 * x + i % 3 * 0.5).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
  }

  private Program.Outcome run(String command, String keep) {
    List<String> few = command.equals("select") ? List.of("--subsamples", "0") : List.of();
    String[] args = {command, "t.csv", "--target", "y", "--hidden", "none", "--out", command};
    String[] all = new String[args.length + 2 + few.size()];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "--keep";
    all[args.length + 1] = keep;
    for (int i = 0; i < few.size(); i++) {
      all[args.length + 2 + i] = few.get(i);
    }
    return Program.real(folder, all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "path", "select"})
  void namesAnyColumn(String command) throws IOException {
    Program.Outcome outcome = run(command, NAMES);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    String inJson = NAMES.replace("\"", "\\\"");
    assertThat(Program.text(folder.resolve(command).resolve("summary.json")))
        .contains("\"keep\": \"" + inJson + "\"");
  }

  @Test
  void keepsThem() throws IOException {
    assertThat(run("select", NAMES).code()).isZero();
    assertThat(Program.text(folder.resolve("select/selected.csv")))
        .contains("\n\"size, m\",")
        .contains("\n\"so-called \"\"q\"\"\",")
        .contains("\nplain,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"size, m", "\"size, m", "\"size\""})
  void saysWhatItCannotFind(String keep) {
    Program.Outcome outcome = run("train", keep);
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.errLines()).singleElement().asString().contains("--keep");
    assertThat(folder.resolve("train")).doesNotExist();
  }
}
