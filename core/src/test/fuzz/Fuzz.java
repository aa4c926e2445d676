import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzzes each target from the corpora beside this file, then adds what reaches new code to them,
 * made as small as it can be. Arguments: seconds for each, the class path, the data sets' folder,
 * the folder of the corpora, the folder for logs and for what fails.
 */
void main(String[] args) throws IOException, InterruptedException {
  Path corpora = Path.of(args[3]).toAbsolutePath();
  Path work = Files.createDirectories(Path.of(args[4])).toAbsolutePath();
  boolean isClean = true;
  for (String target :
      List.of(
          "data.csv.CsvFuzz",
          "internal.files.GzipFuzz",
          "internal.text.NumberFuzz",
          "data.LibsvmFuzz",
          "model.ModelFuzz",
          "model.MetadataFuzz")) {
    String name = target.replaceFirst(".*\\.", "");
    Path corpus = corpora.resolve(name);
    Path grown = Files.createDirectories(work.resolve(name));
    Path small = Files.createDirectories(work.resolve(name + "-small"));
    copy(corpus, grown);
    IO.println("fuzzing " + name + " for " + args[0] + " s");
    Path log = work.resolve(name + ".log");
    List<String> jazzer =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "-Dlariat.data=" + Path.of(args[2]).toAbsolutePath(),
            "-cp",
            args[1],
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=io.lariat." + target,
            "--instrumentation_includes=io.lariat.**",
            "-max_len=4096");
    int found =
        run(
            work,
            log,
            jazzer,
            "-max_total_time=" + args[0],
            "-timeout=20",
            "-rss_limit_mb=4000",
            "-artifact_prefix=" + name + "-",
            grown.toString());
    try (Stream<String> lines = Files.lines(log)) {
      lines.filter(line -> line.startsWith("Done")).forEach(IO::println);
    }
    if (found != 0) {
      isClean = false;
      IO.println(name + " found something: see " + log + ", and the input beside it");
    }
    run(
        work,
        work.resolve(name + "-merge.log"),
        jazzer,
        "-merge=1",
        "-use_counters=0", // new code only, not how often it runs: a quarter of the inputs
        small.toString(),
        corpus.toString(),
        grown.toString());
    copy(small, corpus);
  }
  System.exit(isClean ? 0 : 1);
}

int run(Path folder, Path log, List<String> command, String... more)
    throws IOException, InterruptedException {
  List<String> all = new ArrayList<>(command);
  all.addAll(List.of(more));
  File out = log.toFile();
  return new ProcessBuilder(all)
      .directory(folder.toFile())
      .redirectErrorStream(true)
      .redirectOutput(out)
      .start()
      .waitFor();
}

void copy(Path from, Path to) throws IOException {
  try (Stream<Path> files = Files.list(from)) {
    for (Path file : files.toList()) {
      Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
