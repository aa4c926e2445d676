package io.lariat.model;

import io.lariat.backend.Activation;
import io.lariat.data.Excerpt;
import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.data.Target;
import java.io.StringReader;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model file holds beside the tensors, each a string in the safetensors metadata:
 *
 * <ul>
 *   <li>{@code lariat_format}: {@value #FORMAT}
 *   <li>{@code network}: inputs, initializer and layers
 *   <li>{@code columns}: the input columns and their categories
 *   <li>{@code target}: its name, task and classes
 *   <li>{@code standardization}, {@code target_standardization}: mean and deviation; may be absent
 *   <li>{@code training}: the model's notes
 *   <li>{@code certificate}: the model's {@link Certificate}; may be absent
 * </ul>
 *
 * <p>All but the first are JSON. What is parsed has been checked, and is in size proportional to
 * the text.
 */
record ModelMetadata(
    Network network,
    Schema schema,
    @Nullable Standardization standardization,
    @Nullable Standardization targetStandardization,
    Map<String, String> notes,
    @Nullable Certificate certificate) {
  static final int FORMAT = 1;

  private static final String FORMAT_KEY = "lariat_format";
  private static final String NETWORK = "network";
  private static final String COLUMNS = "columns";
  private static final String TARGET = "target";
  private static final String STANDARDIZATION = "standardization";
  private static final String TARGET_STANDARDIZATION = "target_standardization";
  private static final String TRAINING = "training";
  private static final String CERTIFICATE = "certificate";

  /** The metadata of {@code model}. */
  static Map<String, String> of(Model model) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(FORMAT_KEY, Integer.toString(FORMAT));
    metadata.put(NETWORK, NetworkJson.write(model.network()));
    metadata.put(COLUMNS, SchemaJson.writeColumns(model.schema().columns()));
    metadata.put(TARGET, SchemaJson.writeTarget(model.schema().target()));
    Standardization features = model.standardization();
    if (features != null) {
      metadata.put(STANDARDIZATION, StandardizationJson.write(features));
    }
    Standardization target = model.targetStandardization();
    if (target != null) {
      metadata.put(TARGET_STANDARDIZATION, StandardizationJson.write(target));
    }
    metadata.put(
        TRAINING,
        JsonText.of(
            json -> {
              json.beginObject();
              for (Map.Entry<String, String> note : new TreeMap<>(model.notes()).entrySet()) {
                json.name(note.getKey()).value(note.getValue());
              }
              json.endObject();
            }));
    Certificate certificate = model.certificate();
    if (certificate != null) {
      metadata.put(CERTIFICATE, CertificateJson.write(certificate));
    }
    return metadata;
  }

  /** Reads the metadata of the file {@code file} and checks the parts against each other. */
  static ModelMetadata parse(String file, Map<String, String> metadata) {
    requireFormat(file, metadata.get(FORMAT_KEY));
    Network network = NetworkJson.read(json(file, metadata, NETWORK));
    Schema schema =
        new Schema(
            SchemaJson.readColumns(json(file, metadata, COLUMNS)),
            SchemaJson.readTarget(json(file, metadata, TARGET)));
    if (schema.features() != network.inputs()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: the columns make %d features, the network has %d inputs",
              file,
              schema.features(),
              network.inputs()));
    }
    requireHead(file, network, schema.target());
    Standardization features = null;
    if (metadata.containsKey(STANDARDIZATION)) {
      features = StandardizationJson.read(json(file, metadata, STANDARDIZATION), network.inputs());
    }
    Standardization target = null;
    if (metadata.containsKey(TARGET_STANDARDIZATION)) {
      target = StandardizationJson.read(json(file, metadata, TARGET_STANDARDIZATION), 1);
      if (!schema.target().classes().isEmpty()) {
        throw new ModelException(file + ": only a regression's target can be standardised");
      }
    }
    Map<String, String> notes = new TreeMap<>();
    StrictJson training = json(file, metadata, TRAINING);
    training.object(
        TRAINING, key -> notes.put(key, training.string(TRAINING + " " + Excerpt.of(key))));
    training.end();
    Certificate certificate =
        metadata.containsKey(CERTIFICATE)
            ? CertificateJson.read(json(file, metadata, CERTIFICATE))
            : null;
    return new ModelMetadata(network, schema, features, target, notes, certificate);
  }

  private static void requireFormat(String file, @Nullable String format) {
    if (format == null) {
      throw new ModelException(
          file + ": is no Lariat model, only tensors: its metadata lacks '" + FORMAT_KEY + "'");
    }
    if (!format.equals(Integer.toString(FORMAT))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: is of model format %s, this Lariat reads format %d; use the Lariat that wrote it"
                  + " or a newer one",
              file,
              Excerpt.of(format),
              FORMAT));
    }
  }

  private static StrictJson json(String file, Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw new ModelException(file + ": its metadata lacks '" + key + "'");
    }
    return new StrictJson(file + ": metadata '" + key + "'", new StringReader(text));
  }

  private static void requireHead(String file, Network network, Target target) {
    Layer head = network.head();
    String needed =
        switch (target.task()) {
          case BINARY -> NetworkJson.describe(1, Activation.SIGMOID);
          case MULTICLASS -> NetworkJson.describe(target.classes().size(), Activation.SOFTMAX);
          case REGRESSION -> NetworkJson.describe(1, Activation.IDENTITY);
        };
    String found = NetworkJson.describe(head.units(), head.activation());
    if (!found.equals(needed)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: the target %s needs a last layer of %s, the network has one of %s",
              file,
              Excerpt.of(target.name()),
              needed,
              found));
    }
  }
}
