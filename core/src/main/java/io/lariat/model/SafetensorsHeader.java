package io.lariat.model;

import io.lariat.internal.text.Excerpt;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file, checked: every tensor's bytes match its shape and type,
 * and the tensors cover the data exactly, without overlap or hole.
 *
 * @param metadata the free-form strings
 * @param entries the tensors in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
  static final String METADATA = "__metadata__";

  /** The bytes of a number of each type that the format knows, also those not read here. */
  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("BOOL", 1),
          Map.entry("U8", 1),
          Map.entry("I8", 1),
          Map.entry("F8_E5M2", 1),
          Map.entry("F8_E4M3", 1),
          Map.entry("F8_E8M0", 1),
          Map.entry("U16", 2),
          Map.entry("I16", 2),
          Map.entry("F16", 2),
          Map.entry("BF16", 2),
          Map.entry("U32", 4),
          Map.entry("I32", 4),
          Map.entry("F32", 4),
          Map.entry("U64", 8),
          Map.entry("I64", 8),
          Map.entry("F64", 8),
          Map.entry("C64", 8));

  /** A tensor: its data are the bytes {@code begin..end} after the header. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(String name, String type, int[] shape, long begin, long end) {}

  /** Parses and checks a header in front of {@code dataBytes} bytes of data. */
  static SafetensorsHeader parse(String file, byte[] header, long dataBytes) {
    StrictJson json =
        new StrictJson(file + ": header", Utf8.reader(new ByteArrayInputStream(header)));
    Map<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    json.object(
        "the header",
        name -> {
          if (name.equals(METADATA)) {
            json.object(
                METADATA, key -> metadata.put(key, json.string(METADATA + " " + Excerpt.of(key))));
          } else {
            entries.add(entry(json, name));
          }
        });
    json.end();
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireCovered(json, entries, dataBytes);
    return new SafetensorsHeader(Map.copyOf(metadata), List.copyOf(entries));
  }

  private static Entry entry(StrictJson json, String name) {
    String what = "tensor " + Excerpt.of(name);
    String[] type = {""};
    int[][] shape = {{-1}};
    long[] offsets = {-1, -1};
    json.object(
        what,
        field -> {
          switch (field) {
            case "dtype" -> type[0] = json.string(what + " dtype");
            case "shape" -> shape[0] = shape(json, what + " shape");
            case "data_offsets" -> readOffsets(json, what + " data_offsets", offsets);
            default -> throw json.unknownField(what, field);
          }
        });
    Integer bytes = BYTES.get(type[0]);
    if (type[0].isEmpty() || offsets[0] < 0 || Arrays.equals(shape[0], new int[] {-1})) {
      throw json.failure(what + " lacks its dtype, shape or data_offsets");
    }
    if (bytes == null) {
      throw json.failure(what + " has the unknown dtype " + Excerpt.of(type[0]));
    }
    requireSize(json, what, type[0], bytes, shape[0], offsets);
    return new Entry(name, type[0], shape[0], offsets[0], offsets[1]);
  }

  private static int[] shape(StrictJson json, String what) {
    int[] shape = new int[FileLimits.DIMENSIONS];
    int[] count = {0};
    json.array(
        what,
        () -> {
          long n = json.whole(what);
          if (n > Integer.MAX_VALUE || count[0] == FileLimits.DIMENSIONS) {
            throw json.failure(
                String.format(
                    Locale.ROOT,
                    "%s: expected at most %d numbers below 2^31",
                    what,
                    FileLimits.DIMENSIONS));
          }
          shape[count[0]++] = (int) n;
        });
    return Arrays.copyOf(shape, count[0]);
  }

  private static void readOffsets(StrictJson json, String what, long[] offsets) {
    int[] count = {0};
    json.array(
        what,
        () -> {
          long offset = json.whole(what);
          if (count[0] < 2) {
            offsets[count[0]] = offset;
          }
          count[0]++;
        });
    if (count[0] != 2) {
      throw json.failure(what + ": expected 2 numbers, found " + count[0]);
    }
    if (offsets[0] > offsets[1]) {
      throw json.failure(
          String.format(
              Locale.ROOT, "%s: the begin %d is after the end %d", what, offsets[0], offsets[1]));
    }
  }

  private static void requireSize(
      StrictJson json, String what, String type, int bytes, int[] shape, long[] offsets) {
    long count = Tensor.count(shape);
    if (count < 0) {
      throw json.failure(what + " of shape " + text(shape) + " has more than 2^60 numbers");
    }
    if (count > Long.MAX_VALUE / bytes || count * bytes != offsets[1] - offsets[0]) {
      throw json.failure(
          String.format(
              Locale.ROOT,
              "%s is %s %s, %d numbers of %d bytes, but its data_offsets span %d bytes",
              what,
              type,
              text(shape),
              count,
              bytes,
              offsets[1] - offsets[0]));
    }
  }

  private static String text(int[] shape) {
    return Tensor.shapeText(shape);
  }

  private static void requireCovered(StrictJson json, List<Entry> entries, long dataBytes) {
    long at = 0;
    String before = "";
    for (Entry entry : entries) {
      String what = "tensor " + Excerpt.of(entry.name);
      if (entry.end > dataBytes) {
        throw json.failure(
            String.format(
                Locale.ROOT,
                "%s ends at byte %d, but the file has %d bytes of data (is it cut off?)",
                what,
                entry.end,
                dataBytes));
      }
      if (entry.begin < at) {
        throw json.failure(what + " overlaps " + before);
      }
      if (entry.begin > at) {
        throw json.failure(
            String.format(
                Locale.ROOT, "%d bytes before %s belong to no tensor", entry.begin - at, what));
      }
      at = entry.end;
      before = what;
    }
    if (at != dataBytes) {
      throw json.failure(
          String.format(Locale.ROOT, "the last %d bytes belong to no tensor", dataBytes - at));
    }
  }
}
