package io.lariat.internal.files;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder's list of names on its device: a file that is there may otherwise have lost its name.
 */
public final class SyncedFolder {
  private SyncedFolder() {}

  /** Waits until the device has the names in {@code folder} as they are now. */
  public static void sync(Path folder) throws IOException {
    if (File.separatorChar == '\\') {
      return; // Windows cannot open a folder, and keeps its names by itself
    }
    if (!Files.isReadable(folder)) {
      return; // only those who may list its names may wait for them
    }
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  /** Moves a file, in place of one that is there, or a folder; then synchronises where it is. */
  public static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      sync(folder);
    }
  }
}
