package io.lariat.data.csv;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.lariat.data.Csv;
import io.lariat.data.DataException;
import io.lariat.data.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a CSV file can be wrong, with the exact words; FILE stands for its path. */
@Tag("F17")
class CsvErrorsTest {
  @TempDir Path folder;

  private static Stream<Arguments> files() {
    return Stream.of(
        arguments("empty file", "", "FILE: is empty; expected a header line and rows"),
        arguments(
            "blank lines only", "\n\n  \n", "FILE: is empty; expected a header line and rows"),
        arguments("header only", "a,y\n", "FILE: has a header but no rows; add rows"),
        arguments(
            "header only, blank lines", "\na,y\n\n \n", "FILE: has a header but no rows; add rows"),
        arguments(
            "short row",
            "a,b,y\n1,2,0\n3,4\n5,6,1\n",
            "FILE line 3: found 2 cells, expected 3 as in the header; look for a missing or an"
                + " unquoted comma"),
        arguments(
            "long row",
            "a,y\n1,0\n\n2,3,1\n",
            "FILE line 4: found 3 cells, expected 2 as in the header; look for a missing or an"
                + " unquoted comma"),
        arguments(
            "one cell",
            "a,b,y\n1\n",
            "FILE line 2: found 1 cell, expected 3 as in the header; look for a missing or an"
                + " unquoted comma, or remove the line if it is a comment or a footer"),
        arguments(
            "a comment at the end",
            "a,b,y\n1,2,0\n2,3,1\n# end\n",
            "FILE line 4: found 1 cell, expected 3 as in the header; look for a missing or an"
                + " unquoted comma, or remove the line if it is a comment or a footer"),
        arguments(
            "one number in several ways",
            "a,y\n1,007\n2,07\n3,7\n4,7\n",
            "FILE: target 'y': '007' and '07' are the same number, as are all in its rows: there is"
                + " nothing to learn; put a letter before each if these are classes, or choose"
                + " another target"),
        arguments(
            "a word among few numbers",
            "a,y\n2,0\n3,1\n4,0\n5more,1\n2,0\n3,1\n4,0\n5more,1\n",
            "FILE line 5, column 'a': '5more' is not a number; correct it or remove the row, or put"
                + " a letter before each cell of the column if these are categories"),
        arguments(
            "ragged beats a bad cell",
            "a,b,y\n,2\n",
            "FILE line 2: found 2 cells, expected 3 as in the header; look for a missing or an"
                + " unquoted comma"),
        arguments(
            "text in a numeric column",
            "a,y\n1,0\n2,1\nabc,0\n4,1\n",
            "FILE line 4, column 'a': 'abc' is not a number; correct it or remove the row"),
        arguments(
            "exactly half are numbers",
            "a,y\n1,0\nx,1\n",
            "FILE line 3, column 'a': 'x' is not a number; correct it or remove the row"),
        arguments(
            "the first of two columns",
            "a,b,y\n1,2,0\n2,x,1\nz,4,0\n4,5,1\n",
            "FILE line 3, column 'b': 'x' is not a number; correct it or remove the row"),
        arguments(
            "empty cell",
            "a,b,y\n1,2,0\n3,,1\n",
            "FILE line 3, column 'b': the cell is empty; fill it in or remove the row"),
        arguments(
            "blank cell",
            "a,b,y\n1,2,0\n3, \t,1\n",
            "FILE line 3, column 'b': the cell is empty; fill it in or remove the row"),
        arguments(
            "quoted empty cell of a text column",
            "a,y\nred,0\n\"\",1\n",
            "FILE line 3, column 'a': the cell is empty; fill it in or remove the row"),
        arguments(
            "row of commas",
            "a,b,y\n1,2,0\n,,\n",
            "FILE line 3, column 'a': the cell is empty; fill it in or remove the row"),
        arguments(
            "NaN",
            "a,y\n1,0\nNaN,1\n3,0\n",
            "FILE line 3, column 'a': 'NaN' is not finite; fill in a number or remove the row"),
        arguments(
            "infinity",
            "a,y\n1,0\n-inf,1\n3,0\n",
            "FILE line 3, column 'a': '-inf' is not finite; fill in a number or remove the row"),
        arguments(
            "Infinity",
            "a,y\n1,0\n2,1\n+Infinity,0\n",
            "FILE line 4, column 'a': '+Infinity' is not finite; fill in a number or remove the"
                + " row"),
        arguments(
            "NA",
            "a,y\n1,0\nNA,1\n",
            "FILE line 3, column 'a': 'NA' stands for a missing value; fill in a number or remove"
                + " the row"),
        arguments(
            "N/A",
            "a,y\n1,0\nN/A,1\n",
            "FILE line 3, column 'a': 'N/A' stands for a missing value; fill in a number or remove"
                + " the row"),
        arguments(
            "null",
            "a,y\nnull,0\n2,1\n",
            "FILE line 2, column 'a': 'null' stands for a missing value; fill in a number or remove"
                + " the row"),
        arguments(
            "mostly missing is numeric still",
            "a,y\n?,0\n?,1\n?,0\n4,1\n",
            "FILE line 2, column 'a': '?' stands for a missing value; fill in a number or remove"
                + " the row"),
        arguments(
            "dash",
            "a,y\n1,0\n-,1\n",
            "FILE line 3, column 'a': '-' stands for a missing value; fill in a number or remove"
                + " the row"),
        arguments(
            "nothing but missing",
            "a,y\n?,0\n?,1\n",
            "FILE line 2, column 'a': '?' stands for a missing value; fill in a number or remove"
                + " the row"),
        arguments(
            "too large",
            "a,y\n1,0\n1e309,1\n",
            "FILE line 3, column 'a': '1e309' is too large for a 64-bit double; rescale the"
                + " column"),
        arguments(
            "hexadecimal",
            "a,y\n1,0\n0x1p3,1\n",
            "FILE line 3, column 'a': '0x1p3' is not in plain decimal notation, such as -1234.5 or"
                + " 1e-3; rewrite the column"),
        arguments(
            "a Java suffix",
            "a,y\n1,0\n2.5f,1\n",
            "FILE line 3, column 'a': '2.5f' is not in plain decimal notation, such as -1234.5 or"
                + " 1e-3; rewrite the column"),
        arguments(
            "thousands",
            "a,y\n1,0\n\"1,000\",1\n",
            "FILE line 3, column 'a': '1,000' is not in plain decimal notation, such as -1234.5 or"
                + " 1e-3; rewrite the column"),
        arguments(
            "a bad cell after lines in quotes",
            "a,b,y\n\"x\ny\r\nz\",1,0\n\"u\rv\",,1\n",
            "FILE line 6, column 'b': the cell is empty; fill it in or remove the row"),
        arguments(
            "CR line ends",
            "a,y\r1,0\r\r2,\r",
            "FILE line 4, column 'y': the cell is empty; fill it in or remove the row"),
        arguments(
            "duplicate name",
            "a,b, a ,y\n1,2,3,0\n",
            "FILE line 1: columns 1 and 3 are both called 'a'; rename one of them"),
        arguments(
            "name missing",
            ",a,y\n0,2,0\n",
            "FILE line 1: column 1 has no name; name it in the header or remove the column"),
        arguments(
            "header not on line 1",
            "\n\na,,y\n0,2,0\n",
            "FILE line 3: column 2 has no name; name it in the header or remove the column"),
        arguments(
            "near target", "a,Y_\n1,0\n", "FILE: no column 'y' for the target; did you mean 'Y_'?"),
        arguments(
            "no near target",
            "age,height\n1,0\n",
            "FILE: no column 'y' for the target; the columns are 'age', 'height'"),
        arguments(
            "no near target, many columns",
            numbers(13, "c") + "\n" + numbers(13, "") + "\n",
            "FILE: no column 'y' for the target; the file has 13 columns, from 'c0' to 'c12'"),
        arguments(
            "target only",
            "y\n1\n2\n",
            "FILE: no column besides the target 'y'; add columns to predict it from"),
        arguments(
            "semicolons",
            "a;y\n1,5;0\n",
            "FILE line 1: the columns are separated by semicolons; save the file with commas (and"
                + " with decimal points)"),
        arguments(
            "tabs",
            "a\ty\n1\t0\n",
            "FILE line 1: the columns are separated by tabs; save the file with commas (and with"
                + " decimal points)"),
        arguments(
            "unclosed quote",
            "a,y\n1,0\n\"2,1\n3,0\n",
            "FILE line 3: a quoted cell is never closed; add the missing quote"),
        arguments(
            "text after a quote",
            "a,y\n1,0\n\"2\"x,1\n",
            "FILE line 3: text follows a closing quote; double each quote inside a quoted cell"),
        arguments(
            "endless cell",
            "a,y\n1,0\n\"" + "x".repeat(CsvFile.LONGEST_CELL) + "\",1\n",
            "FILE line 3: a cell has more than 1 million characters; a closing quote may be"
                + " missing"),
        arguments(
            "long text",
            "a,y\n1,0\n" + "x".repeat(300) + ",1\n",
            "FILE line 3, column 'a': a text of 300 characters ('"
                + "x".repeat(40)
                + "...') is neither a number nor a category; remove the column"),
        arguments(
            "control characters stay out of messages",
            "a,y\n1,0\n\"b\nc\td\",1\n",
            "FILE line 3, column 'a': 'b\\nc\\td' is not a number; correct it or remove the row"),
        arguments(
            "an id column of texts",
            ids(20),
            "FILE, column 'id': 20 distinct texts ('n0', 'n1', 'n2', ...) are too many for"
                + " categories; remove the column or encode it as numbers"),
        arguments(
            "more than 64 texts",
            ids(200),
            "FILE, column 'id': at least 65 distinct texts ('n0', 'n1', 'n2', ...) are too many for"
                + " categories; remove the column or encode it as numbers"),
        arguments(
            "text after many numbers",
            "a,y\n"
                + IntStream.range(0, 100)
                    .mapToObj(i -> i + "," + i % 2 + "\n")
                    .collect(Collectors.joining())
                + "oops,0\n",
            "FILE line 102, column 'a': 'oops' is not a number; correct it or remove the row"),
        arguments(
            "constant target",
            "a,y\n1,5\n2,5\n",
            "FILE: target 'y' is 5 in every row: there is nothing to learn; choose another target"),
        arguments(
            "one class only",
            "a,y\n1,cat\n2,cat\n",
            "FILE: target 'y' is 'cat' in every row: there is nothing to learn; choose another"
                + " target"),
        arguments(
            "more classes than rows bear",
            "a,y\n1,p\n2,q\n3,r\n4,p\n",
            "FILE: target 'y': 3 distinct texts in 4 rows are no classes; choose another target"),
        arguments(
            "text in a numeric target",
            "a,y\n1,0\n2,1\n3,maybe\n",
            "FILE line 4, column 'y': 'maybe' is not a number; correct it or remove the row"));
  }

