package io.lariat.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.lariat.structure.ClassGraph;
import java.util.Map;
import java.util.Set;

/** How the classes of the program and of its report hang together. */
@AnalyzeClasses(
    packages = {"io.lariat.cli", "io.lariat.report"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static void circlesAreSmall(JavaClasses classes) {
    ClassGraph.of(classes).requireSmallCircles(Map.of());
  }

  @ArchTest
  static void aNameIsOneClass(JavaClasses classes) {
    ClassGraph.of(classes).requireOneClassAName(Set.of());
  }
}
