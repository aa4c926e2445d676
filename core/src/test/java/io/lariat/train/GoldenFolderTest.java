package io.lariat.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B5")
class GoldenFolderTest {

  @Test
  void whoHasNotSetItIsToldWhatToSet(@TempDir Path empty) {
    assertThat(GoldenFolder.find()).isDirectory();
    assertThatIllegalStateException()
        .isThrownBy(() -> GoldenFolder.in(""))
        .withMessageContaining("lariat.data says (it is not set); set it to");
    assertThatIllegalStateException()
        .isThrownBy(() -> GoldenFolder.in(empty.toString()))
        .withMessageContaining(empty.resolve("golden").toString());
  }
}
