package io.lariat.internal.files;

import io.lariat.data.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Kinds of files that are given by mistake for a text file, told by their first bytes. */
enum FileKind {
  EXCEL("504b0304", "[Content_Types].xml", Words.WORKBOOK, Words.SAVE),
  EXCEL_BY_OTHERS("504b0304", "docProps/", Words.WORKBOOK, Words.SAVE),
  EXCEL_SHEET_FIRST("504b0304", "xl/", Words.WORKBOOK, Words.SAVE),
  OPEN_DOCUMENT("504b0304", "application/vnd.oasis", "is a spreadsheet (ODS)", Words.SAVE),
  ZIP("504b0304", "is a zip archive", "unpack it and give the file inside"),
  OLD_OFFICE(
      "d0cf11e0a1b11ae1", "is an old Excel workbook (.xls) or another Office file", Words.SAVE),
  PARQUET("50415231", "\u0015", "is a Parquet file", Words.CONVERT),
  ARROW("4152524f5731", "\u0000", "is an Arrow file", Words.CONVERT),
  FEATHER("46454131", "\u0000", "is a Feather file", Words.CONVERT),
  ORC("4f5243", "\u0000", "is an ORC file", Words.CONVERT),
  AVRO("4f626a01", "is an Avro file", Words.CONVERT),
  HDF5("894844460d0a1a0a", "is an HDF5 file", Words.CONVERT),
  NUMPY("934e554d5059", "is a NumPy file", Words.CONVERT),
  SQLITE("53514c69746520666f726d6174203300", "is an SQLite database", Words.CONVERT),
  R_DATA("524458", "\u0000", "is an R data file", "write it with write.csv"),
  BZIP2("425a68", "1AY&SY", "is packed by bzip2", Words.UNPACK),
  XZ("fd377a585a00", "is packed by xz", Words.UNPACK),
  ZSTD("28b52ffd", "is packed by zstd", Words.UNPACK),
  LZ4("04224d18", "is packed by lz4", Words.UNPACK),
  SEVEN_ZIP("377abcaf271c", "is a 7z archive", "unpack it and give the file inside"),
  GZIP_TWICE("1f8b08", "is packed by gzip twice", "unpack it once"),
  PDF("255044462d", "is a PDF file", "give the table as CSV"),
  PNG("89504e470d0a1a0a", "is a picture (PNG)", "give the table as CSV"),
  JPEG("ffd8ff", "is a picture (JPEG)", "give the table as CSV");

  /** So many bytes tell a kind. */
  static final int BYTES = 512;

  /** Where a tar archive says what it is. */
  private static final int TAR_AT = 257;

  /** A safetensors file begins with the length of its header, in eight bytes, and its brace. */
  private static final int HEADER_AT = 8;

  private static final double MOSTLY = 0.7;

  private final String begin;
  private final String inside;
  private final String what;
  private final String remedy;

  FileKind(String begin, String what, String remedy) {
    this(begin, "", what, remedy);
  }

  FileKind(String begin, String inside, String what, String remedy) {
    this.begin = bytes(begin);
    this.inside = inside;
    this.what = what;
    this.remedy = remedy;
  }

  /** What is said of several kinds. */
  private static final class Words {
    static final String WORKBOOK = "is an Excel workbook (.xlsx) or another Office file";
    static final String SAVE = "save its table as CSV in UTF-8";
    static final String CONVERT = "write its table as CSV in UTF-8";
    static final String UNPACK = "unpack it, or pack it by gzip instead";
  }

  /**
   * Checks that {@code first}, the first bytes of what is in {@code path}, may be UTF-8 text.
   *
   * @throws DataException if they are those of another kind of file, saying of which
   */
  static void requireText(Path path, byte[] first) {
    @Nullable String problem = problem(first);
    if (problem != null) {
      throw new DataException(path + ": " + problem);
    }
  }

  private static @Nullable String problem(byte[] first) {
    String text = new String(first, StandardCharsets.ISO_8859_1);
    for (FileKind kind : values()) {
      if (text.startsWith(kind.begin) && text.contains(kind.inside)) {
        return kind.what + "; " + kind.remedy;
      }
    }
    if (text.startsWith("ustar", TAR_AT)) {
      return "is a tar archive; unpack it and give the file inside";
    }
    if (text.startsWith("\0\0\0\0{", HEADER_AT / 2)) {
      return "is a safetensors file, such as a model; give a file of rows";
    }
    @Nullable String encoding = encoding(text);
    return encoding == null
        ? null
        : String.format(
            Locale.ROOT,
            "is %1$s text; save it in UTF-8, for example by iconv -f %1$s -t UTF-8",
            encoding);
  }

  /** The bytes that {@code hex} says, as characters. */
  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  /** The encoding of two or four bytes a character that {@code first} is in; null: in none. */
  private static @Nullable String encoding(String first) {
    if (first.startsWith(bytes("fffe0000")) || first.startsWith(bytes("0000feff"))) {
      return "UTF-32";
    }
    if (first.startsWith(bytes("fffe")) || first.startsWith(bytes("feff"))) {
      return "UTF-16";
    }
    // Without a mark: of Latin letters and digits all bytes of a character but one are 0.
    int[] zeros = new int[4];
    int quads = first.length() / 4;
    for (int i = 0; i < 4 * quads; i++) {
      zeros[i % 4] += first.charAt(i) == 0 ? 1 : 0;
    }
    int mostlyZero = 0;
    for (int i = 0; i < 4; i++) {
      mostlyZero = 2 * mostlyZero + (quads > 0 && zeros[i] >= MOSTLY * quads ? 1 : 0);
    }
    return switch (mostlyZero) {
      case 0b0101 -> "UTF-16LE";
      case 0b1010 -> "UTF-16BE";
      case 0b0111 -> "UTF-32LE";
      case 0b1110 -> "UTF-32BE";
      default -> null;
    };
  }
}
