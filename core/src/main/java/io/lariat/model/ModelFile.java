package io.lariat.model;

import io.lariat.data.DataException;
import io.lariat.internal.files.FolderCommit;
import io.lariat.internal.text.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A model as one safetensors file: the tensors {@code dense_0.kernel [in x out]}, {@code
 * dense_0.bias [out]}, {@code dense_1.kernel}, ... and all else that prediction needs as JSON in
 * the metadata (see {@code ModelMetadata}). The tensors are 32-bit floats; or all of them 64-bit
 * ones, if the model keeps its weights exactly, as a polished one does: rounded to floats they
 * would no longer satisfy the optimality conditions. The same model gives the same bytes.
 *
 * <p>Loading trusts nothing: every part is checked by itself and against the others, and all of it
 * against a checksum, which only files of the first format lack. A tool that changes a file takes
 * {@code lariat_checksum} out of its metadata and sets {@code lariat_format} to 1.
 */
public final class ModelFile {
  /** The name of the model's file in a folder that a training has written. */
  public static final String NAME = "model.safetensors";

  private static final int MOST_LISTED = 5;

  private ModelFile() {}

  /**
   * Writes {@code model} to {@code path}, whole or not at all; a folder stands for its {@value
   * #NAME}.
   *
   * @throws ModelException if it cannot be written or a weight is not finite
   */
  public static void save(Model model, Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(NAME) : path;
    ParameterLayout layout = model.weights().layout();
    float[] values = model.weights().values();
    Map<String, Tensor> tensors = new TreeMap<>();
    for (int i = 0; i < layout.layers(); i++) {
      int in = layout.in(i);
      int out = layout.out(i);
      tensors.put(
          kernelName(i), tensor(model.weights(), layout.kernelOffset(i), new int[] {in, out}));
      tensors.put(biasName(i), tensor(model.weights(), layout.biasOffset(i), new int[] {out}));
      requireFinite(file, kernelName(i), values, layout.kernelOffset(i), in, out);
      requireFinite(file, biasName(i), values, layout.biasOffset(i), 1, out);
    }
    Map<String, String> metadata = ModelTexts.split(ModelMetadata.of(model), tensors);
    metadata.put(ModelChecksum.KEY, ModelChecksum.of(metadata, tensors));
    Safetensors.write(file, metadata, tensors);
  }

  private static Tensor tensor(Weights weights, int from, int[] shape) {
    int to = from + (int) Tensor.count(shape);
    return weights.isExact()
        ? Tensor.wrap(shape, Arrays.copyOfRange(weights.doubles(), from, to))
        : Tensor.wrap(shape, Arrays.copyOfRange(weights.values(), from, to));
  }

