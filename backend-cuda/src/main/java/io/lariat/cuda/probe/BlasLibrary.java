package io.lariat.cuda.probe;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.DriverException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds cuBLAS: what a system property names, and nothing else then; otherwise the best that can be
 * loaded from the system's loader's places and from {@link BlasPlaces}.
 *
 * <p>Version 12 is used through JCublas2 and preferred, then the newest, through the Foreign
 * Function API: JCublas2 needs version 12.
 */
public final class BlasLibrary {

  /** The system property for the library, its folder, or {@code none}: {@value}. */
  public static final String PROPERTY = "lariat.cuda.cublas";

  private static final System.Logger LOG = System.getLogger("io.lariat.cuda");

  private static final String NONE = "none";
  private static final String NAME = "libcublas.so.";
  private static final Pattern FILE = Pattern.compile("libcublas\\.so\\.(\\d{1,4})(\\..*)?");
  private static final int JCUBLAS = 12;

  /** What the system's loader is asked for; it cannot be asked what it has. */
  private static final List<Integer> MAJORS = List.of(16, 15, 14, 13, 12, 11);

  /**
   * A library to try.
   *
   * @param folder null to let the system's loader look for it
   * @param file its name
   */
  private record Candidate(@Nullable Path folder, String file, int major) {
    static final Comparator<Candidate> PREFERRED_FIRST =
        Comparator.comparing((Candidate c) -> c.major != JCUBLAS)
            .thenComparing(c -> c.major, Comparator.reverseOrder());

    /** Loads what cuBLAS needs, and it. */
    Optional<SymbolLookup> load(Machine machine) {
      machine.load(folder, "libcublasLt.so." + major);
      return machine.load(folder, file);
    }

    Blas.Opener opener(SymbolLookup library) {
      try {
        return major == JCUBLAS ? JCudaLoader.cublas(place()) : new ForeignBlas(library, place());
      } catch (DriverException e) {
        throw refusal(place() + " does not work: " + e.fact());
      } catch (BackendUnavailableException e) {
        throw refusal(String.valueOf(e.getMessage()));
      }
    }

    String place() {
      return folder != null ? folder.resolve(file).toString() : Libraries.place(file);
    }
  }

  private BlasLibrary() {}

  /**
   * What there is, for as long as the JVM runs; empty if there is none or none is wanted.
   *
   * @throws BackendUnavailableException if the system property names one that cannot be used
   */
  public static Optional<Blas.Opener> find() {
    return find(new Machine());
  }

  static Optional<Blas.Opener> find(Machine machine) {
    String named = machine.property(PROPERTY);
    if (named == null) {
      return search(machine);
    }
    if (named.strip().equals(NONE)) {
      return Optional.empty();
    }
    Candidate candidate = named(Path.of(named.strip()));
    SymbolLookup library =
        candidate
            .load(machine)
            .orElseThrow(
                () ->
                    refusal(
                        candidate.place()
                            + " cannot be loaded: "
                            + Libraries.whyNot(candidate.place())));
    return Optional.of(candidate.opener(library));
  }

  private static Optional<Blas.Opener> search(Machine machine) {
    List<Candidate> candidates = new ArrayList<>();
    MAJORS.forEach(major -> candidates.add(new Candidate(null, NAME + major, major)));
    BlasPlaces.folders(machine).forEach(folder -> candidates.addAll(candidates(folder)));
    candidates.sort(Candidate.PREFERRED_FIRST); // those of one version stay in the places' order
    for (Candidate candidate : candidates) {
      Optional<SymbolLookup> library = candidate.load(machine);
      try {
        if (library.isPresent()) {
          return Optional.of(candidate.opener(library.get()));
        }
      } catch (BackendUnavailableException e) {
        LOG.log(Level.DEBUG, "not this cuBLAS", e);
      }
    }
    return Optional.empty();
  }

  /** The libraries in a folder, one for each version. */
  private static List<Candidate> candidates(Path folder) {
    List<Candidate> found = new ArrayList<>();
    for (Path file : BlasPlaces.children(folder, NAME + "*")) {
      String name = file.getFileName().toString();
      Matcher match = FILE.matcher(name);
      if (match.matches() && match.group(2) == null) {
        found.add(new Candidate(folder, name, Integer.parseInt(match.group(1))));
      }
    }
    return found;
  }

  private static Candidate named(Path path) {
    if (Files.isDirectory(path)) {
      return candidates(path).stream()
          .min(Candidate.PREFERRED_FIRST)
          .orElseThrow(() -> refusal(path + " holds no " + NAME + "N"));
    }
    Path file;
    try {
      file = path.toRealPath();
    } catch (IOException e) {
      throw refusal(path + " cannot be read: " + e);
    }
    String name = file.getFileName().toString();
    Matcher match = FILE.matcher(name);
    if (!match.matches()) {
      throw refusal(file + " is no " + NAME + "N");
    }
    return new Candidate(file.getParent(), name, Integer.parseInt(match.group(1)));
  }

  private static BackendUnavailableException refusal(String what) {
    return new BackendUnavailableException(
        "system property "
            + PROPERTY
            + ": "
            + what
            + "; name the library of cuBLAS, its folder, or none");
  }
}
