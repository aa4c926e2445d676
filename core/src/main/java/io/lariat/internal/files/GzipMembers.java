package io.lariat.internal.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip data (RFC 1952) of any number of members, to its last byte: what follows a member is
 * another one, zeros up to the end, with which tapes are filled up, or an error.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a member whose header is damaged for the end of
 * the data, and so hands out a part of a file for the whole.
 */
final class GzipMembers extends InputStream {
  static final int MAGIC_1 = 0x1f;
  static final int MAGIC_2 = 0x8b;

  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CHECK = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final byte[] packed = new byte[1 << 16];
  private int at;
  private int end;
  private int members;
  private boolean isInMember;
  private boolean ended;

  /** Takes gzip data from {@code in}. */
  GzipMembers(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] out, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (isInMember || begin()) {
      int count = inflate(out, from, length);
      if (count > 0) {
        check.update(out, from, count);
        return count;
      }
      if (inflater.finished()) {
        at = end - inflater.getRemaining();
        finish();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("it needs a dictionary");
      } else if (!fill()) {
        throw new EOFException("the gzip data ends too early");
      } else {
        giveInput();
      }
    }
    return -1;
  }

  /** The inflater has all bytes then; {@link Inflater#getRemaining} tells what it left. */
  private void giveInput() {
    inflater.setInput(packed, at, end - at);
    at = end;
  }

  private int inflate(byte[] out, int from, int length) throws ZipException {
    try {
      return inflater.inflate(out, from, length);
    } catch (DataFormatException e) {
      String message = e.getMessage();
      throw new ZipException(message == null ? "invalid data" : message);
    }
  }

  /** Begins the next member; false if there is none. */
  private boolean begin() throws IOException {
    if (ended || !fill() || (members > 0 && isPadding())) {
      ended = true;
      return false;
    }
    members++;
    if (next() != MAGIC_1 || next() != MAGIC_2 || next() != DEFLATE) {
      throw new ZipException("what follows part " + (members - 1) + " of it is no gzip data");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw new ZipException("unknown flags in the header of part " + members);
    }
    skip(6); // time, extra flags, system
    if ((flags & HAS_EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CHECK) != 0) {
      skip(2);
    }
    inflater.reset();
    giveInput();
    check.reset();
    isInMember = true;
    return true;
  }

  /** Whether nothing but zeros follows, which are behind then. */
  private boolean isPadding() throws IOException {
    if (packed[at] != 0) {
      return false;
    }
    while (fill()) {
      if (next() != 0) {
        throw new ZipException("zeros and then other bytes follow part " + members + " of it");
      }
    }
    return true;
  }

  private void finish() throws IOException {
    long crc = number();
    long size = number();
    if (crc != check.getValue()) {
      throw new ZipException("its check sum does not fit");
    }
    if (size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw new ZipException("its size does not fit");
    }
    isInMember = false;
  }

  private long number() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {}
  }

  private int next() throws IOException {
    if (!fill()) {
      throw new EOFException("the gzip data ends too early");
    }
    return packed[at++] & 0xff;
  }

  /** Sees to it that there is a byte at {@code at}; false at the end. */
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(packed, 0, packed.length));
    }
    return at < end;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
