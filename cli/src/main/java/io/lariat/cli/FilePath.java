package io.lariat.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option value that names a file or folder. */
final class FilePath implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    if (value.isBlank()) {
      throw new TypeConversionException("expected the name of a file or folder, found nothing");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      // In the locale C, Java cannot name files that are not ASCII.
      throw new TypeConversionException(
          "'" + value + "' is no file name in this locale; set LC_ALL=C.UTF-8");
    }
  }
}
