package io.lariat.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Large circles and names of two classes are found. */
class ClassGraphTest {

  /** A chain into a circle of {@code n} classes, and one class behind it. */
  private static ClassGraph withCircleOf(int n) {
    Map<String, Set<String>> uses = new TreeMap<>();
    uses.put("p.Before", Set.of("p.C0"));
    uses.put("p.Behind", Set.of());
    for (int i = 0; i < n; i++) {
      uses.put("p.C" + i, Set.of("p.C" + (i + 1) % n, "p.Behind"));
    }
    return new ClassGraph(uses);
  }

  @Test
  void aCircleIsWhatReachesItselfAndNoMore() {
    assertThat(withCircleOf(3).circles()).containsExactly(Set.of("p.C0", "p.C1", "p.C2"));
    assertThat(new ClassGraph(Map.of("p.A", Set.of("p.B"), "p.B", Set.of())).circles()).isEmpty();
  }

  @Test
  void circlesOfMoreThanFiveFail() {
    assertThatCode(() -> withCircleOf(5).requireSmallCircles()).doesNotThrowAnyException();
    assertThatThrownBy(() -> withCircleOf(6).requireSmallCircles())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("6 classes use each other in a circle, where 5 may")
        .hasMessageContaining("p.C5 -> C0");
  }

  @Test
  void namesOfTwoClassesFail() {
    ClassGraph graph = new ClassGraph(Map.of("p.A", Set.of(), "q.A", Set.of(), "q.B", Set.of()));
    assertThatThrownBy(graph::requireOneClassAName).hasMessageContaining("found {A=[p.A, q.A]}");
    assertThatCode(() -> withCircleOf(3).requireOneClassAName()).doesNotThrowAnyException();
  }

  /** A class that the one around it uses in a field, an array and a body. */
  private static final class Nested {
    private ClassGraph[] graphs = {};
  }

  @Test
  void aNestedClassIsPartOfItsFile() {
    ClassGraph graph =
        ClassGraph.of(
            new ClassFileImporter().importClasses(Nested.class, ClassGraph.class, Object.class));
    assertThat(new Nested().graphs).isEmpty();
    assertThat(graph.uses().get(ClassGraphTest.class.getName()))
        .containsExactlyInAnyOrder("java.lang.Object", ClassGraph.class.getName());
  }
}
