package io.lariat.structure;

import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which classes of a module use which, and what each module's {@code ArchitectureTest} asks of
 * that. A nested class counts as the one that holds it, so a node is a source file.
 *
 * @param uses for each class, by its full name, the others of the module that it uses
 */
public record ClassGraph(Map<String, Set<String>> uses) {

  /**
   * How many classes may use each other in a circle. In one, each uses every other, directly or
   * through others, so none can be read, tested or changed without the rest.
   */
  static final int LARGEST_CIRCLE = 5;

  /** The graph of compiled classes; what they use outside of {@code classes} is left out. */
  public static ClassGraph of(JavaClasses classes) {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass c : classes) {
      uses.put(outermost(c), new TreeSet<>());
    }
    for (JavaClass c : classes) {
      String from = outermost(c);
      for (Dependency dependency : c.getDirectDependenciesFromSelf()) {
        String to = outermost(dependency.getTargetClass().getBaseComponentType());
        if (!to.equals(from) && uses.containsKey(to)) {
          uses.get(from).add(to);
        }
      }
    }
    return new ClassGraph(uses);
  }

  private static String outermost(JavaClass c) {
    return c.getEnclosingClass().map(ClassGraph::outermost).orElse(c.getName());
  }

  /** Fails if a circle has more than {@value #LARGEST_CIRCLE} classes. */
  public void requireSmallCircles() {
    for (Set<String> circle : circles()) {
      if (circle.size() > LARGEST_CIRCLE) {
        throw new AssertionError(
            circle.size()
                + " classes use each other in a circle, where "
                + LARGEST_CIRCLE
                + " may: cut one of these edges\n"
                + edges(circle));
      }
    }
  }

  private String edges(Set<String> circle) {
    return circle.stream()
        .map(
            name ->
                uses.get(name).stream()
                    .filter(circle::contains)
                    .map(ClassGraph::simple)
                    .collect(joining(", ", name + " -> ", "")))
        .collect(joining("\n"));
  }

  /** Fails if two classes have the same simple name. */
  public void requireOneClassAName() {
    Map<String, Set<String>> twice = namesTwice();
    if (!twice.isEmpty()) {
      throw new AssertionError("expected no simple name to be two classes', found " + twice);
    }
  }

  /** The circles (strongly connected components of two classes or more), the largest first. */
  List<Set<String>> circles() {
    Map<String, Set<String>> reached = new TreeMap<>();
    uses.keySet().forEach(name -> reached.put(name, reachedFrom(name)));
    Set<Set<String>> circles = new LinkedHashSet<>();
    for (String name : uses.keySet()) {
      Set<String> circle = new TreeSet<>(reached.get(name));
      circle.removeIf(other -> !reached.get(other).contains(name));
      if (circle.size() > 1) {
        circles.add(circle);
      }
    }
    return circles.stream().sorted((a, b) -> Integer.compare(b.size(), a.size())).toList();
  }

  /** All classes that {@code name} uses, directly or not; itself too if it is in a circle. */
  private Set<String> reachedFrom(String name) {
    Set<String> reached = new HashSet<>();
    List<String> next = new ArrayList<>(uses.get(name));
    while (!next.isEmpty()) {
      String one = next.removeLast();
      if (reached.add(one)) {
        next.addAll(uses.get(one));
      }
    }
    return reached;
  }

  /** Simple names that several classes have, each with the full names. */
  private Map<String, Set<String>> namesTwice() {
    Map<String, Set<String>> bySimpleName = new TreeMap<>();
    for (String name : uses.keySet()) {
      bySimpleName.computeIfAbsent(simple(name), s -> new TreeSet<>()).add(name);
    }
    bySimpleName.remove("package-info");
    bySimpleName.values().removeIf(names -> names.size() == 1);
    return bySimpleName;
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
