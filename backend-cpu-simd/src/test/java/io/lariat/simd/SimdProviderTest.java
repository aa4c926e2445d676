package io.lariat.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Backend;
import io.lariat.backend.BackendOptions;
import io.lariat.backend.BackendProvider;
import io.lariat.backend.Backends;
import io.lariat.simd.machine.VectorWidth;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** What the provider says of the machine, and why it refuses. */
class SimdProviderTest {

  @Test
  void isFoundAndUsableHere() {
    BackendProvider provider =
        Backends.providers().stream()
            .filter(p -> p.name().equals("simd"))
            .findFirst()
            .orElseThrow();
    assertThat(provider.unavailableReason()).isNull();
    assertThat(provider.priority()).isEqualTo(100);
    assertThat(provider.details()).matches("(128|256|512)-bit vectors");
  }

  @Test
  void describesItself() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    try (Backend one = Backends.open("simd", new BackendOptions(1));
        Backend two = Backends.open("simd", new BackendOptions(2))) {
      assertThat(one.name()).isEqualTo("simd");
      assertThat(one.description()).isEqualTo("simd (" + bits + "-bit vectors, 1 thread)");
      assertThat(two.description()).isEqualTo("simd (" + bits + "-bit vectors, 2 threads)");
    }
  }

  @Test
  void refusesWidthsThatDoNotExist() {
    for (String bits : List.of("64", "1024", "wide", "")) {
      assertThat(SimdProvider.examine(bits))
          .isEqualTo("lariat.simd.bits: expected 128, 256 or 512, found '" + bits + "'");
    }
  }

  @Test
  void refusesWidthsThatTheMachineLacks() {
    assertThat(VectorWidth.refusal("512", 256))
        .isEqualTo(
            "lariat.simd.bits: 512-bit vectors asked for, this machine and JVM have 256 bits; leave"
                + " the property away");
    assertThat(VectorWidth.refusal("256", 256)).isNull();
    assertThat(VectorWidth.refusal(null, 64))
        .isEqualTo("the JVM's vectors are only 64 bits wide here, 128 are needed");
  }

  @Test
  void refusesJvmsWithoutTheOptimisingCompiler() {
    assertThat(VectorProbe.withoutCompiler("interpreted mode, sharing")).contains("-Xint");
    assertThat(VectorProbe.withoutCompiler("mixed mode, emulated-client")).contains("C1");
  }

  /** In JVMs of their own, with the flags that make it refuse. */
  @Test
  void saysWhichFlagIsMissing() throws Exception {
    assertThat(reasonUnder())
        .isEqualTo(
            "the Vector API is not there; start Java with --add-modules jdk.incubator.vector");
    String[] module = {"--add-modules", "jdk.incubator.vector"};
    assertThat(reasonUnder(module)).isEqualTo("null");
    assertThat(reasonUnder(module[0], module[1], "-Dlariat.simd.bits=64"))
        .startsWith("lariat.simd.bits: expected 128, 256 or 512");
    assertThat(reasonUnder(module[0], module[1], "-Xint")).contains("-Xint");
    assertThat(reasonUnder(module[0], module[1], "-XX:TieredStopAtLevel=1")).contains("C1 only");
  }

  private static String reasonUnder(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Reason.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String found = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return found;
  }

  /** Prints why the provider refuses. */
  static final class Reason {
    public static void main(String[] args) {
      System.out.println(new SimdProvider().unavailableReason());
    }
  }
}
