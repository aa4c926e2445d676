package io.lariat.benchmarks.gpu;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Stands for peer.py: answers for the way {@code eager} as it should, for {@code graph} with wrong
 * losses, has no {@code compiled}, and ends in the middle of whatever else.
 */
final class FakePeer {
  private FakePeer() {}

  /** Takes what peer.py takes. */
  public static void main(String[] args) throws IOException {
    System.out.println("ready a fake");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("forget")) {
        System.out.println("forgotten");
        continue;
      }
      switch (words[2]) {
        case "eager" -> System.out.println(asLariat(args[0], line.replace("eager", "subgradient")));
        case "graph" -> System.out.println("losses 3.0 2.0 1.0");
        case "compiled" -> System.out.println("absent no compiler, no | compilation");
        default -> throw new IllegalStateException("it is tired");
      }
    }
  }

  private static String asLariat(String folder, String command) throws IOException {
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    StepServer.serve(
        new CaseFiles(Path.of(folder)),
        "reference",
        new BufferedReader(new StringReader(command)),
        new PrintStream(answers, true, StandardCharsets.UTF_8));
    return answers.toString(StandardCharsets.UTF_8).lines().toList().getLast();
  }
}
