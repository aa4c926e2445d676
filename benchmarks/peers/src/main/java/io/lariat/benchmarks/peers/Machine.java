package io.lariat.benchmarks.peers;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Where it was measured. */
final class Machine {
  private Machine() {}

  /** Processor, cores, load, JDK, commit and date, in a sentence. */
  static String describe(Path checkout) {
    return String.format(
        Locale.ROOT,
        "%s, %s; %s; commit %s; %s.",
        processor(),
        cores(),
        jdk(),
        commit(checkout),
        LocalDate.now(ZoneId.systemDefault()));
  }

  private static String processor() {
    return String.format(
        Locale.ROOT,
        "%s (family %s, model %s)",
        cpuInfo("model name"),
        cpuInfo("cpu family"),
        cpuInfo("model"));
  }

  /** Whether it has the parts of AVX-512 that a Skylake server has. */
  static boolean hasAvx512() {
    return List.of(cpuInfo("flags").split(" ", -1))
        .containsAll(List.of("avx512f", "avx512dq", "avx512cd", "avx512bw", "avx512vl"));
  }

  private static String cpuInfo(String key) {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .map(line -> line.split(":", 2))
          .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
          .map(parts -> parts[1].strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String cores() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return String.format(
        Locale.ROOT,
        "%d cores, load %.2f before the run",
        system.getAvailableProcessors(),
        system.getSystemLoadAverage());
  }

  private static String jdk() {
    return System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version");
  }

  /** The commit that is checked out, and whether files differ from it. */
  private static String commit(Path folder) {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=10")
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.isBlank() ? "unknown" : text.strip();
    } catch (IOException e) {
      return "unknown";
    }
  }
}
