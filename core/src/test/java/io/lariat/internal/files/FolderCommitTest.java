package io.lariat.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lariat.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files replaced at one moment, whatever cuts it off. */
@Tag("D9")
class FolderCommitTest {
  private static final List<String> OBSOLETE = List.of("a.txt", "b.txt", "c.txt");

  @TempDir Path folder;

  private void prepare() throws IOException {
    Files.writeString(folder.resolve("a.txt"), "old a");
    Files.writeString(folder.resolve("c.txt"), "old c");
    Files.writeString(folder.resolve("own.txt"), "own");
    Path staged = FolderCommit.stage(folder, OBSOLETE);
    Files.writeString(staged.resolve("a.txt"), "new a");
    Files.writeString(staged.resolve("b.txt"), "new b");
  }

  private void requireNew() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertThat(entries.map(e -> e.getFileName().toString()))
          .containsExactlyInAnyOrder("a.txt", "b.txt", "own.txt");
    }
    assertThat(folder.resolve("a.txt")).hasContent("new a");
    assertThat(folder.resolve("b.txt")).hasContent("new b");
    assertThat(folder.resolve("own.txt")).hasContent("own");
  }

  @Test
  void replacesAndRemoves() throws IOException {
    prepare();
    assertThat(folder.resolve("a.txt")).hasContent("old a");
    FolderCommit.commit(folder, OBSOLETE, OBSOLETE);
    requireNew();
  }

  /** As many moves and removals are done as there were when it was cut off. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void goesOnFromAnywhere(int done) throws IOException {
    prepare();
    Path committed = folder.resolve(".lariat-commit");
    Files.writeString(folder.resolve(".lariat-new/.list"), "+a.txt\n+b.txt\n-c.txt");
    Files.move(folder.resolve(".lariat-new"), committed);
    for (String name : List.of("a.txt", "b.txt").subList(0, Math.min(done, 2))) {
      Files.deleteIfExists(folder.resolve(name));
      Files.move(committed.resolve(name), folder.resolve(name));
    }
    if (done >= 3) {
      Files.delete(folder.resolve("c.txt"));
    }
    assertThat(FolderCommit.locate(folder, "a.txt")).hasContent("new a");
    assertThat(FolderCommit.locate(folder, "b.txt")).hasContent("new b");
    assertThat(FolderCommit.locate(folder, "c.txt")).doesNotExist();
    assertThat(FolderCommit.locate(folder, "own.txt")).hasContent("own");
    if (done == 4) {
      Files.delete(committed.resolve(".list"));
    }

    FolderCommit.finish(folder, OBSOLETE);
    requireNew();
  }

  @Test
  void theNextOneRemovesWhatWasNeverCommitted() throws IOException {
    prepare();
    Path staged = FolderCommit.stage(folder, OBSOLETE);
    assertThat(staged).isEmptyDirectory();
    assertThat(folder.resolve("a.txt")).hasContent("old a");
    assertThat(FolderCommit.abandon(folder)).isTrue();
    assertThat(FolderCommit.abandon(folder)).isFalse();
  }

  /** Anybody can make a folder with a list in it. */
  @ParameterizedTest
  @Tag("D14")
  @ValueSource(
      strings = {
        "-../victim.txt",
        "+../victim.txt",
        "-{}/victim.txt",
        "-sub/own.txt",
        "-own.txt",
        "+a.txt\n\n+b.txt",
        "\n",
        "a.txt",
        "-",
        "+.",
        "-..",
        "-.list",
        "-.lariat-commit",
        "-.lariat-new",
        "+a.txt\n-a.txt",
        "+a.txt\u0000",
        "+b.txt\n-a.txt"
      })
  void doesNothingThatNoRunHasListed(String list) throws IOException {
    Path victim = Files.writeString(folder.resolve("victim.txt"), "keep");
    Path forged = Files.createDirectories(folder.resolve("forged/sub")).getParent();
    Files.writeString(forged.resolve("sub/own.txt"), "keep");
    Files.writeString(forged.resolve("own.txt"), "keep");
    Files.writeString(forged.resolve("victim.txt"), "evil");
    Path committed = Files.createDirectory(forged.resolve(".lariat-commit"));
    Files.writeString(committed.resolve("a.txt"), "evil");
    Files.writeString(committed.resolve(".list"), list.replace("{}", folder.toString()));
    List<String> before = tree();

    assertThatThrownBy(() -> FolderCommit.finish(forged, OBSOLETE))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(committed + ": ")
        .hasMessageContaining("remove .lariat-commit");

    assertThat(tree()).isEqualTo(before);
    assertThat(victim).hasContent("keep");
  }

  private List<String> tree() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  /** What is no regular file is neither moved nor opened: a pipe would be waited for. */
  @ParameterizedTest
  @Tag("D14")
  @ValueSource(strings = {"a.txt", ".list"})
  void takesOnlyRegularFiles(String name) throws IOException, InterruptedException {
    Path committed = Files.createDirectory(folder.resolve(".lariat-commit"));
    if (!name.equals(".list")) {
      Files.writeString(committed.resolve(".list"), "+a.txt");
    }
    Path victim = Files.writeString(folder.resolve("victim.txt"), "-b.txt");
    Files.createSymbolicLink(committed.resolve(name), victim);
    requireRefused();
    Files.delete(committed.resolve(name));
    String pipe = committed.resolve(name).toString();
    assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
    requireRefused();
    Files.delete(committed.resolve(name));
    Files.createDirectory(committed.resolve(name));
    requireRefused();
    assertThat(folder.resolve("a.txt")).doesNotExist();
    assertThat(victim).hasContent("-b.txt");
  }

  @Test
  @Tag("D14")
  void takesNoListThatIsLinkedMissingOrHuge() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve(".list"), "+a.txt");
    Files.writeString(elsewhere.resolve("a.txt"), "keep");
    Path committed = Files.createSymbolicLink(folder.resolve(".lariat-commit"), elsewhere);
    requireRefused();
    assertThat(elsewhere.resolve("a.txt")).hasContent("keep");
    Files.delete(committed);
    Files.createDirectory(committed);
    Files.writeString(committed.resolve("a.txt"), "evil");
    assertThatThrownBy(() -> FolderCommit.finish(folder, OBSOLETE))
        .hasMessageContaining("without a list");
    Files.writeString(committed.resolve(".list"), "+a.txt\n".repeat(1 << 14));
    requireRefused();
  }

  private void requireRefused() {
    assertThatThrownBy(() -> FolderCommit.finish(folder, OBSOLETE))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(() -> FolderCommit.locate(folder, "a.txt"))
        .isInstanceOf(DataException.class);
  }

  /** A run that would write what no run can finish writes nothing. */
  @Test
  void commitsOnlyKnownNames() throws IOException {
    prepare();
    assertThatThrownBy(() -> FolderCommit.commit(folder, List.of(), List.of("a.txt")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("b.txt");
    assertThat(FolderCommit.isCommitted(folder)).isFalse();
  }
}
