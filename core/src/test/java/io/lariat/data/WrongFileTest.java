package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of another kind than was meant gets a sentence on its kind, not on a missing column. */
@Tag("F17")
final class WrongFileTest {
  private static final Schema MODEL =
      Schema.unnamed(2, new Target("y", Task.REGRESSION, List.of()));
  private static final String TABLE = "x0,x1,y\n1,4,0.5\n2,1,1.5\n3,5,2.5\n4,4,3.5\n";

  @TempDir private Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("t.csv"), bytes);
  }

  /** Both for a training and for a prediction. */
  private void isRefused(byte[] bytes, String... words) throws IOException {
    Path file = file(bytes);
    for (Runnable reading :
        List.<Runnable>of(() -> Csv.read(file, "y"), () -> Csv.readFeatures(file, MODEL))) {
      assertThatThrownBy(reading::run)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContainingAll(words)
          .hasMessageContaining("; ");
    }
  }

  private void isRefused(String text, String... words) throws IOException {
    isRefused(text.getBytes(StandardCharsets.UTF_8), words);
  }

  @ParameterizedTest
  @CsvSource({
    "';', semicolons", "'\t', tabs", "'|', vertical bars", "' ', spaces", "'   ', spaces",
    "':', colons", "'^', carets", "'~', tildes", "' ; ', semicolons", "' | ', vertical bars"
  })
  void otherSeparators(String separator, String named) throws IOException {
    String table = TABLE.replace(",", separator);
    isRefused(table, "t.csv line 1", "separated by " + named, "commas");
    isRefused("\n \n" + table, "t.csv line 3", named);
    isRefused("\uFEFF" + table.replace("\n", "\r\n"), "t.csv line 1", named);
    isRefused(table.replace(".", ","), "t.csv line 1", named);
    isRefused(table.replaceAll("x0|x1|y", "\"$0\""), "t.csv line 1", named);
    isRefused(table.replaceAll("[x0-9.]+|y", "\"$0\""), "t.csv line 1", named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"# by a tool", "#", "% matlab", "// x, z", "-- sql", "! header"})
  void comments(String comment) throws IOException {
    isRefused(comment + "\n" + TABLE, "line 1", "is a comment", "remove");
    isRefused(comment + "\n" + comment + "\n" + TABLE, "line 1", "is a comment");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Report 2024",
        "Report 2024,,",
        "\"Report 2024\",,",
        "Report 2024\nby the office",
        "Report 2024,,\n\nAll of it,,",
        "Report 2024,all shops",
        "Report,2024,all shops"
      })
  void titles(String title) throws IOException {
    isRefused(title + "\n" + TABLE, "line 1", "is a title, '", "Report", "before the header");
    isRefused("\n" + title + "\n\n" + TABLE, "line 2", "is a title");
  }

  @ParameterizedTest
  @CsvSource({
    "'x0,,', column 2 has no name",
    "'x0,x0,y', are both called 'x0'",
    "'x0,x1,z', 'y'",
  })
  void aHeaderThatIsWrongIsNoTitle(String header, String words) throws IOException {
    Path file =
        file(
            (header + "\n" + TABLE.lines().skip(1).findFirst().orElseThrow())
                .getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Csv.read(file, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("title");
  }

  /** More of them than anyone looks at. */
  @Test
  void blankLinesBeforeAHeaderThatIsWrong() throws IOException {
    Path file = file(("\n".repeat(70_000) + "x0,,\n1,2,3\n").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Csv.read(file, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 70001: column 2 has no name");
  }

  @Test
  void namedModelsAndNumberedFeatures() throws IOException {
    Path rows = Files.writeString(folder.resolve("t.svm"), "1 1:1\n0 2:1\n");
    Schema named =
        new Schema(
            List.of(new Column("age", List.of())), new Target("y", Task.REGRESSION, List.of()));
    assertThatThrownBy(() -> Libsvm.read(rows, named, ReadProgress.NONE))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith(
            "the model's inputs have names ('age', ...); use a CSV file with these columns");
  }

  @Test
  void aColumnMayBeCalledAsIfItWereAComment() throws IOException {
    Path file =
        file("#id,a b,c;d,y\n1,2,3,0.5\n2,3,5,1.5\n4,1,1,7.5\n".getBytes(StandardCharsets.UTF_8));

    assertThat(Csv.read(file, "y").schema().featureNames()).containsExactly("#id", "a b", "c;d");
  }

  @ParameterizedTest
  @CsvSource({
    "'sep=;', sep=",
    "'<!DOCTYPE html>', web page",
    "'<?xml version=\"1.0\"?>', XML",
    "'[', JSON",
    "'{', JSON",
    "'[{\"x0\": 1, \"y\": 2}]', JSON",
    "'{\"x0\":1,\"y\":2}', JSON",
    "'[[1,2],[3,4]]', JSON",
    "'@RELATION iris', ARFF",
    "'1 1:0.5 7:2', libsvm",
    "'-1 3:1', libsvm",
    "'1.5,2,3', numbers",
    "'\"1\",\"2\"', numbers"
  })
  void otherFormats(String first, String named) throws IOException {
    isRefused(first + "\n" + TABLE, "t.csv line 1", named);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-16, UTF-16",
    "UTF-16LE, UTF-16LE",
    "UTF-16BE, UTF-16BE",
    "UTF-32, UTF-32BE",
    "UTF-32LE, UTF-32LE",
    "UTF-32BE, UTF-32BE"
  })
  void otherEncodings(String encoding, String named) throws IOException {
    isRefused(TABLE.getBytes(Charset.forName(encoding)), named, "UTF-8");
    isRefused(("\uFEFF" + TABLE).getBytes(Charset.forName(encoding)), "UTF-", "iconv");
    isRefused(gzip(TABLE.getBytes(Charset.forName(encoding))), named);
  }

  @Test
  void encodingsOfOneByte() throws IOException {
    isRefused("größe,x0,x1,y\n1,2,3,4\n".getBytes(Charset.forName("windows-1252")), "UTF-8");
    isRefused("x0,x1,y\n1,ü,4\n".getBytes(StandardCharsets.ISO_8859_1), "line 2", "UTF-8");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "[Content_Types].xml, Excel",
    "xl/workbook.xml, Excel",
    "docProps/app.xml, Excel",
    "data.csv, zip archive"
  })
  void archives(String entry, String named) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(packed)) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(TABLE.getBytes(StandardCharsets.UTF_8));
    }
    isRefused(packed.toByteArray(), named);
  }

  @ParameterizedTest
  @CsvSource({
    "d0cf11e0a1b11ae100000000, .xls",
    "504152311504151a, Parquet",
    "4152524f57310000, Arrow",
    "464541310000, Feather",
    "4f524300, ORC",
    "4f626a0104, Avro",
    "894844460d0a1a0a00, HDF5",
    "934e554d50590100, NumPy",
    "53514c69746520666f726d6174203300, SQLite",
    "5244583300, R data",
    "425a6839314159265359, bzip2",
    "fd377a585a000004, xz",
    "28b52ffd04, zstd",
    "04224d1864, lz4",
    "377abcaf271c0004, 7z",
    "255044462d312e37, PDF",
    "89504e470d0a1a0a00, PNG",
    "ffd8ffe000, JPEG",
    "10000000000000007b22, safetensors"
  })
  void otherKindsOfFiles(String begin, String named) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(begin);
    isRefused(bytes, named);
    isRefused(gzip(bytes), named);
    Path file = Files.write(folder.resolve("t.libsvm"), bytes);
    assertThatThrownBy(() -> Libsvm.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(named);
  }

  @Test
  void packedTwiceOrATape() throws IOException {
    isRefused(gzip(gzip(TABLE.getBytes(StandardCharsets.UTF_8))), "gzip twice");
    byte[] tape = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.UTF_8), 0, tape, 257, 5);
    tape[0] = 'x';
    isRefused(gzip(tape), "tar archive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PAR1,y", "BZh9,y", "RDX,y", "ORC,y", "ARROW1,y", "FEA1,y"})
  void namesThatBeginAsFilesDo(String header) throws IOException {
    Path file = file((header + "\n1,2.5\n2,1.5\n3,2.5\n").getBytes(StandardCharsets.UTF_8));

    assertThat(Csv.read(file, "y").rows()).isEqualTo(3);
  }
}
