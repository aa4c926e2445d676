package io.lariat.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Input that must be refused with one clear line: a row for each.
 *
 * @param name what is wrong
 * @param files the files it needs, made in the folder that the program runs in
 * @param args the command line; {@code {}} stands for that folder
 * @param code the exit code
 * @param expected what the line must name
 */
record BadInput(
    String name, List<FileContent> files, List<String> args, int code, List<String> expected) {

  /** A file. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record FileContent(String name, byte[] bytes) {}

  @Override
  public String toString() {
    return name;
  }

  /** Makes the files. */
  void prepare(Path folder) throws IOException {
    for (FileContent file : files) {
      Files.write(folder.resolve(file.name()), file.bytes());
    }
  }

  /** The command line for {@code folder}. */
  String[] args(Path folder) {
    return args.stream().map(a -> a.replace("{}", folder.toString())).toArray(String[]::new);
  }

  /** All rows. */
  static Stream<BadInput> all() {
    return Stream.of(
            data(),
            libsvm(),
            options(),
            folders(),
            weights(),
            models(),
            predictions(),
            compactions(),
            certifications(),
            comparisons(),
            paths(),
            selections(),
            runs())
        .flatMap(s -> s);
  }

  private static String good() {
    StringBuilder csv = new StringBuilder("width,height,big\n");
    IntStream.range(0, 40)
        .forEach(
            i ->
                csv.append(i % 7)
                    .append('.')
                    .append(i % 3)
                    .append(',')
                    .append(i % 11)
                    .append(',')
                    .append(i % 2)
                    .append('\n'));
    return csv.toString();
  }

  /** The good file with line {@code number} (from 1) replaced. */
  private static String withLine(int number, String line) {
    List<String> lines = new ArrayList<>(good().lines().toList());
    lines.set(number - 1, line);
    return String.join("\n", lines) + "\n";
  }

  private static BadInput csv(String name, String content, String... expected) {
    return csv(name, content.getBytes(StandardCharsets.UTF_8), "data.csv", expected);
  }

  private static BadInput csv(String name, byte[] content, String file, String... expected) {
    List<String> named = new ArrayList<>(List.of(file));
    named.addAll(Arrays.asList(expected));
    return new BadInput(
        name,
        List.of(new FileContent(file, content)),
        List.of("train", "{}/" + file, "--target", "big", "--out", "{}/out"),
        1,
        named);
  }

  private static Stream<BadInput> data() {
    String numbers = good().replaceAll("(?m),[01]$", ",3.5");
    return Stream.of(
        new BadInput(
            "missing file",
            List.of(),
            List.of("train", "{}/nothing.csv", "--target", "big", "--out", "{}/out"),
            1,
            List.of("nothing.csv", "no such file")),
        csv("empty file", "", "is empty", "header"),
        csv("header only", "width,height,big\n", "no rows"),
        csv("short row", withLine(6, "1,2"), "line 6", "2 cells", "3"),
        csv("long row", withLine(6, "1,2,0,4"), "line 6", "4 cells", "3"),
        csv("text in a numeric column", withLine(7, "1,tall,0"), "line 7", "'height'", "'tall'"),
        csv("text in a numeric target", withLine(7, "1,2,yes"), "line 7", "'big'", "'yes'"),
        csv("empty cell", withLine(8, "1,,0"), "line 8", "'height'", "empty"),
        csv("empty target cell", withLine(8, "1,2,"), "line 8", "'big'", "empty"),
        csv("NaN", withLine(9, "NaN,2,0"), "line 9", "'width'", "NaN"),
        csv("infinity", withLine(9, "1,-Infinity,0"), "line 9", "'height'", "-Infinity"),
        csv("too large for a double", withLine(9, "1,1e600,0"), "line 9", "'height'", "1e600"),
        csv("no target column", good().replace("big", "bug"), "'big'", "did you mean 'bug'"),
        csv("duplicate names", good().replace("height", "width"), "line 1", "'width'"),
        csv("column without a name", good().replace("height", ""), "line 1", "column 2"),
        csv("nothing but the target", "big\n0\n1\n0\n1\n", "'big'"),
        csv("constant target", numbers, "'big'", "3.5"),
        csv("one class only", good().replaceAll("(?m),[01]$", ",cat"), "'big'", "cat"),
        csv("one row", "width,height,big\n1,2,0\n", "'big'"),
        csv("quote never closed", withLine(9, "\"1,2,0"), "line 9", "quote"),
        csv("UTF-16", good().getBytes(StandardCharsets.UTF_16), "data.csv", "UTF-8"),
        csv("gzip cut off", Arrays.copyOf(gzip(good()), 60), "data.csv.gz", "gzip"),
        csv("not gzip", good().getBytes(StandardCharsets.UTF_8), "data.csv.gz", "gzip"));
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static FileContent goodFile() {
    return new FileContent("data.csv", good().getBytes(StandardCharsets.UTF_8));
  }

  private static BadInput train(int code, String options, String... expected) {
    List<String> args =
        new ArrayList<>(List.of("train", "{}/data.csv", "--target", "big", "--out", "{}/out"));
    args.addAll(List.of(options.split(" ", -1)));
    return new BadInput(options, List.of(goodFile()), args, code, List.of(expected));
  }

  private static Stream<BadInput> options() {
    return Stream.of(
        train(2, "--l1 -1", "--l1", "'-1'", "at least 0"),
        train(2, "--l1 NaN", "--l1", "finite"),
        train(2, "--l2 Infinity", "--l2", "finite"),
        train(2, "--l1 1e999", "--l1", "finite"),
        train(2, "--l1=", "--l1", "finite"),
        train(2, "--batch-size 0", "--batch-size", "at least 1"),
        train(2, "--batch-size 1.5", "--batch-size", "whole"),
        train(2, "--validation-split 1", "--validation-split", "below 1"),
        train(2, "--validation-split -0.1", "--validation-split", "at least 0"),
        train(2, "--validation-split NaN", "--validation-split"),
        train(2, "--validation a.csv --validation-split 0.2", "--validation", "exclude"),
        train(2, "--validation=", "--validation", "found nothing"),
        train(1, "--validation {}/nothing.csv", "nothing.csv", "no such file"),
        validation("width,big\n1,0\n", "other.csv", "other.csv", "'height'"),
        validation("width,height,big\n1,2,5\n", "other.csv", "other.csv", "'5'"),
        validation("0 1:1 2:2\n", "other.libsvm", "other.libsvm", "data.csv", "same format"),
        train(2, "--dropout 1", "--dropout", "below 1"),
        train(2, "--dropout 0.5 --hidden none", "--dropout", "hidden"),
        train(
            2,
            "--activation sigmoid",
            "--activation",
            "relu, tanh, softplus, gelu, silu, elu or leaky_relu"),
        train(2, "--hidden 0", "--hidden", "'none'"),
        train(2, "--hidden 12,,3", "--hidden", "'12,,3'"),
        train(2, "--hidden wide", "--hidden", "'wide'"),
        train(2, "--hidden 99999999999", "--hidden", "'99999999999'"),
        train(2, "--hidden 100000,100000", "--hidden", "parameters"),
        train(2, "--epochs 0", "--epochs", "at least 1"),
        train(2, "--threads 0", "--threads", "1 to 1024"),
        train(2, "--seed x", "--seed", "whole number"),
        train(2, "--learning-rate 0", "--learning-rate", "above 0"),
        train(2, "--learning-rate -1e-3", "--learning-rate", "above 0"),
        train(2, "--momentum 0.9", "--momentum", "sgd"),
        train(2, "--optimizer sgd --momentum 1", "--momentum", "below 1"),
        train(2, "--nesterov", "--nesterov", "sgd"),
        train(2, "--optimizer sgd --nesterov", "--nesterov", "--momentum"),
        train(2, "--optimizer lion", "--optimizer", "adam, adamw, sgd or rmsprop"),
        train(2, "--weight-decay 0.1", "--weight-decay", "--optimizer adamw"),
        train(2, "--optimizer adamw --weight-decay -1", "--weight-decay", "at least 0"),
        train(2, "--optimizer adamw --weight-decay 2000", "--weight-decay", "at most", "1000"),
        train(2, "--schedule often", "--schedule", "constant, step, cosine or plateau"),
        train(2, "--step-epochs 3", "--step-epochs", "--schedule step"),
        train(2, "--schedule step --step-epochs 0", "--step-epochs", "at least 1"),
        train(2, "--rate-factor 0.5", "--rate-factor", "--schedule step or plateau"),
        train(2, "--schedule step --rate-factor 0", "--rate-factor", "above 0"),
        train(2, "--schedule plateau --rate-factor 1", "--rate-factor", "below 1"),
        train(2, "--warmup-epochs 1 --schedule step", "--warmup-epochs", "--schedule cosine"),
        train(2, "--schedule cosine --warmup-epochs 15", "--warmup-epochs", "--epochs"),
        train(2, "--plateau-patience 3", "--plateau-patience", "--schedule plateau"),
        train(2, "--schedule plateau --validation-split 0", "--schedule", "--validation-split"),
        train(2, "--least-rate 1e-5", "--least-rate", "--schedule cosine or plateau"),
        train(2, "--schedule cosine --least-rate 1", "--least-rate", "--learning-rate"),
        train(2, "--penalty lasso", "--penalty", "proximal or subgradient"),
        train(2, "--penalize output", "--penalize", "hidden or all"),
        train(2, "--keep hieght", "--keep", "'hieght'", "did you mean 'height'"),
        train(2, "--keep width,big", "--keep", "'big'", "target"),
        train(2, "--keep width --l1 0", "--keep", "--l1"),
        train(2, "--group -1", "--group", "'-1'", "at least 0"),
        train(2, "--group inf", "--group", "finite"),
        train(2, "--task guess", "--task", "regression"),
        train(2, "--task quantile:1.5", "--task", "below 1", "1.5"),
        train(2, "--task huber:x", "--task", "finite number", "'x'"),
        train(2, "--task poisson:2", "--task", "has no number"),
        train(2, "--task auto:2", "--task", "auto has no number"),
        command(2, "select {}/data.csv --target width --task huber", "--task huber", "regression"),
        command(
            1,
            "path {}/data.csv --target width --task quantile",
            "no derivative",
            "train a network"),
        train(2, "--early-stopping -1", "--early-stopping", "at least 0"),
        train(2, "--early-stopping 3 --validation-split 0", "--early-stopping", "split"),
        train(2, "--polish 0", "--polish", "above 0", "'0'"),
        train(2, "--polish=often", "--polish", "above 0", "'often'"),
        train(2, "--polish --no-polish", "--polish", "--no-polish"),
        train(2, "--polish --early-stopping 3", "--polish", "--early-stopping", "leave"),
        train(2, "--min-delta 0.1", "--min-delta", "--early-stopping"),
        train(2, "--backend gpu", "--backend", "'gpu'", "reference"),
        train(2, "--epoch 3", "'--epoch'", "--epochs", "lariat train --help"),
        train(2, "--epochs 3 --epochs 4", "--epochs", "once"),
        train(2, "--epochs", "--epochs", "lariat train --help"),
        train(2, "--quiet --verbose=no", "--verbose"),
        train(2, "another.csv", "'another.csv'"),
        command(2, "train {}/data.csv", "--target"),
        command(2, "train", "DATA.csv"),
        command(2, "trian", "'trian'", "train"),
        command(2, "predict {}/m", "data"),
        command(2, "inspect", "model"));
  }

  private static BadInput validation(String content, String file, String... expected) {
    BadInput train = train(1, "--validation {}/" + file);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new BadInput(
        "rows that validate: " + content.strip(),
        List.of(goodFile(), new FileContent(file, bytes)),
        train.args(),
        1,
        List.of(expected));
  }

  private static BadInput command(int code, String line, String... expected) {
    return new BadInput(
        line, List.of(goodFile()), List.of(line.split(" ", -1)), code, List.of(expected));
  }

  private static Stream<BadInput> folders() {
    return Stream.of(
        command(1, "train {}/data.csv --target big --out /proc/lariat", "/proc/lariat", "--out"),
        command(1, "train {}/data.csv --target big --out {}/data.csv", "--out", "data.csv"),
        command(1, "train {}/data.csv --target big --out {}/data.csv/x", "data.csv", "--out"),
        command(2, "train {}/data.csv --target big --out {}", "--out", "--force"));
  }

  private static Stream<BadInput> weights() {
    Safetensors wrong =
        new Safetensors()
            .f32("dense_0.kernel", 3, 4)
            .f32("dense_0.bias", 4)
            .f32("dense_1.kernel", 4, 1)
            .f32("dense_1.bias", 1);
    List<String> args = new ArrayList<>(train(1, "--hidden 4").args());
    args.addAll(List.of("--init", "{}/w.safetensors"));
    return Stream.of(
        new BadInput(
            "initial weights of other shapes",
            List.of(goodFile(), new FileContent("w.safetensors", wrong.bytes())),
            args,
            1,
            List.of("w.safetensors", "dense_0.kernel", "3x4", "2x4")),
        new BadInput(
            "no initial weights",
            List.of(goodFile()),
            args,
            1,
            List.of("w.safetensors", "no such file")));
  }

  private static Stream<BadInput> models() {
    Safetensors kernel = new Safetensors().f32("dense_0.kernel", 2, 1);
    byte[] whole = kernel.bytes();
    String overlapping =
        """
        {"dense_0.kernel":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
        "dense_0.bias":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}\
        """;
    String outside = overlapping.replace("[4,8]", "[8,4611686018427387904]");
    String type = "{\"dense_0.kernel\":{\"dtype\":7,\"shape\":\"x\",\"data_offsets\":[0,8]}}";
    return Stream.of(
        model("model that is missing", null, "no such file"),
        model("model of no bytes", new byte[0]),
        model("model cut off", Arrays.copyOf(whole, whole.length - 3)),
        model("header of 2^60 bytes", Safetensors.raw(1L << 60, "{}", 8)),
        model("header of 2^64-1 bytes", Safetensors.raw(-1, "{}", 8)),
        model("overlapping offsets", Safetensors.raw(overlapping, 8)),
        model("offsets out of range", Safetensors.raw(outside, 8)),
        model("wrong types", Safetensors.raw(type, 8)),
        model("deep JSON", Safetensors.raw("[".repeat(1_000_000), 0)),
        model("deep JSON objects", Safetensors.raw("{\"a\":".repeat(500_000), 0)),
        model("no JSON", Safetensors.raw("hello", 0)),
        model("tensors but no model", whole, "lariat"));
  }

  private static BadInput model(String name, byte[] bytes, String... expected) {
    List<String> named = new ArrayList<>(List.of("m.safetensors"));
    named.addAll(Arrays.asList(expected));
    return new BadInput(
        name,
        bytes == null ? List.of() : List.of(new FileContent("m.safetensors", bytes)),
        List.of("inspect", "{}/m.safetensors"),
        1,
        named);
  }

  private static Stream<BadInput> libsvm() {
    String rows = "1 1:1\n0 2:1\n".repeat(20);
    return Stream.of(
        libsvm(
            "CSV under a libsvm name", good(), List.of(), 1, "a.svm line 1", "'width,height,big'"),
        libsvm("libsvm out of order", rows + "1 3:1 2:1\n", List.of(), 1, "line 41", "index 2"),
        libsvm("groups of sparse rows", rows, List.of("--group", "1"), 1, "a.svm", "use l1"),
        libsvm("polish of sparse rows", rows, List.of("--polish"), 1, "--polish", "a.svm", "CSV"),
        libsvm("libsvm with a target", rows, List.of("--target", "y"), 2, "--target", "leave"),
        libsvm(
            "subgradient on sparse rows",
            rows,
            List.of("--penalty", "subgradient"),
            1,
            "a.svm",
            "proximal"));
  }

  private static BadInput libsvm(
      String name, String text, List<String> options, int code, String... expected) {
    List<String> args = new ArrayList<>(List.of("train", "{}/a.svm", "--out", "{}/out"));
    args.addAll(options);
    return new BadInput(
        name,
        List.of(new FileContent("a.svm", text.getBytes(StandardCharsets.UTF_8))),
        args,
        code,
        Arrays.asList(expected));
  }

  private static Stream<BadInput> certifications() {
    return Stream.of(
        command(2, "certify", "no model given"),
        command(2, "certify {}/m", "no data given"),
        command(1, "certify {}/m {}/data.csv", "no such file"),
        certify(
            "certify another target",
            "--target high",
            "width,height,big\n1,2,0\n",
            2,
            "--target high",
            "'big'"),
        certify("certify without the target", "", "width,height\n1,2\n", 1, "new.csv", "'big'"),
        certify("certify without a column", "", "width,big\n1,0\n", 1, "new.csv", "'height'"),
        certify("certify an unknown class", "", "width,height,big\n1,2,7\n", 1, "line 2", "'7'"),
        certify("certify an empty cell", "", "width,height,big\n1,,1\n", 1, "line 2", "empty"),
        certify("certify no rows", "", "width,height,big\n", 1, "new.csv", "no rows"));
  }

  private static BadInput certify(
      String name, String options, String csv, int code, String... expected) {
    List<String> args =
        new ArrayList<>(List.of("certify", "{}/m.safetensors", "{}/new.csv", "--quiet"));
    args.addAll(options.isEmpty() ? List.of() : List.of(options.split(" ", -1)));
    return new BadInput(
        name,
        List.of(
            new FileContent("new.csv", csv.getBytes(StandardCharsets.UTF_8)),
            new FileContent("m.safetensors", Safetensors.model())),
        args,
        code,
        List.of(expected));
  }

  private static Stream<BadInput> predictions() {
    return Stream.of(
        predict("missing column", "width\n1\n", "'height'"),
        predict("text to predict", "width,height\n1,2\n3,tall\n", "line 3", "'height'", "'tall'"),
        predict("nothing to predict", "width,height\n", "no rows"),
        predict("ragged rows to predict", "width,height\n1,2\n3\n", "line 3"));
  }

  private static BadInput predict(String name, String csv, String... expected) {
    List<String> named = new ArrayList<>(List.of("new.csv"));
    named.addAll(Arrays.asList(expected));
    return new BadInput(
        name,
        List.of(
            new FileContent("new.csv", csv.getBytes(StandardCharsets.UTF_8)),
            new FileContent("m.safetensors", Safetensors.model())),
        List.of("predict", "{}/m.safetensors", "{}/new.csv", "--out", "{}/out"),
        1,
        named);
  }

  private static Stream<BadInput> compactions() {
    List<FileContent> files =
        List.of(
            new FileContent("new.csv", "width\n1\n".getBytes(StandardCharsets.UTF_8)),
            new FileContent("m.safetensors", Safetensors.model()));
    return Stream.of(
        command(2, "compact", "model"),
        command(1, "compact {}/none.safetensors", "none.safetensors"),
        new BadInput(
            "compact checked on other columns",
            files,
            List.of("compact", "{}/m.safetensors", "{}/new.csv"),
            1,
            List.of("new.csv", "'height'")),
        new BadInput(
            "compact onto its input",
            files,
            List.of("compact", "{}/m.safetensors", "--out", "{}/m.safetensors"),
            2,
            List.of("--out", "m.safetensors", "is an input")),
        new BadInput(
            "compact onto its data",
            files,
            List.of("compact", "{}/m.safetensors", "{}/new.csv", "--out", "{}/new.csv", "--force"),
            2,
            List.of("--out", "new.csv", "is an input")),
        new BadInput(
            "compact onto a folder",
            files,
            List.of("compact", "{}/m.safetensors", "--out", "{}"),
            2,
            List.of("is a folder")));
  }

  private static Stream<BadInput> comparisons() {
    String data = "compare {}/data.csv --target big --out {}/out ";
    return Stream.of(
        command(2, "compare", "DATA.csv"),
        command(2, "compare {}/data.csv", "--target"),
        command(2, data + "--folds 1", "--folds", "at least 2"),
        command(2, data + "--lambdas 0.1,x", "--lambdas", "'x'"),
        command(2, data + "--lambdas 0.1,-1", "--lambdas", "'-1'"),
        command(2, data + "--seeds 0", "--seeds", "at least 1"),
        command(2, data + "--hidden 46341,46341", "--hidden", "more than 2^31 parameters"),
        command(1, data + "--folds 30", "data.csv", "too few for 30 folds"),
        new BadInput(
            "comparison on too few rows",
            List.of(
                new FileContent(
                    "data.csv",
                    "a,y\n1,0\n2,1\n3,0\n4,1\n5,0\n6,1\n".getBytes(StandardCharsets.UTF_8))),
            List.of("compare", "{}/data.csv", "--target", "y", "--folds", "2", "--out", "{}/out"),
            1,
            List.of("data.csv", "6 rows are too few to compare on", "use more rows")));
  }

  private static Stream<BadInput> paths() {
    String data = "path {}/data.csv --target big --hidden none --out {}/out ";
    FileContent lone =
        new FileContent("data.csv", withLine(2, "1,2,2").getBytes(StandardCharsets.UTF_8));
    return Stream.of(
        command(2, "path", "DATA.csv"),
        command(2, "path {}/data.csv", "--target"),
        command(2, data + "--lambdas 1", "--lambdas", "from 2 to 10000", "'1'"),
        command(2, data + "--lambdas 99999999999", "--lambdas", "from 2 to 10000"),
        command(2, data + "--lambdas -5", "--lambdas", "'-5'"),
        command(2, data + "--lambdas 0.1,0", "--lambdas", "above 0", "'0.1,0'"),
        command(2, data + "--lambdas 0.1,-1", "--lambdas", "above 0"),
        command(2, data + "--lambdas 0.1,,1", "--lambdas", "'0.1,,1'"),
        command(2, data + "--lambdas NaN", "--lambdas", "'NaN'"),
        command(2, data + "--folds -1", "--folds", "at least 0"),
        command(2, data + "--folds 0 --rule min", "--rule", "--folds 0"),
        command(2, data + "--group", "--group", "linear"),
        command(2, data + "--rule best", "--rule", "1se or min", "'best'"),
        command(2, data + "--keep ghost", "--keep", "data.csv", "'ghost'"),
        command(2, data + "--l2 -1", "--l2", "at least 0"),
        command(2, data + "--resume", "--resume", "out.partial", "no finished part"),
        command(1, data + "--keep width,height", "data.csv", "every column is kept"),
        command(2, data.replace("none", "4,x"), "--hidden", "'4,x'"),
        command(
            2, data.replace("none", "2147483647").strip(), "--hidden", "more than 2^31 parameters"),
        command(1, data.replace("none", "4") + "--learning-rate 1e30", "step 1", "lower than"),
        command(1, data + "--folds 30", "data.csv", "too few for 30 folds"),
        new BadInput(
            "path of a class with one row",
            List.of(lone),
            List.of("path", "{}/data.csv", "--target", "big", "--hidden", "none"),
            1,
            List.of("data.csv", "class 2 has 1 row")));
  }

  private static Stream<BadInput> selections() {
    String data = "select {}/data.csv --target big --out {}/out ";
    return Stream.of(
        command(2, "select", "DATA.csv"),
        command(2, "select {}/data.csv", "--target"),
        command(2, data + "--hidden 20,10", "--hidden", "one hidden layer"),
        command(2, data + "--hidden 2147483647", "--hidden", "more than 2^31 parameters"),
        command(2, data + "--hidden 0", "--hidden", "'none'"),
        command(2, data + "--keep ghost", "--keep", "data.csv", "'ghost'"),
        command(2, data + "--keep big", "--keep", "target"),
        command(2, data + "--level 0", "--level", "at least 0.0005 and below 1", "'0'"),
        command(2, data + "--level 1", "--level", "at least 0.0005 and below 1"),
        command(2, data + "--subsamples 7", "--subsamples", "even", "'7'"),
        command(2, data + "--subsamples -2", "--subsamples", "'-2'"),
        command(2, data + "--backend simd", "--backend"),
        command(2, data + "--threads 0", "--threads", "from 1 to 1024"),
        new BadInput(
            "selection from too few rows",
            List.of(
                new FileContent(
                    "data.csv", "a,y\n1,0\n2,1\n3,0\n".getBytes(StandardCharsets.UTF_8))),
            List.of("select", "{}/data.csv", "--target", "y", "--out", "{}/out"),
            1,
            List.of("data.csv", "3 rows", "at least")));
  }

  private static Stream<BadInput> runs() {
    return Stream.of(
        train(1, "--learning-rate 1e30 --backend reference", "step 1", "lower than"),
        train(1, "--validation-split 0.99", "data.csv", "0.99", "split"),
        train(1, "--backend cuda", "cuda"));
  }

  /** Writes safetensors files, right and wrong ones. */
  private static final class Safetensors {
    private static final byte[] MODEL = written();

    private final List<String> entries = new ArrayList<>();
    private int size;

    Safetensors f32(String name, int... shape) {
      int from = size;
      size += 4 * IntStream.of(shape).reduce(1, (a, b) -> a * b);
      entries.add(
          String.format(
              Locale.ROOT,
              "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
              name,
              Arrays.toString(shape),
              from,
              size));
      return this;
    }

    byte[] bytes() {
      return raw("{" + String.join(",", entries) + "}", size);
    }

    static byte[] raw(String header, int data) {
      return raw(header.length(), header, data);
    }

    static byte[] raw(long claimed, String header, int data) {
      byte[] text = header.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(8 + text.length + data)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putLong(claimed)
          .put(text)
          .array();
    }

    /** A model of the columns width and height that the program itself has written. */
    static byte[] model() {
      return MODEL.clone();
    }

    private static byte[] written() {
      try {
        Path folder = Files.createTempDirectory("lariat-model");
        Path data = Files.writeString(folder.resolve("data.csv"), good());
        Path out = folder.resolve("out");
        Program.Outcome outcome =
            Program.here(
                "train",
                data.toString(),
                "--target",
                "big",
                "--hidden",
                "3",
                "--epochs",
                "1",
                "--backend",
                "reference",
                "--out",
                out.toString());
        if (outcome.code() != 0) {
          throw new AssertionError(outcome.err());
        }
        byte[] model = Files.readAllBytes(out.resolve("model.safetensors"));
        try (Stream<Path> all = Files.walk(folder)) {
          for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
        return model;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
