package io.lariat.cli.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Lariat's version, from what Maven leaves in the jar. */
public final class Version implements IVersionProvider {
  private static final String PROPERTIES = "/META-INF/maven/io.lariat/lariat-cli/pom.properties";

  /** The version; {@code development} where the classes come from no jar. */
  public static String lariat() {
    try (InputStream in = Version.class.getResourceAsStream(PROPERTIES)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "development");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Java that runs this. */
  public static String java() {
    return System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")";
  }

  @Override
  public String[] getVersion() {
    return new String[] {"lariat " + lariat(), "Java " + java()};
  }
}
