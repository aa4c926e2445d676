package io.lariat.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in other notations and dates are no categories; what only looks like them is. */
@Tag("F9")
@Tag("D20")
final class NotationTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3,5",
        "-0,25",
        "1,234",
        "1,234.50",
        "12,34,567",
        "1.234,5",
        "1.234.567",
        "1'234",
        "1 234",
        "1\u202f234,5",
        "1_000",
        "1_000_000",
        "12%",
        "12.5 %",
        "-3,5%",
        "$5",
        "$1,234.50",
        "-$5",
        "5 \u20ac",
        "\u20ac5",
        "EUR 5",
        "(1,234)",
        "12-",
        "\u22125",
        "1,5e3",
        "1.5D+03",
        "0x1A",
        "0x1p3",
        "2.5f",
        "\u0661\u0662",
        "5\u2030",
        ",5",
        "5\u00b0",
        "-2.5 \u00b0C",
        "71\u00b0 F",
        "1*10^5",
        "1.5 x 10^-3",
        "2,5\u00b710^6",
        "3\u00d710^5",
        "1.5K",
        "2.5M",
        "0.3k",
        "1.25B"
      })
  void areNumbers(String text) {
    assertThat(CellKind.ofOdd(text)).isEqualTo(CellKind.OTHER_NOTATION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-05-17",
        "2024/5/17",
        "2024.05.17",
        "17.05.2024",
        "17.5.24",
        "5/17/2024",
        "17/5/24",
        "17-05-2024",
        "2024-05",
        "05/2024",
        "2024Q1",
        "2024-Q3",
        "2024-W05",
        "12:30",
        "9:05:10",
        "23:59:59.123",
        "9:30 AM",
        "2024-05-17T09:30:00Z",
        "2024-05-17 09:30",
        "2024-05-17 09:30:00.5+02:00",
        "17 May 2024",
        "May 17, 2024",
        "17-May-24",
        "1. Dec 2023",
        "June 2024",
        "Fri, 17 May 2024 09:30:00 +0000",
        "20240517T0930",
        "Sept 3, 2021"
      })
  void areDates(String text) {
    assertThat(CellKind.ofOdd(text)).isEqualTo(CellKind.DATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5-10%",
        "5-10",
        "<5",
        ">50%",
        "1.2.3",
        "120/80",
        "1:100",
        "3d",
        "1F",
        "5kg",
        "1K",
        "2B",
        "5G",
        "1/2",
        "4x10",
        "4x100",
        "2.4G",
        ".d",
        "2.0T",
        "\u00b0C",
        "A1",
        "10+",
        "2020s",
        "may",
        "march",
        "Q1",
        "Monday",
        "192.168.0.1",
        "1-2-3-4",
        "M5",
        "%",
        "$",
        "-",
        "13/45",
        "2024-13-45",
        "25:61",
        "1,2,3",
        "Sunday",
        "12 angry men",
        "1e",
        "e5",
        "0x",
        "_"
      })
  void areNeither(String text) {
    assertThat(CellKind.ofOdd(text)).isIn(CellKind.TEXT, CellKind.MISSING);
  }

  private Path table(String header, String row, int rows) throws IOException {
    StringBuilder text = new StringBuilder(header).append('\n');
    for (int i = 0; i < rows; i++) {
      text.append(String.format(Locale.ROOT, row, i, i % 10, 10 + i % 3, 10 + i % 17)).append('\n');
    }
    return Files.writeString(folder.resolve("t.csv"), text);
  }

  /** As an input and as the target, few of them and many; the first is the example. */
  @ParameterizedTest
  @CsvSource({
    "'\"%2$d,5\"', '0,5'",
    "%2$d%%, 0%",
    "'\"1,%2$d00\"', '1,000'",
    "1_00%2$d, 1_000",
    "$%2$d, $0",
    "'\"%1$d,5\"', '0,5'",
    "%1$d%%, 0%",
    "1 00%2$d, 1 000",
    "%2$d\u00b0, 0\u00b0",
    "%2$d*10^3, 0*10^3",
    "%2$d.5K, 0.5K",
    "0x%2$d, 0x0",
  })
  void aColumnOfNumbersIsRefused(String cell, String example) throws IOException {
    Path input = table("p,y", cell + ",%1$d.5", 60);
    assertThatThrownBy(() -> Csv.read(input, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "t.csv line 2, column 'p': '%s' is not in plain decimal notation", example)
        .hasMessageContaining("; rewrite the column");
    Path target = table("x,p", "%1$d.5," + cell, 60);
    for (ThrowingCallable reading :
        List.<ThrowingCallable>of(
            () -> Csv.read(target, "p"), () -> Csv.read(target, "p", Task.REGRESSION))) {
      assertThatThrownBy(reading)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("line 2, column 'p': '%s' is not in plain decimal", example);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2024-%3$d-%4$d, 2024-10-10",
    "%4$d.%3$d.2024, 10.10.2024",
    "%3$d:%4$d, 10:10",
    "2024-01-%4$dT%3$d:00:00Z, 2024-01-10T10:00:00Z",
    "%4$d May 2024, 10 May 2024"
  })
  void aColumnOfDatesIsRefused(String cell, String example) throws IOException {
    Path input = table("d,y", cell + ",%1$d.5", 60);
    assertThatThrownBy(() -> Csv.read(input, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("line 2, column 'd': '%s' is a date or a time; write it", example);
  }

  @Test
  void fewDatesAreClassesAndManyAreNot() throws IOException {
    Path few = table("x,d", "%1$d.5,2024-01-%3$d", 60);
    assertThat(Csv.read(few, "d").schema().target().classes()).hasSize(3).contains("2024-01-10");
    Path many = table("x,d", "%1$d.5,2024-%3$d-%4$d", 300);
    assertThatThrownBy(() -> Csv.read(many, "d"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'2024-10-10' is a date", "multiclass task");
    assertThat(Csv.read(table("x,d", "%1$d.5,2024-01-%4$d", 300), "d").task())
        .isEqualTo(Task.MULTICLASS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%2$d%%", "'%2$d,5'", "2024-01-%3$d"})
  void classesThatAreAskedForAreWhatStandsThere(String cell) throws IOException {
    Path file = table("x,c", "%1$d.5," + cell.replace('\'', '"'), 60);
    List<String> classes = Csv.read(file, "c", Task.MULTICLASS).schema().target().classes();

    assertThat(classes).allMatch(label -> label.matches("\\d%|\\d,5|2024-01-\\d\\d"));
  }

  /** A word among numbers for people does not make them categories, nor a number among words. */
  @Test
  void mostCellsDecide() throws IOException {
    StringBuilder text = new StringBuilder("p,q,y\n");
    for (int i = 0; i < 60; i++) {
      String p = i % 10 == 0 ? "special" : i % 9 + "%";
      String q = i % 3 == 0 ? "5-10%" : i % 3 == 1 ? "above" : i % 2 == 0 ? "2020" : "50%";
      text.append(i % 2 == 0 ? p : "n/a")
          .append(',')
          .append(q)
          .append(',')
          .append(i)
          .append(".5\n");
    }
    Path both = Files.writeString(folder.resolve("both.csv"), text);
    assertThatThrownBy(() -> Csv.read(both, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("column 'p'", "'2%'");
    Path ranges =
        Files.writeString(folder.resolve("q.csv"), text.toString().replaceAll("(?m)^[^,]*,", ""));
    assertThat(Csv.read(ranges, "y").schema().columns().getFirst().categories())
        .containsExactly("2020", "5-10%", "50%", "above");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000red", "red\u0000", "r\u001bed", "\u001b[31mred", "re\u0007d", "\u0000"})
  void controlCharactersAreRefused(String cell) throws IOException {
    String rows = "red,1.5\nblue,2.5\nred,0.5\nblue,3.5\n" + cell + ",1.5\nblue,0.5\n";
    for (String written : List.of(rows, rows.replace(cell, '"' + cell + '"'))) {
      Path file = Files.writeString(folder.resolve("t.csv"), "c,y\n" + written);
      assertThatThrownBy(() -> Csv.read(file, "y"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("t.csv line 6, column 'c': holds the control character U+00")
          .hasMessageContaining("; remove it");
    }
  }

  @Test
  @Tag("F19")
  void featuresOfOneNameAreRefused() throws IOException {
    Path collision =
        Files.writeString(
            folder.resolve("t.csv"), "a,a=b,y\nb=c,c,1.5\nx,d,2.5\nb=c,d,3.5\nx,c,0.5\n");
    assertThatThrownBy(() -> Csv.read(collision, "y"))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("'a'", "'a=b'", "'a=b=c'", "; rename a column");
    Path number =
        Files.writeString(folder.resolve("t.csv"), "a,a=b,y\nb,1,1.5\nx,2,2.5\nb,5,3.5\nx,4,0.5\n");
    assertThatThrownBy(() -> Csv.read(number, "y")).hasMessageContaining("called 'a=b'; rename");
    Path none =
        Files.writeString(folder.resolve("t.csv"), "a,a=b,y\nc,1,1.5\nx,2,2.5\nc,5,3.5\nx,4,0.5\n");
    assertThat(Csv.read(none, "y").schema().featureNames()).containsExactly("a=c", "a=x", "a=b");
  }
}
