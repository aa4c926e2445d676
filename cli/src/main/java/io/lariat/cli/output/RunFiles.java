package io.lariat.cli.output;

import io.lariat.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files that commands write to a run's folder. */
public final class RunFiles {
  public static final String HISTORY = "history.csv";
  public static final String SUMMARY = "summary.json";
  public static final String REPORT = "report.html";
  public static final String PATH = "path.csv";
  public static final String COEFFICIENTS = "coefficients.csv";
  public static final String COMPARISON = "compare.csv";
  public static final String SELECTED = "selected.csv";
  public static final String FEATURES = "features.csv";

  /** What {@code compact} makes of the model, unless told otherwise. */
  static final String COMPACTED = "model-compact.safetensors";

  /** The names of the first columns of each history. */
  public static final String HISTORY_START = "epoch,loss,data_loss,penalty,";

  /** The names of the columns of a path. */
  public static final String PATH_HEADER =
      "lambda,zeros,features,train_loss,cv_mean,cv_se,metric,kkt";

  /** The names of the first columns of a comparison. */
  public static final String COMPARISON_START = "regularization,lambda,";

  /** The names of the columns of a selection's two tables. */
  public static final String FEATURES_HEADER =
      "feature,rank,importance,frequency,cluster_frequency,stand_ins";

  /** A model's metadata, with all the columns, may be before its mark. */
  private static final int MARKED_WITHIN = 8 << 20;

  /** What a file of each name has at or near its start if a run has written it. */
  private static final Map<String, Pattern> MARKS = new LinkedHashMap<>();

  static {
    mark("\"lariat_format\":", ModelFile.NAME, COMPACTED);
    mark("^" + HISTORY_START, HISTORY);
    mark("\"versions\": \\{\\s+\"lariat\": ", SUMMARY);
    mark(" Lariat report</title>", REPORT);
    mark("^" + PATH_HEADER, PATH);
    mark("^lambda,(class,)?intercept\\b", COEFFICIENTS);
    mark("^" + COMPARISON_START, COMPARISON);
    mark("^" + FEATURES_HEADER, SELECTED, FEATURES);
  }

  /** All of them. */
  static final List<String> ALL = List.copyOf(MARKS.keySet());

  private RunFiles() {}

  private static void mark(String start, String... names) {
    for (String name : names) {
      MARKS.put(name, Pattern.compile(start));
    }
  }

  /**
   * The names of the files in {@code folder} that a run has written: none of another command's is
   * left where a run's files are replaced. Others may have the same name, the run's own data too; a
   * file is a run's only if its content begins as that of a run does.
   */
  static List<String> writtenIn(Path folder) throws IOException {
    List<String> written = new ArrayList<>();
    for (String name : ALL) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isWritten(file, name)) {
        written.add(name);
      }
    }
    return written;
  }

  private static boolean isWritten(Path file, String name) throws IOException {
    @Nullable Pattern mark = MARKS.get(name);
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(MARKED_WITHIN), StandardCharsets.ISO_8859_1);
      return mark != null && mark.matcher(start).find();
    } catch (AccessDeniedException e) {
      return false; // what this user may not read, a run of this user has not written
    }
  }
}
