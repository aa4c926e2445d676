package io.lariat.model;

import io.lariat.data.Schema;
import io.lariat.data.Standardization;
import io.lariat.internal.text.Excerpt;
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
 *   <li>{@code lariat_checksum}: see {@link ModelChecksum}
 * </ul>
 *
 * <p>All but the first and the last are JSON, and in tensors of bytes if they are long (see {@link
 * ModelTexts}). What is parsed has been checked, and is in size proportional to the file.
 */
record ModelMetadata(
    Network network,
    Schema schema,
    @Nullable Standardization standardization,
    @Nullable Standardization targetStandardization,
    Map<String, String> notes,
    @Nullable Certificate certificate) {
  static final int FORMAT = 2;

  /** The format before files had a checksum. */
  private static final int UNCHECKED_FORMAT = 1;

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

  /** Checks that {@code texts} are those of a model that this Lariat reads. */
  static void requireFormat(String file, Safetensors tensors) {
    @Nullable String format = tensors.metadata().get(FORMAT_KEY);
    if (format == null) {
      throw new ModelException(
          file + ": is no Lariat model, only tensors: its metadata lacks '" + FORMAT_KEY + "'");
    }
    boolean isCurrent = format.equals(Integer.toString(FORMAT));
    if (!isCurrent && !format.equals(Integer.toString(UNCHECKED_FORMAT))) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s: is of model format %s, this Lariat reads formats %d and %d; use the Lariat that"
                  + " wrote it or a newer one",
              file,
              Excerpt.of(format),
              UNCHECKED_FORMAT,
              FORMAT));
    }
    if (isCurrent && !tensors.metadata().containsKey(ModelChecksum.KEY)) {
      throw new ModelException(file + ": its metadata lacks '" + ModelChecksum.KEY + "'");
    }
  }

  /** Reads the network alone, which says what tensors there have to be. */
  static Network network(ModelTexts texts) {
    return NetworkJson.read(texts.json(NETWORK));
  }

  /**
   * Reads the texts of the file {@code file} and checks the parts against each other.
   *
   * @param network what {@link #network} read, checked against the tensors: so nothing is read that
   *     is larger than they are
   */
  static ModelMetadata parse(String file, ModelTexts texts, Network network) {
    Schema schema = schema(file, texts, network);
    Standardization features = null;
    if (texts.has(STANDARDIZATION)) {
      features = StandardizationJson.read(texts.json(STANDARDIZATION), network.inputs());
    }
    Standardization target = null;
    if (texts.has(TARGET_STANDARDIZATION)) {
      target = StandardizationJson.read(texts.json(TARGET_STANDARDIZATION), 1);
    }
    Map<String, String> notes = new TreeMap<>();
    StrictJson training = texts.json(TRAINING);
    training.object(
        TRAINING, key -> notes.put(key, training.string(TRAINING + " " + Excerpt.of(key))));
    training.end();
    Certificate certificate =
        texts.has(CERTIFICATE) ? CertificateJson.read(texts.json(CERTIFICATE)) : null;
    return new ModelMetadata(network, schema, features, target, notes, certificate);
  }

  private static Schema schema(String file, ModelTexts texts, Network network) {
    try {
      return new Schema(
          SchemaJson.readColumns(texts.json(COLUMNS), network.inputs()),
          SchemaJson.readTarget(texts.json(TARGET), network.outputs()));
    } catch (IllegalArgumentException e) {
      throw new ModelException(file + ": " + e.getMessage(), e);
    }
  }
}
