package io.lariat.cli.inspect;

import io.lariat.backend.Penalty;
import io.lariat.cli.words.CertificateText;
import io.lariat.cli.words.FeatureUse;
import io.lariat.cli.words.Figures;
import io.lariat.cli.words.Introduction;
import io.lariat.cli.words.Text;
import io.lariat.data.Column;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import io.lariat.model.Layer;
import io.lariat.model.Model;
import io.lariat.model.Weights;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A model in words. */
final class ModelDescription {
  /** More of millions of features are not read by anybody. */
  private static final int MOST_UNUSED = 1000;

  private static final int MOST_LARGEST = 15;
  private static final int MOST_CLASSES = 20;

  private final Model model;
  private final PrintWriter out;

  private ModelDescription(Model model, PrintWriter out) {
    this.model = model;
    this.out = out;
  }

  /** Prints it. */
  static void print(Model model, Path path, PrintWriter out) {
    ModelDescription description = new ModelDescription(model, out);
    description.line("model", path.toString());
    description.target();
    description.line("network", Introduction.network(model.network()));
    description.layers();
    description.features();
    description.largest();
    description.standardisation();
    description.certificate();
    description.training();
  }

  private void line(String label, String text) {
    out.println(Text.oneLine(Text.of("%-12s %s", label, text)));
  }

  private void target() {
    Target target = model.schema().target();
    line("task", model.head().name());
    line("target", target.name());
    List<String> classes = target.classes();
    if (!classes.isEmpty()) {
      line(
          "classes",
          Text.first(classes, MOST_CLASSES)
              + (model.outputs() == 1 ? "; " + classes.get(1) + " is the positive one" : ""));
    }
  }

  private void layers() {
    out.println();
    out.println("layer        inputs    units  activation  penalty              zeros");
    Weights weights = model.weights();
    for (int i = 0; i < model.network().layers().size(); i++) {
      Layer layer = model.network().layers().get(i);
      int size = weights.layout().kernelSize(i);
      int zeros = weights.zeros(i);
      out.println(
          Text.of(
              "%-10s %8d %8d  %-10s  %-19s  %s of %s (%s)",
              Layer.name(i),
              model.network().inputsOf(i),
              layer.units(),
              Text.word(layer.activation()),
              penalty(layer.penalty()),
              Figures.count(zeros),
              Figures.count(size),
              Figures.percent(zeros, size)));
    }
    out.println();
  }

  private static String penalty(Penalty penalty) {
    if (penalty.isNone()) {
      return "none";
    }
    if (penalty.group() == 0) {
      return "l1 " + penalty.l1() + ", l2 " + penalty.l2();
    }
    String l1 = penalty.l1() == 0 ? "" : ", l1 " + penalty.l1();
    String l2 = penalty.l2() == 0 ? "" : ", l2 " + penalty.l2();
    return "group " + penalty.group() + l1 + l2;
  }

  private void features() {
    FeatureUse use = FeatureUse.of(model);
    line("features", use.summary(0));
    List<Column> groups = model.schema().columns().stream().filter(Column::isCategorical).toList();
    if (!groups.isEmpty()) {
      int columns = use.usedColumns().size() + use.unusedColumns().size();
      line("columns", use.usedColumns().size() + " of " + columns + " in use");
    }
    if (!use.unused().isEmpty()) {
      List<String> named = use.unused().subList(0, Math.min(MOST_UNUSED, use.unused().size()));
      int more = use.unused().size() - named.size();
      String others = more > 0 ? " and " + Figures.count(more) + " more" : "";
      line("unused", String.join(", ", named) + others);
    }
  }

  private void largest() {
    List<String> names = model.schema().featureNames();
    List<Integer> order =
        IntStream.range(0, names.size())
            .boxed()
            .filter(model.weights()::usesInput)
            .sorted(Comparator.comparingDouble((Integer j) -> -model.weights().inputNorm(j)))
            .limit(MOST_LARGEST)
            .toList();
    if (order.isEmpty()) {
      return;
    }
    out.println();
    out.println("  sum |w|  feature, largest first");
    for (int j : order) {
      out.println(
          Text.oneLine(
              Text.of("%9s  %s", Figures.number(model.weights().inputNorm(j)), names.get(j))));
    }
    out.println();
  }

  private void standardisation() {
    @Nullable Standardization features = model.standardization();
    line(
        "standardised",
        features == null ? "no" : "features, by mean and deviation of the training rows");
    @Nullable Standardization target = model.targetStandardization();
    if (target != null) {
      line(
          "",
          Text.of(
              "target, by mean %s and deviation %s",
              Figures.number(target.mean(0)), Figures.number(target.deviation(0))));
    }
  }

  private void certificate() {
    List<CertificateText.Line> lines = CertificateText.lines(model);
    if (lines.isEmpty()) {
      line("certificate", "none; 'lariat certify' computes residual and objective from the data");
      return;
    }
    lines.forEach(text -> line(text.label(), text.text()));
    line("", "this is what the file claims: 'lariat certify' checks it against the data");
  }

  private void training() {
    out.println();
    out.println(
        model.notes().isEmpty() ? "The file does not say how it was trained." : "trained with");
    new TreeMap<>(model.notes())
        .forEach((name, value) -> out.println(Text.oneLine(Text.of("  %-18s %s", name, value))));
  }
}
