package io.lariat.cuda;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

/** What of Lariat and of JCuda the backend may see, and where. */
@AnalyzeClasses(packages = "io.lariat.cuda", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String JCUDA = "io.lariat.cuda.jcuda";

  @ArchTest
  static final ArchRule SEES_THE_SPI_ALONE =
      classes()
          .that()
          .resideInAPackage("io.lariat.cuda..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.lariat.cuda..",
              "io.lariat.backend",
              "jcuda..",
              "java..",
              "org.jspecify.annotations");

  @ArchTest
  static final ArchRule ONE_CLASS_SEES_JCUDA =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.lariat\\.cuda\\.jcuda\\.JCuda(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jcuda..");

  /** It is defined by a class loader of its own. */
  @ArchTest
  static final ArchRule NO_CLASS_SEES_THAT_ONE =
      noClasses()
          .that()
          .resideOutsideOfPackage(JCUDA)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JCUDA);

  @ArchTest
  static final ArchRule PACKAGES_HAVE_AN_ORDER =
      slices().matching("io.lariat.(**)").should().beFreeOfCycles();

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