  /**
   * Reads a model that {@link #save} wrote; a folder stands for its {@value #NAME}.
   *
   * @throws ModelException if there is none, or anything in it is not as it should be
   */
  public static Model load(Path path) {
    Path file = fileOf(path);
    Safetensors tensors = read(file);
    ModelMetadata.requireFormat(file.toString(), tensors);
    ModelTexts texts = new ModelTexts(file.toString(), tensors);
    try {
      Network network = ModelMetadata.network(texts);
      Weights weights = weights(file, tensors, network);
      ModelMetadata metadata = ModelMetadata.parse(file.toString(), texts, network);
      return new Model(
              network,
              isExact(file, tensors) ? exact(file, tensors, weights.layout()) : weights,
              metadata.schema(),
              metadata.standardization(),
              metadata.targetStandardization(),
              metadata.notes())
          .withCertificate(metadata.certificate());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads weights for {@code network} from a model or from any safetensors file with tensors of the
   * same names; a folder stands for its {@value #NAME}.
   *
   * @throws ModelException if tensors are missing, are too many, or have other shapes
   */
  public static Weights readWeights(Path path, Network network) {
    Path file = fileOf(path);
    return weights(file, read(file), network);
  }

  private static Safetensors read(Path file) {
    Safetensors tensors = Safetensors.read(file);
    ModelChecksum.check(file.toString(), tensors);
    return tensors;
  }

  private static Path fileOf(Path path) {
    if (!Files.isDirectory(path)) {
      return path;
    }
    try {
      return FolderCommit.locate(path, NAME);
    } catch (DataException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static String kernelName(int layer) {
    return Layer.name(layer) + ".kernel";
  }

  private static String biasName(int layer) {
    return Layer.name(layer) + ".bias";
  }

  /** Checks names and shapes before anything of the network's size is allocated. */
  private static Weights weights(Path file, Safetensors tensors, Network network) {
    ParameterLayout layout;
    try {
      layout = new ParameterLayout(network);
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
    requireNames(file, tensors, layout.layers());
    for (int i = 0; i < layout.layers(); i++) {
      requireShape(file, tensors, kernelName(i), layout.in(i), layout.out(i));
      requireShape(file, tensors, biasName(i), layout.out(i));
    }
    float[] values = new float[layout.size()];
    for (int i = 0; i < layout.layers(); i++) {
      int out = layout.out(i);
      tensors.tensor(kernelName(i)).copyTo(values, layout.kernelOffset(i));
      tensors.tensor(biasName(i)).copyTo(values, layout.biasOffset(i));
      requireFinite(file, kernelName(i), values, layout.kernelOffset(i), layout.in(i), out);
      requireFinite(file, biasName(i), values, layout.biasOffset(i), 1, out);
    }
    return new Weights(layout, values);
  }

  /** Whether all tensors are doubles; a model has one type. */
  private static boolean isExact(Path file, Safetensors tensors) {
    Tensor.Type type = tensors.tensor(kernelName(0)).type();
    for (String name : tensors.names()) {
      if (tensors.tensor(name).type() != type && !ModelTexts.isText(name, tensors.tensor(name))) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: %s is %s, but %s is %s; a model's tensors are of one type",
                file,
                kernelName(0),
                type,
                Excerpt.of(name),
                tensors.tensor(name).type()));
      }
    }
    return type == Tensor.Type.F64;
  }

  /** The doubles of tensors whose names, shapes and floats have been checked. */
  private static Weights exact(Path file, Safetensors tensors, ParameterLayout layout) {
    double[] values = new double[layout.size()];
    for (int i = 0; i < layout.layers(); i++) {
      copyExact(file, tensors, kernelName(i), values, layout.kernelOffset(i), layout.out(i));
      copyExact(file, tensors, biasName(i), values, layout.biasOffset(i), layout.out(i));
    }
    return Weights.exact(layout, values);
  }

  private static void copyExact(
      Path file, Safetensors tensors, String name, double[] values, int from, int cols) {
    double[] doubles = tensors.tensor(name).doubles();
    for (int k = 0; k < doubles.length; k++) {
      if (!Weights.fitsFloat(doubles[k])) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: %s holds %s at row %d, column %d, which is 0 for the floats that predict;"
                    + " expected 0 itself",
                file,
                name,
                doubles[k],
                k / cols,
                k % cols));
      }
      values[from + k] = doubles[k];
    }
  }

  private static void requireNames(Path file, Safetensors tensors, int layers) {
    Set<String> left = new HashSet<>(tensors.names());
    tensors
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (ModelTexts.isText(name, tensor)) {
                left.remove(name);
              }
            });
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      for (String name : List.of(kernelName(i), biasName(i))) {
        if (!left.remove(name)) {
          missing.add(name);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: lacks %s; the network has %d dense layers",
              file,
              list(missing),
              layers));
    }
    if (!left.isEmpty()) {
      List<String> extra = left.stream().sorted().map(Excerpt::of).toList();
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: holds %s, which the network of %d dense layers does not have",
              file,
              list(extra),
              layers));
    }
  }

  private static String list(List<String> names) {
    String shown = String.join(", ", names.stream().limit(MOST_LISTED).toList());
    int more = names.size() - MOST_LISTED;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }

  private static void requireShape(Path file, Safetensors tensors, String name, int... needed) {
    Tensor tensor = tensors.tensor(name);
    if (!tensor.hasShape(needed)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: %s is %s, the network needs %s",
              file,
              name,
              Tensor.shapeText(tensor.shape()),
              Tensor.shapeText(needed)));
    }
  }

  private static void requireFinite(
      Path file, String name, float[] values, int from, int rows, int cols) {
    for (int i = 0; i < rows * cols; i++) {
      if (!Float.isFinite(values[from + i])) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: %s holds %s at row %d, column %d; expected finite numbers",
                file,
                name,
                values[from + i],
                i / cols,
                i % cols));
      }
    }
  }
}
