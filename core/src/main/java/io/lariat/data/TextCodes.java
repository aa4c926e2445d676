package io.lariat.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the distinct texts of a column in the order in which they come, up to a limit. Looks a
 * text up without making a string of it.
 */
final class TextCodes {
  private final int limit;
  private final List<String> texts = new ArrayList<>();
  private int[] table = new int[16];

  /** No texts yet, and at most {@code limit} of them. */
  TextCodes(int limit) {
    this.limit = limit;
  }

  /** The code of {@code text[from..to)}, or -1 if it has none. */
  int find(char[] text, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text[i];
    }
    for (int slot = slot(hash); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
      if (equal(texts.get(table[slot] - 1), text, from, to)) {
        return table[slot] - 1;
      }
    }
    return -1;
  }

  /** Gives a text that has no code the next one; -1 if the limit is reached. */
  int add(String text) {
    if (texts.size() == limit) {
      return -1;
    }
    texts.add(text);
    if (3 * texts.size() > table.length) {
      table = new int[4 * table.length];
      for (int code = 0; code < texts.size(); code++) {
        put(code);
      }
    } else {
      put(texts.size() - 1);
    }
    return texts.size() - 1;
  }

  private void put(int code) {
    int slot = slot(texts.get(code).hashCode());
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = code + 1;
  }

  private int slot(int hash) {
    int mixed = hash * 0x9E3779B9;
    return (mixed >>> 16) & (table.length - 1);
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
