package io.lariat.cli.output;

import io.lariat.cli.words.Failure;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Text;
import io.lariat.data.DataException;
import io.lariat.internal.files.FileNames;
import io.lariat.internal.files.FolderCommit;
import io.lariat.internal.files.SyncedFolder;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a run's files go. A run has the folder to itself from its start to its end, by the lock on
 * its {@link Workspace}. Its files appear together, at one moment: where there was no folder by its
 * being renamed, in one that is there by a {@link FolderCommit}. What would keep them from being
 * written is said before there is anything to write.
 */
public final class OutputFolder implements AutoCloseable {
  /** The bytes of a run's files but the model, about: nearly all of them are the report's. */
  private static final long OTHER_FILES = 300_000;

  /** As the user knows it. */
  private Path target;

  private Workspace workspace;
  private final @Nullable NumberedFolders numbered;

  /** Whether a run's files and parts may be replaced. */
  private final boolean forces;

  /** Whether an interrupted run is gone on with. */
  private final boolean resumes;

  private boolean replaces;

  /** The folders above that were made for it, the innermost first. */
  private final Deque<Path> made;

  private @Nullable PartFolder parts;
  private boolean isDone;

  private OutputFolder(
      Path target,
      Workspace workspace,
      @Nullable NumberedFolders numbered,
      boolean forces,
      boolean resumes,
      Deque<Path> made) {
    this.target = target;
    this.workspace = workspace;
    this.numbered = numbered;
    this.forces = forces;
    this.resumes = resumes;
    replaces = forces && numbered == null;
    this.made = made;
  }

  /**
   * A folder that was asked for.
   *
   * @param force whether files in it may be replaced
   * @param resume whether what a run has left there that was stopped may be
   * @throws Failure if it cannot be used
   */
  public static OutputFolder given(Path folder, boolean force, boolean resume) {
    Path target = OutputPath.withoutDetours(folder);
    OutputPath.requireNothingInTheWay(target);
    Deque<Path> made = new ArrayDeque<>();
    @Nullable OutputFolder usable = null;
    try {
      createFolders(target.toAbsolutePath().getParent(), made);
      OutputPath.requireShort(target);
      Workspace workspace = workspaceOf(target);
      OutputFolder output = new OutputFolder(target, workspace, null, force, resume, made);
      try {
        output.requireUsable();
        usable = output;
        return output;
      } finally {
        if (usable == null) {
          output.close();
        }
      }
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    } finally {
      if (usable == null) {
        removeEmpty(made, target);
      }
    }
  }

  /**
   * The next of the numbered folders for {@code data}.
   *
   * @param force whether the parts of the same run that was interrupted may be replaced
   * @param resume whether that run is gone on with
   * @throws Failure if none can be made
   */
  public static OutputFolder numbered(Path data, boolean force, boolean resume) {
    Deque<Path> made = new ArrayDeque<>();
    while (true) {
      try {
        createFolders(NumberedFolders.PARENT.toAbsolutePath(), made);
        NumberedFolders folders = new NumberedFolders(data);
        NumberedFolders.Claim claim = folders.claim();
        return new OutputFolder(claim.target(), claim.workspace(), folders, force, resume, made);
      } catch (NoSuchFileException e) {
        if (Files.exists(NumberedFolders.PARENT.toAbsolutePath())) {
          throw OutputPath.unwritable(NumberedFolders.PARENT, e);
        }
        // another run has just removed the folder, as it had made it and left nothing in it
      } catch (IOException e) {
        throw OutputPath.unwritable(NumberedFolders.PARENT, e);
      }
    }
  }

