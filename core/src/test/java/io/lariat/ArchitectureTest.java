package io.lariat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.lariat.structure.ClassGraph;
import io.lariat.structure.PackagePages;
import java.io.IOException;
import java.nio.file.Path;

/** The direction of dependencies inside core: docs/architecture.md. */
@AnalyzeClasses(packages = "io.lariat", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("backend")
          .definedBy("io.lariat.backend")
          .layer("reference")
          .definedBy("io.lariat.reference")
          .layer("text")
          .definedBy("io.lariat.internal.text")
          .layer("rows")
          .definedBy("io.lariat.internal.rows")
          .layer("files")
          .definedBy("io.lariat.internal.files")
          .layer("data")
          .definedBy("io.lariat.data")
          .layer("numeric")
          .definedBy("io.lariat.numeric")
          .layer("formats")
          .definedBy("io.lariat.data.csv", "io.lariat.data.libsvm")
          .layer("model")
          .definedBy("io.lariat.model")
          .layer("optimality")
          .definedBy("io.lariat.optimality")
          .layer("train")
          .definedBy("io.lariat.train")
          .layer("path")
          .definedBy("io.lariat.path")
          .whereLayer("path")
          .mayNotBeAccessedByAnyLayer()
          .layer("select")
          .definedBy("io.lariat.select")
          .whereLayer("select")
          .mayNotBeAccessedByAnyLayer()
          .layer("compare")
          .definedBy("io.lariat.compare")
          .whereLayer("compare")
          .mayNotBeAccessedByAnyLayer()
          .layer("diagnosis")
          .definedBy("io.lariat.diagnosis")
          .whereLayer("train")
          .mayOnlyBeAccessedByLayers("compare", "path", "select")
          .whereLayer("diagnosis")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("optimality")
          .mayOnlyBeAccessedByLayers("path", "select", "train")
          .whereLayer("reference")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("numeric")
          .mayOnlyBeAccessedByLayers(
              "reference",
              "numeric",
              "model",
              "optimality",
              "train",
              "diagnosis",
              "compare",
              "path",
              "select")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers(
              "optimality", "train", "diagnosis", "compare", "path", "select")
          .whereLayer("text")
          .mayNotAccessAnyLayer()
          .whereLayer("rows")
          .mayNotAccessAnyLayer()
          .whereLayer("rows")
          .mayOnlyBeAccessedByLayers("data")
          .whereLayer("files")
          .mayOnlyBeAccessedByLayers("formats", "model")
          .whereLayer("formats")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("data")
          .mayOnlyBeAccessedByLayers(
              "files",
              "formats",
              "numeric",
              "model",
              "optimality",
              "train",
              "diagnosis",
              "compare",
              "path",
              "select")
          .whereLayer("backend")
          .mayOnlyBeAccessedByLayers(
              "reference",
              "numeric",
              "model",
              "optimality",
              "train",
              "diagnosis",
              "compare",
              "path",
              "select");

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.lariat.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ENGINE_NEEDS_THE_JDK_ALONE =
      classes()
          .that()
          .resideInAnyPackage(
              "io.lariat.backend", "io.lariat.reference", "io.lariat.train", "io.lariat.diagnosis")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.lariat..", "java..", "org.jspecify.annotations");

  @ArchTest
  static final ArchRule NO_VECTOR_API_IN_CORE =
      noClasses().should().dependOnClassesThat().resideInAPackage("jdk.incubator..");

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
