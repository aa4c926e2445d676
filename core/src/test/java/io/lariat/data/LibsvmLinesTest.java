package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line of a libsvm file is: a row, nothing, or a mistake. */
@Tag("F14")
final class LibsvmLinesTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("t.libsvm"), text);
  }

  private Features predicted(String text) throws IOException {
    Dataset known = Libsvm.read(file("1 1:1\n0 2:1\n1 1:2\n0 2:3\n"));
    return Libsvm.readFeatures(file(text), known.schema(), ReadProgress.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "'1:1\n\n2:1\n', '1 0 0 0 0 1'", // in between
    "'\n1:1\n2:1\n', '0 0 1 0 0 1'", // first
    "'\n\n1:1\n', '0 0 0 0 1 0'",
    "'1:1\n2:1\n\n', '1 0 0 1 0 0'", // last
    "'1:1\n  \t\n2:1', '1 0 0 0 0 1'", // of white space
    "'1:1\r\n\r\n2:1\r\n', '1 0 0 0 0 1'",
    "'# nothing\n1:1\n# nothing\n2:1\n', '1 0 0 1'", // a comment is no row
    "'1:1 # words\n\n2:1\n', '1 0 0 0 0 1'",
  })
  void anEmptyLineIsARowIfThereAreNoLabels(String text, String expected) throws IOException {
    double[] values = Arrays.stream(expected.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Features rows = predicted(text);

    assertThat(rows.rows()).isEqualTo(values.length / 2);
    for (int i = 0; i < values.length; i++) {
      float[] row = new float[2];
      rows.copy(i / 2, 1, row);
      assertThat(row[i % 2]).isEqualTo((float) values[i]);
    }
  }

  @Test
  void anEmptyLineIsNoneAmongLabels() throws IOException {
    assertThat(predicted("\n1 1:1\n\n0\n  \n1 2:1\n\n").rows()).isEqualTo(3);
    assertThat(Libsvm.read(file("\n1 1:1\n\n0\n1 2:1\n\n0 1:3\n")).rows()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 1:1\n0 2:1\n1 1:3\n0 2:2\n", "# words\n1 1:1\n0 2:1\n1 1:3\n0 2:2\n"})
  void aByteOrderMarkIsNothing(String text) throws IOException {
    assertThat(Libsvm.read(file("\uFEFF" + text)).sha256(4))
        .isEqualTo(Libsvm.read(file(text)).sha256(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 qid:7 1:1\n", "0 1:1\n1 qid:10 1:1\n"})
  void queriesAreRefused(String text) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> Libsvm.read(file, Task.REGRESSION, ReadProgress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("line ", "'qid:", "; remove it");
    assertThatThrownBy(() -> predicted(text)).hasMessageContainingAll("'qid:", "; remove it");
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> Libsvm.read(file("x,z,y\n1,2,3\n")))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("line 1", "'x,z,y'", "CSV", "--format csv");
    assertThatThrownBy(() -> Libsvm.read(file("1,3 1:1\n")))
        .hasMessageContainingAll("line 1", "'1,3', several labels");
    Path inside = Files.createDirectory(folder.resolve("x.libsvm"));
    assertThatThrownBy(() -> Libsvm.read(inside))
        .hasMessageContaining("x.libsvm: is a folder; give the file of rows itself");
  }

  @Test
  @Tag("D12")
  void damageHasTheSentenceOfCsv() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("1 1:1\n0 2:1\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    Path file = folder.resolve("t.libsvm.gz");
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Libsvm.read(file))
        .hasMessage(file + ": the gzip data ends too early; download or compress it again");
    whole[whole.length - 5] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> Libsvm.read(file))
        .hasMessageContainingAll("the gzip data is damaged", "; download or compress it again");
  }
}
