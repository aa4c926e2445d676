package io.lariat.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the distinct texts of a column in the order in which they come, up to a limit. Looks a
 * text up without making a string of it.
 *
 * <p>Two hash tables with open addressing: texts of up to three characters, such as most labels and
 * small numbers, are compared as one number, longer ones character by character.
 */
final class TextCodes {
  /** So many characters are a key by themselves, beside which a code has room in a long. */
  private static final int SHORT = 3;

  private static final int CODE_BITS = 16;
  private static final int CODE_MASK = (1 << CODE_BITS) - 1;

  private final int limit;
  private final List<String> texts = new ArrayList<>();

  /** For a text of one letter or digit its code + 1, else 0. */
  private final short[] ofChar = new short['z' + 1];

  /** A short text's key, and in the low bits its code + 1; 0: free. */
  private long[] shortTable = new long[16];

  /** A longer text's code + 1; 0: free. */
  private int[] longTable = new int[16];

  /** No texts yet, and at most {@code limit} of them, which is less than 2^16. */
  TextCodes(int limit) {
    this.limit = limit;
  }

  /** The code of {@code text[from..to)}, which does not begin with a NUL; -1 if it has none. */
  int find(char[] text, int from, int to) {
    int code = to - from == 1 ? find(text[from]) : -1;
    if (code >= 0) {
      return code;
    }
    return to - from <= SHORT ? findShort(text, from, to) : findLong(text, from, to);
  }

  /**
   * The code of a text of one letter or digit, as most labels are; below 0 if it has none, or is
   * another.
   */
  int find(char only) {
    return only < ofChar.length ? ofChar[only] - 1 : -1;
  }

  private static boolean isPlain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private int findShort(char[] text, int from, int to) {
    long key = 0;
    for (int i = from; i < to; i++) {
      key = key << Character.SIZE | text[i];
    }
    long[] table = shortTable;
    int slot = slot(key, table.length);
    while (true) {
      long found = table[slot];
      if (found >>> CODE_BITS == key) {
        return (int) (found & CODE_MASK) - 1;
      }
      if (found == 0) {
        return -1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
  }

  private int findLong(char[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    int[] table = longTable;
    int slot = slot(hash, table.length);
    while (table[slot] != 0) {
      if (equal(texts.get(table[slot] - 1), text, from, to)) {
        return table[slot] - 1;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return -1;
  }

  private static int slot(long hash, int length) {
    return (int) ((hash * 0x9E3779B97F4A7C15L) >>> 32) & (length - 1);
  }

  /** Gives a text that has no code the next one; -1 if the limit is reached. */
  int add(String text) {
    if (texts.size() == limit) {
      return -1;
    }
    texts.add(text);
    if (3 * texts.size() > longTable.length) {
      shortTable = new long[4 * shortTable.length];
      longTable = new int[4 * longTable.length];
      for (int code = 0; code < texts.size(); code++) {
        put(code);
      }
    } else {
      put(texts.size() - 1);
    }
    return texts.size() - 1;
  }

  private void put(int code) {
    String text = texts.get(code);
    if (text.length() > SHORT) {
      int slot = slot(text.hashCode(), longTable.length);
      while (longTable[slot] != 0) {
        slot = (slot + 1) & (longTable.length - 1);
      }
      longTable[slot] = code + 1;
      return;
    }
    if (text.length() == 1 && isPlain(text.charAt(0))) {
      ofChar[text.charAt(0)] = (short) (code + 1);
    }
    long key = 0;
    for (int i = 0; i < text.length(); i++) {
      key = key << Character.SIZE | text.charAt(i);
    }
    int slot = slot(key, shortTable.length);
    while (shortTable[slot] != 0) {
      slot = (slot + 1) & (shortTable.length - 1);
    }
    shortTable[slot] = key << CODE_BITS | (code + 1);
  }

  private static boolean equal(String known, char[] text, int from, int to) {
    if (known.length() != to - from) {
      return false;
    }
    for (int i = 0; i < known.length(); i++) {
      if (known.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** The texts by code. */
  List<String> texts() {
    return texts;
  }
}
