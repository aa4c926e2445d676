package io.lariat.cuda.probe;

import io.lariat.backend.BackendUnavailableException;
import io.lariat.cuda.driver.Blas;
import io.lariat.cuda.driver.Driver;
import io.lariat.cuda.driver.DriverException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of JCuda and of the one class that uses it.
 *
 * <p>JCuda unpacks its native libraries to fixed names in the temporary folder and takes what lies
 * there already, be it of another version or of another user; on the module path it does not even
 * find them. A class loader may say where a library lies: this one makes a copy that only its owner
 * can read, and deletes it as soon as it is loaded.
 *
 * <p>One per JVM, because a JVM loads a native library once. What cannot be loaded is a {@link
 * BackendUnavailableException} that says why, what loads and then fails a {@link DriverException}.
 */
public final class JCudaLoader extends ClassLoader {
  /** JCuda's version, which is part of its libraries' names. */
  static final String VERSION = "12.6.0";

  /** The library for the driver. */
  static final String DRIVER = "JCudaDriver";

  /** The one for cuBLAS. */
  static final String CUBLAS = "JCublas2";

  private static final String JCUDA = "jcuda.";
  private static final String OURS = "io.lariat.cuda.jcuda.";

  static {
    registerAsParallelCapable();
  }

  private final Set<String> loaded = new HashSet<>();

  /** Where libraries lie, while they are being loaded. */
  private final Map<String, Path> copies = new ConcurrentHashMap<>();

  private JCudaLoader() {
    super("jcuda", JCudaLoader.class.getClassLoader());
  }

  /** The driver. Needs libcuda.so.1 and native access for all unnamed modules. */
  public static Driver driver() {
    return Holder.LOADER.make(Driver.class, "JCuda", DRIVER, "jcuda.driver.JCudaDriver");
  }

  /**
   * cuBLAS 12, of which the library must be loaded already.
   *
   * @param place where it was found
   */
  static Blas.Opener cublas(String place) {
    return Holder.LOADER.make(
        Blas.Opener.class, "JCuda$CublasOpener", "JCublas2", "jcuda.jcublas.JCublas2", place);
  }

  /** The file of a library in the jar of JCuda's natives. */
  static String resource(String library) {
    return "lib/lib" + fullName(library) + ".so";
  }

  private static String fullName(String library) {
    return library + "-" + VERSION + "-linux-x86_64";
  }

  private <T> T make(Class<T> type, String ours, String library, String owner, Object... given) {
    load(library, owner);
    try {
      return type.cast(loadClass(OURS + ours).getConstructors()[0].newInstance(given));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof DriverException failure) {
        throw failure;
      }
      throw new IllegalStateException(OURS + ours + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(OURS + ours + " cannot be made", e);
    }
  }

  /**
   * Loads a library, by letting the class that owns it initialise.
   *
   * @throws BackendUnavailableException if there is none, or no place for it
   */
  private synchronized void load(String library, String owner) {
    if (loaded.contains(library)) {
      return;
    }
    Path copy = copy(library);
    copies.put(fullName(library), copy);
    try {
      // JCuda must not fail at it: it would then take what lies under its name in that folder.
      if (!canBeLoaded(copy)) {
        throw new BackendUnavailableException(
            String.format(
                Locale.ROOT,
                "%s cannot be loaded from the folder %s: %s; if that folder is mounted noexec, name"
                    + " another one with -Djava.io.tmpdir=FOLDER",
                resource(library),
                copy.getParent(),
                Libraries.whyNot(copy.toString())));
      }
      Class.forName(owner, true, this);
      loaded.add(library);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new BackendUnavailableException("JCuda's class " + owner + " does not work here: " + e);
    } finally {
      copies.remove(fullName(library));
      delete(copy);
    }
  }

  /** A copy of a library in the temporary folder, which only its owner can read. */
  static Path copy(String library) {
    ClassLoader loader = JCudaLoader.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource(library))) {
      if (in == null) {
        throw new BackendUnavailableException(
            resource(library) + " is not on the class path; add JCuda's natives for linux-x86_64");
      }
      Path copy = Files.createTempFile("lariat-", ".so"); // only its owner may read or write it
      try {
        // Into the file that is there: one that is put in its place has the mode of any other.
        try (OutputStream out = Files.newOutputStream(copy)) {
          in.transferTo(out);
        }
      } catch (IOException e) {
        delete(copy);
        throw e;
      }
      return copy;
    } catch (IOException e) {
      throw new BackendUnavailableException(
          String.format(
              Locale.ROOT,
              "the temporary folder %s takes no copy of %s (%s); make room there or name another"
                  + " folder with -Djava.io.tmpdir=FOLDER",
              System.getProperty("java.io.tmpdir"),
              resource(library),
              e));
    }
  }

  private static void delete(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      // It stays in the temporary folder, where only its owner can read it; no reason to fail.
      System.getLogger("io.lariat.cuda").log(System.Logger.Level.DEBUG, "not deleted: {0}", e);
    }
  }

  @Override
  protected @Nullable String findLibrary(String name) {
    Path copy = copies.get(name);
    return copy == null ? null : copy.toString();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(JCUDA) && !name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known != null ? known : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @SuppressWarnings("restricted") // the probe has seen that native access is enabled
  private static boolean canBeLoaded(Path library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static final class Holder {
    private static final JCudaLoader LOADER = new JCudaLoader();
  }
}
