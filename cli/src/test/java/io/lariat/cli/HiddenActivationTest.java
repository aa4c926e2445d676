package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.Activation;
import io.lariat.model.Model;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program with the activations that Keras has names for. */
class HiddenActivationTest {
  private static final String DATA = Program.DATA.resolve("wine.csv").toString();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gelu", "silu", "elu", "leaky_relu"})
  void trainsPolishesAndCertifies(String name) {
    String out = folder.resolve("out").toString();
    String options =
        "--target class --hidden 3 --penalize all --l1 0.02 --epochs 20 --polish --no-compare";
    Program.Outcome trained =
        Program.here(
            ("train " + DATA + " " + options + " --activation " + name + " --out " + out)
                .split(" "));
    assertThat(trained.code()).as(trained.err()).isZero();
    Activation expected = Activation.valueOf(name.toUpperCase(Locale.ROOT));
    assertThat(Model.load(Path.of(out)).network().layers().getFirst().activation())
        .isEqualTo(expected);
    assertThat(Program.here("inspect", out).out()).contains("dense_0", name);

    Program.Outcome certified = Program.here("certify", out, DATA);
    assertThat(certified.code()).as(certified.err()).isZero();
    assertThat(certified.out()).contains("certificate true");
    assertThat(certified.out().contains(name + ": ")).isEqualTo(expected.hasKink());
  }
}