  private static String numbers(int count, String prefix) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(","));
  }

  private static String ids(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> "n" + i + "," + i % 2 + "\n")
        .collect(Collectors.joining("", "id,y\n", ""));
  }

  private void assertRefused(Path file, String message) {
    assertRefused(file, null, message);
  }

  private void assertRefused(Path file, Task task, String message) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Csv.read(file, "y", task))
        .withMessage(message.replace("FILE", file.toString()));
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private Path file(String content) throws IOException {
    return file("t.csv", content.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void saysWhatIsWrong(String what, String content, String message) throws IOException {
    assertRefused(file(content), message);
    assertRefused(file("t.csv.gz", gzip(content.getBytes(StandardCharsets.UTF_8))), message);
  }

  private static Stream<Arguments> tasks() {
    return Stream.of(
        arguments(
            Task.REGRESSION,
            "a,y\n1,no\n2,yes\n",
            "FILE: target 'y' holds texts such as 'no', but a regression needs numbers; use the"
                + " binary task"),
        arguments(
            Task.BINARY,
            "a,y\n1,p\n2,q\n3,r\n",
            "FILE: target 'y' has 3 classes ('p', 'q', 'r'), but a binary task has two; use the"
                + " multiclass task"),
        arguments(
            Task.BINARY,
            "a,y\n1,0\n2,1\n3,2\n",
            "FILE: target 'y': expected two distinct values for a binary task, found more than two"
                + " (0, 1, 2, ...); use the multiclass or regression task"),
        arguments(
            Task.MULTICLASS,
            "a,y\n1,1\n2,two\n3,3\n",
            "FILE line 3, column 'y': 'two' is not a number; correct it or remove the row, or put a"
                + " letter before each cell of the column if these are classes"),
        arguments(
            Task.MULTICLASS,
            "a,y\n1,1e3\n2,1000\n3,1_000\n4,2\n",
            "FILE line 4, column 'y': '1_000' is not in plain decimal notation, such as -1234.5 or"
                + " 1e-3; rewrite the column, or put a letter before each cell of the column if"
                + " these are classes"),
        arguments(
            Task.MULTICLASS,
            "a,y\n1,007\n2,07\n3,7\n4,7\n",
            "FILE: target 'y': '007' and '07' are the same number, as are all in its rows: there is"
                + " nothing to learn; put a letter before each if these are classes, or choose"
                + " another target"),
        arguments(
            Task.MULTICLASS,
            "a,y\n1,0\n2,1\n3,2\n",
            "FILE: target 'y': 3 distinct values in 3 rows are no classes; use the regression"
                + " task"));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void refusesATaskThatTheTargetDoesNotFit(Task task, String content, String message)
      throws IOException {
    assertRefused(file(content), task, message);
  }

  @Test
  void namesWhatCannotBeOpened() throws IOException {
    assertRefused(folder.resolve("none.csv"), "FILE: cannot be read: no such file or folder");
    assertRefused(folder, "FILE: is a folder; give the file of rows itself");
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] whole = gzip("a,y\n1,0\n2,1\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
    assertRefused(
        file("named.csv.gz", "a,y\n1,0\n".getBytes(StandardCharsets.UTF_8)),
        "FILE: is named .gz but is not gzip data; rename it or compress it again");
    for (int length : new int[] {2, 5, 12, whole.length - 1}) {
      assertRefused(
          file("cut.csv.gz", Arrays.copyOf(whole, length)),
          "FILE: the gzip data ends too early; download or compress it again");
    }
    byte[] wrong = gzip("a,y\n1,0\n2,1\n".getBytes(StandardCharsets.UTF_8));
    wrong[wrong.length - 8] ^= 1;
    assertRefused(
        file("wrong.csv.gz", wrong),
        "FILE: the gzip data is damaged (its check sum does not fit); download or compress it"
            + " again");
    assertRefused(
        file("empty.csv.gz", new byte[0]), "FILE: is empty; expected a header line and rows");
    assertRefused(
        file("empty2.csv.gz", gzip(new byte[0])),
        "FILE: is empty; expected a header line and rows");
  }

  @Test
  void saysWhereTextIsNotUtf8() throws IOException {
    byte[] latin1 = "a,y\n1,0\n2,1\nä,0\n".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(
        file("latin1.csv", latin1),
        "FILE line 4: is not UTF-8 text; save the file as CSV in UTF-8");
    assertRefused(
        file("utf16.csv", "a,y\n1,0\n".getBytes(StandardCharsets.UTF_16)),
        "FILE: is UTF-16 text; save it in UTF-8, for example by iconv -f UTF-16 -t UTF-8");
    byte[] cut = "a,y\n1,ä".getBytes(StandardCharsets.UTF_8);
    assertRefused(
        file("cut.csv", Arrays.copyOf(cut, cut.length - 1)),
        "FILE line 2: is not UTF-8 text; save the file as CSV in UTF-8");
    // Far behind the reader's first buffers.
    byte[] late =
        ("a,y\n" + "1,0\n2,1\n".repeat(50_000) + "ä,1\n").getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(
        file("late.csv", late),
        "FILE line 100002: is not UTF-8 text; save the file as CSV in UTF-8");
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }
}
