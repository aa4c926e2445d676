package io.lariat.structure;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page may name the module's classes and no others. */
class PackagePagesTest {
  @TempDir private Path root;

  @Test
  void aNameThatIsNoClassFails() throws IOException {
    Path folder = Files.createDirectories(root.resolve("p"));
    Files.writeString(folder.resolve("Kernel.java"), "class Kernel {}");
    Path page = folder.resolve("package-info.java");
    Files.writeString(page, "/**\n * First {@code\n * Kernel}, in {@code X}.\n */\npackage p;");
    PackagePages.requireRealNames(root);
    Files.writeString(page, "/** First {@code Kernels}. */ package p;");
    assertThatThrownBy(() -> PackagePages.requireRealNames(root))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Kernels");
  }
}
