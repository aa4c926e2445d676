package io.lariat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lariat.data.Csv;
import io.lariat.data.Dataset;
import io.lariat.data.ReadProgress;
import io.lariat.data.Table;
import io.lariat.formats.RecordsFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A format that only the tests have is read by the program as CSV is, by nothing but its class. */
final class FormatTest {
  private static final Path CSV = Program.DATA.resolve("penguins.csv");

  @TempDir Path folder;
  private Path records;

  @BeforeEach
  void writeRecords() throws IOException {
    records = folder.resolve("penguins.records");
    RecordsFormat.write(CSV, records);
  }

  private static String run(String... args) {
    Program.Outcome outcome = Program.here(args);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out();
  }

  private String train(Path data, String name) {
    Path out = folder.resolve(name);
    run(
        "train",
        data.toString(),
        "--target",
        "species",
        "--epochs",
        "3",
        "--hidden",
        "4",
        "--backend",
        "reference",
        "--out",
        out.toString());
    return out.toString();
  }

  @Test
  void itsRowsAreThoseOfCsv() {
    Dataset csv = Csv.read(CSV, "species");
    Dataset data = Table.at(records).read("species", null, ReadProgress.NONE);
    assertThat(data.schema()).isEqualTo(csv.schema());
    assertThat(data.sha256(data.rows())).isEqualTo(csv.sha256(csv.rows()));
  }

  @Test
  void itsModelAndPredictionsAreThoseOfCsv() throws IOException {
    String expected = train(CSV, "csv");
    String found = train(records, "records");
    assertThat(
            Files.mismatch(
                Path.of(found, "model.safetensors"), Path.of(expected, "model.safetensors")))
        .isEqualTo(-1);
    String predictions = run("predict", expected, CSV.toString());
    assertThat(run("predict", found, records.toString())).isEqualTo(predictions);
    Path unnamed = Files.copy(records, folder.resolve("rows"));
    assertThat(run("predict", found, unnamed.toString(), "--format", "records"))
        .isEqualTo(predictions);
    assertThat(run("certify", found, records.toString())).contains("certificate");
    assertThat(run("compact", found, records.toString())).contains("rows");
  }

  @Test
  void itIsAmongTheNamesOfFormatsAndHasTheirSentences() throws IOException {
    assertThat(run("train", "--help")).contains("records (.records)");
    Program.Outcome unknown = Program.here("train", CSV.toString(), "--format", "arrow");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("auto, csv, libsvm or records");
    Path cut = Files.write(folder.resolve("cut.records"), new byte[] {0, 0, 0, 1});
    Program.Outcome outcome = Program.here("train", cut.toString(), "--target", "y");
    assertThat(outcome.err())
        .isEqualTo("lariat: " + cut + ": ends too early; download or write it again\n");
  }
}
