package io.lariat.cli.options;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option value that names a file or folder. */
public final class FilePath implements ITypeConverter<Path> {
  /** What Java makes of bytes that are no text: another name than the one that was meant. */
  private static final char UNDECODED = '\uFFFD';

  @Override
  public Path convert(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("expected the name of a file or folder, found nothing");
    }
    try {
      Path path = Path.of(value);
      if (value.indexOf(UNDECODED) >= 0 && Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new TypeConversionException(
            "'" + value + "' has bytes that are no text in this locale; use another name");
      }
      return path;
    } catch (InvalidPathException e) {
      // In the locale C, Java cannot name files that are not ASCII.
      throw new TypeConversionException(
          "'" + value + "' is no file name in this locale; set LC_ALL=C.UTF-8");
    }
  }
}
