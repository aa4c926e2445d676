package io.lariat.cuda.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.emulation.Emulation;
import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which cuBLAS is taken, on the CPU emulation. */
class BlasLibraryTest {
  private static final String REMEDY = "; name the library of cuBLAS, its folder, or none";

  @TempDir private Path root;
  private FakeMachine machine;

  @BeforeEach
  void showAMachine() {
    Emulation.load();
    machine = new FakeMachine(root);
  }

  @Test
  void findsNoneWhereThereIsNone() {
    assertThat(BlasLibrary.find(machine)).isEmpty();
  }

  @Test
  void takesNoneIfNoneIsWanted() throws Exception {
    install(12, "usr/local/cuda/lib64");
    machine.properties.put("lariat.cuda.cublas", "none");
    assertThat(BlasLibrary.find(machine)).isEmpty();
  }

  @Test
  void takesTheOneThatIsNamed() throws Exception {
    install(12, "usr/local/cuda/lib64");
    Path folder = install(13, "opt/blas");
    assertThat(named(folder)).contains("cuBLAS 13.").endsWith("(" + folder + "/libcublas.so.13)");
    Path file = folder.resolve("libcublas.so.13");
    assertThat(named(file)).endsWith("(" + file + ")");
    Path link = Files.createSymbolicLink(root.resolve("libcublas.so"), file);
    assertThat(named(link)).contains("cuBLAS 13.");
    install(12, "opt/blas");
    assertThat(named(folder)).contains("cuBLAS 12.");
  }

  @Test
  void refusesWhatIsNamedAndDoesNotWork() throws Exception {
    install(12, "usr/local/cuda/lib64");
    assertRefused(root.resolve("none"), "none cannot be read: ");
    assertRefused(root, root + " holds no libcublas.so.N" + REMEDY);
    machine.with("opt/libcudart.so.12").with("opt/libcublas.so.14");
    Path opt = root.resolve("opt").toRealPath();
    assertRefused(
        opt.resolve("libcudart.so.12"), opt + "/libcudart.so.12 is no libcublas.so.N" + REMEDY);
    assertRefused(opt, opt + "/libcublas.so.14 cannot be loaded: file too short" + REMEDY);
    Path other = Files.createDirectories(root.resolve("other")).resolve("libcublas.so.99");
    Files.copy(Emulation.driverFolder().resolve("libcuda.so.1"), other);
    assertRefused(other, "/libcublas.so.99 has no function cublasCreate_v2");
  }

  @Test
  void prefersTwelveAndThenTheNewest() throws Exception {
    Path toolkit = install(13, "usr/local/cuda-13.0/lib64");
    assertThat(found()).endsWith("(" + toolkit + "/libcublas.so.13)");
    Path wheel = install(12, "usr/lib/python3/dist-packages/nvidia/cublas/lib");
    assertThat(found()).endsWith("(" + wheel + "/libcublas.so.12)");
  }

  @Test
  void passesOverWhatDoesNotWork() throws Exception {
    machine.with("usr/local/cuda/lib64/libcublas.so.12");
    machine.with("usr/local/cuda/lib64/libcublas.so.13");
    Path wheel = install(13, "usr/lib/python3.12/site-packages/nvidia/cu13/lib");
    assertThat(found()).endsWith("(" + wheel + "/libcublas.so.13)");
  }

  /** Where the program is run from is somebody else's folder, perhaps. */
  @Tag("D16")
  @Test
  void followsNoRelativePath() throws Exception {
    Path python = Files.createDirectories(root.resolve("base/bin")).resolve("python3");
    Files.createFile(python);
    assertThat(python.toFile().setExecutable(true)).isTrue();
    install(13, "base/lib");
    String bin =
        String.valueOf(Path.of("").toRealPath().relativize(python.getParent().toRealPath()));
    machine.variables.put("PATH", ".::" + bin);
    machine.variables.put("HOME", bin + "/..");
    machine.variables.put("CONDA_PREFIX", bin + "/..");
    machine.variables.put("CUDA_HOME", bin + "/..");
    assertThat(BlasLibrary.find(machine)).isEmpty();
    machine.variables.put("PATH", ".::" + bin + ":" + python.getParent());
    assertThat(found()).contains("libcublas.so.13");
  }

  @Test
  void looksInOnePlaceAfterTheOther() throws Exception {
    Path user = install(13, "home/.local/lib/python3.13/site-packages/nvidia/cu13/lib");
    machine.variables.put("HOME", root.resolve("home").toString());
    assertThat(found()).contains("(" + user);

    Path python = Files.createDirectories(root.resolve("base/bin")).resolve("python3");
    Files.createFile(python);
    assertThat(python.toFile().setExecutable(true)).isTrue();
    Path base = install(13, "base/lib/python3.13/site-packages/nvidia/cu13/lib");
    Path bin = Files.createDirectories(root.resolve("venv/bin"));
    Files.createSymbolicLink(bin.resolve("python3"), python);
    machine.variables.put("PATH", "/nowhere::" + bin);
    assertThat(found()).contains("(" + base.toRealPath());
    Path venv = install(13, "venv/lib/python3.13/site-packages/nvidia/cu13/lib");
    assertThat(found()).contains("(" + venv);

    Path conda = install(13, "conda/lib");
    machine.variables.put("CONDA_PREFIX", root.resolve("conda").toString());
    assertThat(found()).contains("(" + conda);

    Path older = install(13, "usr/local/cuda-13.9/lib64");
    assertThat(found()).contains("(" + older);
    Path newer = install(13, "usr/local/cuda-13.10/lib64");
    assertThat(found()).contains("(" + newer);

    Path home = install(13, "opt/cuda/lib64");
    machine.variables.put("CUDA_HOME", root.resolve("opt/cuda").toString());
    assertThat(found()).contains("(" + home);
  }

  @Test
  void asksTheSystemsLoaderFirst() throws Exception {
    install(13, "usr/local/cuda/lib64");
    Path known = Emulation.blasFolder(13);
    FakeMachine knowing =
        new FakeMachine(root) {
          @Override
          Optional<SymbolLookup> load(@Nullable Path folder, String file) {
            boolean isThere = folder == null && file.endsWith(".so.13");
            return super.load(isThere ? known : folder, file);
          }
        };
    Blas.Opener opener = BlasLibrary.find(knowing).orElseThrow();
    assertThat(opener.description()).endsWith("(" + known + "/libcublas.so.13)");
  }

  /** Puts the emulated cuBLAS into a folder. */
  private Path install(int version, String path) throws IOException {
    Path folder = Files.createDirectories(root.resolve(path));
    for (String name : new String[] {"libcublasLt.so.", "libcublas.so."}) {
      Files.copy(
          Emulation.blasFolder(version).resolve(name + version), folder.resolve(name + version));
    }
    return folder;
  }

  private String found() {
    return BlasLibrary.find(machine).orElseThrow().description();
  }

  private String named(Path path) {
    machine.properties.put("lariat.cuda.cublas", path.toString());
    return found();
  }

  private void assertRefused(Path path, String reason) {
    machine.properties.put("lariat.cuda.cublas", path.toString());
    assertThatThrownBy(() -> BlasLibrary.find(machine))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageStartingWith("system property lariat.cuda.cublas: ")
        .hasMessageContaining(reason);
  }
}