  /** Makes a folder with those above it; adds those that were not there. */
  private static void createFolders(@Nullable Path folder, Deque<Path> made) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (@Nullable Path at = folder; at != null && !Files.isDirectory(at); at = at.getParent()) {
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(at + " is no folder");
      }
      missing.push(at);
    }
    for (Path at : missing) {
      try {
        made.push(Files.createDirectory(at));
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(at)) {
          throw e;
        }
      }
    }
  }

  /** Beside the folder; in it, where it is not known by a name or what is above is not writable. */
  private static Workspace workspaceOf(Path target) throws IOException {
    Path real = Files.isSymbolicLink(target) ? target.toRealPath() : target;
    @Nullable Path name = real.getFileName();
    Path inside = target.resolve("lariat" + Workspace.SUFFIX);
    if (name == null || name.toString().isEmpty() || name.toString().matches("\\.\\.?")) {
      return Workspace.take(inside);
    }
    Path beside = real.resolveSibling(FileNames.with(name.toString(), Workspace.SUFFIX));
    if (Files.isDirectory(target)
        && !Files.exists(beside, LinkOption.NOFOLLOW_LINKS)
        && !Files.isWritable(beside.toAbsolutePath().getParent())) {
      return Workspace.take(inside);
    }
    return Workspace.take(beside);
  }

  private void requireUsable() throws IOException {
    workspace.tidy(target, resumes);
    replaces |= resumes && workspace.isStopped();
    if (!replaces && !isFree()) {
      throw Failure.usage(
          "--out "
              + target
              + ": is not empty; add --force to replace a run's files in it, or name another"
              + " folder");
    }
    if (resumes && !workspace.isFound()) {
      throw nothingToResume();
    }
    if (Files.isDirectory(target)) {
      FolderCommit.stage(target, RunFiles.ALL);
      FolderCommit.abandon(target);
    }
  }

  /** Whether nothing would be replaced. */
  private boolean isFree() throws IOException {
    if (!Files.isDirectory(target)) {
      return true;
    }
    Path own = workspace.folder().toAbsolutePath().normalize();
    try (Stream<Path> entries = Files.list(target)) {
      return entries
          .filter(entry -> !FolderCommit.isOwn(String.valueOf(entry.getFileName())))
          .allMatch(entry -> entry.toAbsolutePath().normalize().equals(own));
    }
  }

  private Failure nothingToResume() {
    return Failure.usage(
        "--resume: "
            + workspace.folder()
            + ": holds no finished part of an interrupted run with this data and these settings;"
            + " leave --resume out to start one");
  }

  /**
   * The finished parts of the run: none of a run that starts, those that were kept of one that is
   * resumed.
   *
   * @param run what the parts depend on, {@code name: value} in each line
   * @param model the bytes of the model that will be written, about; there must be room for it
   * @param notes is told what there is to say meanwhile
   * @throws Failure if there are parts where the run starts, or none or others where it resumes
   */
  public PartFolder parts(Supplier<List<String>> run, long model, Consumer<String> notes) {
    requireRoom(model + OTHER_FILES);
    try {
      adopt(run);
      if (resumes) {
        resume(run, notes);
      } else {
        start(run);
      }
      parts = new PartFolder(workspace, run, notes);
      return parts;
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    }
  }

  /** Of numbered folders, takes that of the run that was interrupted, if there is one. */
  private void adopt(Supplier<List<String>> run) throws IOException {
    if (numbered == null) {
      return;
    }
    for (NumberedFolders.Claim claim : numbered.interrupted(resumes)) {
      boolean isToDo = resumes || claim.workspace().parts() > 0;
      if (isToDo && !workspace.isFound() && run.get().equals(claim.workspace().run())) {
        workspace.remove();
        workspace = claim.workspace();
        target = claim.target();
        replaces = true;
      } else {
        claim.workspace().close();
      }
    }
  }

  private void start(Supplier<List<String>> run) throws IOException {
    int found = workspace.parts();
    if (found > 0 && !forces) {
      boolean isSame = run.get().equals(workspace.run());
      throw Failure.usage(
          Text.of(
              "%s: holds %s of a run that was interrupted; add %s--force to start anew",
              workspace.folder(),
              Figures.count(found, "finished part"),
              isSame ? "--resume to continue it, or " : ""));
    }
    workspace.clear();
  }

  private void resume(Supplier<List<String>> run, Consumer<String> notes) throws IOException {
    if (!workspace.isFound()) {
      throw nothingToResume();
    }
    @Nullable List<String> there = workspace.run();
    if (there == null && workspace.isWorthKeeping()) {
      throw Failure.run(
          workspace.folder()
              + ": is damaged, as nothing says what run its finished parts are of; remove the"
              + " folder and start anew");
    }
    @Nullable String difference = there == null ? null : difference(there, run.get());
    if (difference != null) {
      throw Failure.usage(
          "--resume: "
              + workspace.folder()
              + ": is of a run with "
              + difference
              + "; repeat its command line, or leave --resume out and add --force to start anew");
    }
    if (workspace.parts() == 0) {
      notes.accept(workspace.folder() + ": holds no finished part, so the run starts anew");
    }
  }

  /** What a run has that another has not; null: nothing. */
  private static @Nullable String difference(List<String> there, List<String> here) {
    for (String line : there) {
      if (!here.contains(line)) {
        String name = line.replaceFirst(": .*", "");
        String other =
            here.stream()
                .filter(l -> l.startsWith(name + ": "))
                .map(l -> l.substring(name.length() + 2))
                .findFirst()
                .orElse("none");
        return switch (name) {
          case "data hash" -> "other data";
          case "validation hash" -> "other validation rows";
          default -> line + " where this one has " + other;
        };
      }
    }
    return there.equals(here) ? null : "fewer settings";
  }

  /**
   * Looks whether there is room.
   *
   * @param bytes how many the run's files will have, about
   * @throws Failure if there is less
   */
  void requireRoom(long bytes) {
    try {
      FileStore store = Files.getFileStore(workspace.folder());
      long room = store.getUsableSpace();
      if (room < bytes && store.getTotalSpace() > 0) {
        throw Failure.run(
            Text.of(
                "output folder %s: has room for %.1f MB, and the run's files take about %.1f MB;"
                    + " free some, or name another folder with --out",
                target, room * 1e-6, bytes * 1e-6));
      }
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    }
  }

  /** Says where the parts are of a run that was stopped before it had files. */
  public String leaveParts() {
    try {
      flushParts();
      return workspace.parts() == 0
          ? "nothing was written"
          : Text.oneLine(workspace.folder() + " has the finished parts, --resume goes on");
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    }
  }

  private void flushParts() {
    if (parts != null) {
      parts.flush();
    }
  }

  /** Forgets the finished parts: the run would end the same way again. */
  public void discardParts() {
    if (parts == null) {
      return; // none was asked for, so those that are there are of a run that can go on
    }
    try {
      parts = null;
      workspace.clear();
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    }
  }

  /** Puts the files of a run that is complete in their place. */
  public Path write(Consumer<Path> files) {
    return write(files, false);
  }

  /**
   * Puts a run's files in their place, all or none.
   *
   * @param files writes the files into the folder it is given, the most important first
   * @param isStopped whether they are what a run had found out when it was stopped, so that it can
   *     be resumed
   * @return the folder they are in
   * @throws Failure if that fails; the files are then elsewhere, and the message says where
   */
  public Path write(Consumer<Path> files, boolean isStopped) {
    try {
      put(files, isStopped);
      if (!isStopped) {
        workspace.remove();
        isDone = true;
      }
      return target;
    } catch (IOException e) {
      throw Rescue.of(files, target, e);
    } catch (DataException e) { // another has put something in its way meanwhile
      throw Rescue.of(files, target, new IOException(e.getMessage(), e));
    }
  }

  private void put(Consumer<Path> files, boolean isStopped) throws IOException {
    boolean isThere = Files.isDirectory(target);
    Path staged =
        isThere
            ? FolderCommit.stage(target, RunFiles.ALL)
            : Files.createDirectory(workspace.files());
    try {
      Rescue.withIOException(() -> files.accept(staged));
      SyncedFolder.sync(staged);
      if (isThere && !replaces && !isFree()) {
        throw new IOException("files have appeared in it meanwhile");
      }
      if (!isStopped) {
        workspace.setComplete();
      }
      if (isThere) {
        FolderCommit.commit(target, RunFiles.writtenIn(target), RunFiles.ALL);
      } else {
        SyncedFolder.move(staged, target);
      }
      if (isStopped) {
        Objects.requireNonNull(parts).name();
        workspace.setStopped();
      }
    } finally {
      FolderCommit.deleteAll(staged);
    }
  }

  /** Lets go of the folder. What another run could go on with stays beside it. */
  @Override
  public void close() {
    if (isDone) {
      return;
    }
    isDone = true;
    try {
      flushParts();
      if (workspace.isWorthKeeping()) {
        workspace.close();
        return;
      }
      workspace.remove();
      removeEmpty(made, target);
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    }
  }

  private static void removeEmpty(Deque<Path> made, Path target) {
    try {
      while (!made.isEmpty()) {
        Files.deleteIfExists(made.pop());
      }
    } catch (DirectoryNotEmptyException e) {
      made.clear(); // another run has begun in it
    } catch (IOException e) {
      throw OutputPath.unwritable(target, e);
    }
  }
}
