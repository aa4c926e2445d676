package io.lariat.cuda.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.emulation.Emulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How JCuda's libraries get into a JVM; each in a JVM of its own, on the CPU emulation. */
class JCudaLoaderTest {
  private static final String LIBRARY = "lib/libJCudaDriver-12.6.0-linux-x86_64.so";

  @TempDir private Path temporary;

  @BeforeEach
  void load() {
    Emulation.load();
  }

  @Test
  void leavesNothingBehind() throws Exception {
    assertThat(child().run(Load.class)).isEqualTo("loaded");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void doesNotTakeWhatLiesUnderJCudasNames() throws Exception {
    Path planted = temporary.resolve(Path.of(LIBRARY).getFileName());
    Files.writeString(planted, "planted");
    assertThat(child().run(Load.class)).isEqualTo("loaded");
    assertThat(planted).hasContent("planted");
    assertThat(temporary).isDirectoryContaining(planted::equals);
  }

  @Test
  void saysThatTheTemporaryFolderTakesNoFile() throws Exception {
    Path system = Path.of("/proc"); // in which not even root can make a file
    assertThat(Child.plain().libraries(Emulation.driverFolder()).in(system).run(Load.class))
        .startsWith("the temporary folder /proc takes no copy of " + LIBRARY + " (")
        .endsWith("); make room there or name another folder with -Djava.io.tmpdir=FOLDER");
  }

  @Test
  void saysWhyALibraryCannotBeLoadedAndLeavesNothing(@TempDir Path empty) throws Exception {
    assertThat(Child.plain().libraries(empty).in(temporary).run(Load.class))
        .isEqualTo(
            LIBRARY
                + " cannot be loaded from the folder "
                + temporary
                + ": libcuda.so.1: cannot open shared object file: No such file or directory; if"
                + " that folder is mounted noexec, name another one with"
                + " -Djava.io.tmpdir=FOLDER");
    assertThat(temporary).isEmptyDirectory();
  }

  /** Where one may mount a folder, as root or in a namespace of one's own. */
  @Test
  void saysThatTheTemporaryFolderForbidsPrograms() throws Exception {
    String mount = "mount -t tmpfs -o noexec none " + temporary;
    Assumptions.assumeTrue(
        new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", mount)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0,
        "no folder can be mounted here");
    String[] launcher = {
      "unshare", "--map-root-user", "--mount", "sh", "-c", mount + " && exec \"$@\"", "sh"
    };
    assertThat(child().by(launcher).run(Load.class))
        .contains("failed to map segment from shared object; if that folder is mounted noexec");
  }

  @Tag("D15")
  @Test
  void letsNobodyElseReadOrWriteItsCopy() throws Exception {
    String[] permissive = {"sh", "-c", "umask 000 && exec \"$@\"", "sh"};
    assertThat(child().by(permissive).run(Copy.class)).isEqualTo("rw-------");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void knowsTheVersionOfJCuda() {
    for (String library : new String[] {JCudaLoader.DRIVER, JCudaLoader.CUBLAS}) {
      assertThat(JCudaLoader.class.getClassLoader().getResource(JCudaLoader.resource(library)))
          .isNotNull();
    }
  }

  @Test
  void keepsJCudaToItself() {
    Driver driver = JCudaLoader.driver();
    assertThat(driver.getClass().getClassLoader()).isInstanceOf(JCudaLoader.class);
    assertThat(JCudaLoader.driver().getClass()).isSameAs(driver.getClass());
  }

  private Child child() throws IOException {
    return Child.plain().libraries(Emulation.driverFolder()).in(temporary);
  }

  /** Loads the driver and uses it. */
  static final class Load {
    public static void main(String[] args) {
      try {
        System.out.println(JCudaLoader.driver().devices() == 1 ? "loaded" : "not the emulation");
      } catch (BackendUnavailableException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  /** Copies the driver's library and says who may do what with it. */
  static final class Copy {
    public static void main(String[] args) throws IOException {
      Path copy = JCudaLoader.copy(JCudaLoader.DRIVER);
      System.out.println(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
      Files.delete(copy);
    }
  }
}
