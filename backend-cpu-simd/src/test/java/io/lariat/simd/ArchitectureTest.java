package io.lariat.simd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A backend sees the SPI and nothing else of Lariat. */
@AnalyzeClasses(packages = "io.lariat.simd", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule SEES_THE_SPI_ALONE =
      classes()
          .that()
          .resideInAPackage("io.lariat.simd")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.lariat.simd",
              "io.lariat.backend",
              "jdk.incubator.vector",
              "java..",
              "org.jspecify.annotations");
}
