package io.lariat.model;

/**
 * What a safetensors file, and a model in one, may hold at most. Reader and writer share these, so
 * that what is written can be read; and they keep what a hostile file costs to a small multiple of
 * its bytes.
 */
final class FileLimits {

  /** The bytes of a header: the limit of the format's own library. */
  static final int HEADER_BYTES = 100_000_000;

  /** The fields of a JSON object: so many tensors, strings in the metadata, or notes. */
  static final int FIELDS = 10_000;

  /** The sides of a tensor. */
  static final int DIMENSIONS = 32;

  /** The characters of a text in the header; a longer one becomes a tensor of bytes. */
  static final int TEXT = 1 << 20;

  private FileLimits() {}
}
