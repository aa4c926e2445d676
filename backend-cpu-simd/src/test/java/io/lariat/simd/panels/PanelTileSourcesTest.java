package io.lariat.simd.panels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The generated tiles are what {@link PanelTileSources} writes. */
class PanelTileSourcesTest {

  @Test
  void theFilesAreWhatTheProgramWrites() throws IOException {
    Path folder =
        PanelTileSources.folder(Path.of(System.getProperty("lariat.root"), "backend-cpu-simd"));
    Map<String, String> expected = PanelTileSources.files();
    Map<String, String> found = new TreeMap<>();
    for (String name : expected.keySet()) {
      found.put(name, Files.readString(folder.resolve(name)));
    }
    assertThat(expected).hasSize(2);
    assertThat(found).isEqualTo(expected);
  }
}
