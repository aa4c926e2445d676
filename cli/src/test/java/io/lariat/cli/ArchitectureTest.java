package io.lariat.cli;

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
import java.util.stream.Stream;

/** How the rooms and the classes of the program and of its report hang together. */
@AnalyzeClasses(
    packages = {"io.lariat.cli", "io.lariat.report"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] COMMANDS = {
    "io.lariat.cli.certify",
    "io.lariat.cli.compact",
    "io.lariat.cli.compare",
    "io.lariat.cli.inspect",
    "io.lariat.cli.path",
    "io.lariat.cli.predict",
    "io.lariat.cli.select",
    "io.lariat.cli.train"
  };

  @ArchTest
  static final ArchRule ORDER =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("program")
          .definedBy("io.lariat.cli")
          .layer("commands")
          .definedBy(COMMANDS)
          .layer("report")
          .definedBy("io.lariat.report")
          .layer("run")
          .definedBy("io.lariat.cli.run")
          .layer("options")
          .definedBy("io.lariat.cli.options")
          .layer("output")
          .definedBy("io.lariat.cli.output")
          .layer("terminal")
          .definedBy("io.lariat.cli.terminal")
          .layer("words")
          .definedBy("io.lariat.cli.words")
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("commands")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("commands")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("commands")
          .whereLayer("options")
          .mayOnlyBeAccessedByLayers("run", "commands", "program")
          .whereLayer("output")
          .mayOnlyBeAccessedByLayers("options", "run", "commands")
          .whereLayer("terminal")
          .mayOnlyBeAccessedByLayers("options", "run", "commands", "program")
          .whereLayer("words")
          .mayOnlyBeAccessedByLayers(
              "terminal", "output", "options", "run", "report", "commands", "program");

  @ArchTest
  static void noCommandKnowsAnother(JavaClasses classes) {
    for (String command : COMMANDS) {
      String[] others =
          Stream.of(COMMANDS).filter(other -> !other.equals(command)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(command)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule NO_CYCLES = slices().matching("io.lariat.(**)").should().beFreeOfCycles();

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
