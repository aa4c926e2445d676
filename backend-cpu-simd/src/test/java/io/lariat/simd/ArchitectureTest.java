package io.lariat.simd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.lariat.structure.ClassGraph;
import io.lariat.structure.PackagePages;
import java.io.IOException;
import java.nio.file.Path;

/** A backend sees the SPI and nothing else of Lariat; its packages have one direction. */
@AnalyzeClasses(packages = "io.lariat.simd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule SEES_THE_SPI_ALONE =
      classes()
          .that()
          .resideInAPackage("io.lariat.simd..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.lariat.simd..",
              "io.lariat.backend",
              "jdk.incubator.vector",
              "java..",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("backend")
          .definedBy("io.lariat.simd")
          .whereLayer("backend")
          .mayNotBeAccessedByAnyLayer()
          .layer("products")
          .definedBy("io.lariat.simd.products")
          .whereLayer("products")
          .mayOnlyBeAccessedByLayers("backend")
          .layer("rows")
          .definedBy("io.lariat.simd.rows")
          .whereLayer("rows")
          .mayOnlyBeAccessedByLayers("backend")
          .layer("weights")
          .definedBy("io.lariat.simd.weights")
          .whereLayer("weights")
          .mayOnlyBeAccessedByLayers("backend")
          .layer("plan")
          .definedBy("io.lariat.simd.plan")
          .whereLayer("plan")
          .mayOnlyBeAccessedByLayers("backend")
          .layer("panels")
          .definedBy("io.lariat.simd.panels")
          .whereLayer("panels")
          .mayOnlyBeAccessedByLayers("backend")
          .layer("machine")
          .definedBy("io.lariat.simd.machine")
          .whereLayer("machine")
          .mayOnlyBeAccessedByLayers("backend", "products", "rows", "weights", "plan", "panels");

  @ArchTest
  static void circlesAreSmall(JavaClasses classes) {
    ClassGraph.of(classes).requireSmallCircles();
  }

  @ArchTest
  static void aNameIsOneClass(JavaClasses classes) {
    ClassGraph.of(classes).requireOneClassAName();
  }

  @ArchTest
  static void pagesNameClassesThatAreThere(JavaClasses classes) throws IOException {
    PackagePages.requireRealNames(Path.of("src/main/java"));
  }
}
