package io.lariat.data;

import static org.assertj.core.api.Assertions.assertThat;

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
    Path staged = FolderCommit.stage(folder);
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
    FolderCommit.commit(folder, OBSOLETE);
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

    FolderCommit.finish(folder);
    requireNew();
  }

  @Test
  void theNextOneRemovesWhatWasNeverCommitted() throws IOException {
    prepare();
    Path staged = FolderCommit.stage(folder);
    assertThat(staged).isEmptyDirectory();
    assertThat(folder.resolve("a.txt")).hasContent("old a");
    assertThat(FolderCommit.abandon(folder)).isTrue();
    assertThat(FolderCommit.abandon(folder)).isFalse();
  }
}
