package io.lariat.data.csv;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a text that is being looked at: {@code chars[from..to)}, moved on by its user, who
 * raises {@code from}. The last line gets an end if it has none; a failure to read comes after all
 * text before it, as the end does.
 */
final class TextWindow {
  private final Reader in;
  private boolean ended;
  private @Nullable IOException failure;

  /** Where the last line ends that is there as a whole. */
  private int wholeLines;

  /** Holds the text; another array after more was read. */
  char[] chars;

  /** Where the text begins that is still to be looked at. */
  int from;

  /** Where it ends. */
  int to;

  /** Nothing yet of what {@code in} gives, and room for {@code room} characters, at least 4. */
  TextWindow(Reader in, int room) {
    this.in = in;
    this.chars = new char[room];
  }

  /** How many characters are there. */
  int length() {
    return to - from;
  }

  /**
   * Reads on until there is a whole line, with the line feed that ends it, or more than {@code
   * longest} characters without one.
   *
   * @param longest -1: there is never a line
   * @return whether there is a whole line
   */
  boolean hasLine(int longest) {
    while (from >= wholeLines && length() <= longest) {
      if (!fill()) {
        return false;
      }
    }
    return from < wholeLines && longest >= 0;
  }

  /**
   * Moves on behind the blank lines that come next, as far as they are there as a whole; in a loop
   * of its own, as a file may hold little else.
   *
   * @return how many lines these were
   */
  int skipBlankLines() {
    int lines = 0;
    for (int i = from; i < wholeLines; i++) {
      char c = chars[i];
      if (c == '\n') {
        lines++;
        from = i + 1;
      } else if (!isWhite(c) || (c == '\r' && chars[i + 1] != '\n')) {
        break; // a carriage return alone ends a line, too, but not for this window
      }
    }
    return lines;
  }

  /**
   * The first lines from here on that are not blank, at most {@code most} of them, without moving
   * on: what of the first is among the next {@code longest} characters, however much of the text
   * was read before, and those that follow as far as they have been read with it.
   */
  List<String> peekLines(int most, int longest) {
    List<String> lines = new ArrayList<>();
    int begin = 0;
    int end = 0;
    boolean blank = true;
    while (lines.size() < most
        && end < longest
        && (lines.isEmpty() ? hasMoreThan(end) : end < length())) {
      char c = chars[from + end];
      boolean ends = c == '\n' || c == '\r';
      if (ends && !blank) {
        lines.add(new String(chars, from + begin, end - begin));
      }
      blank = ends || (blank && isWhite(c));
      end++;
      begin = ends ? end : begin;
    }
    if (!blank && lines.isEmpty()) {
      lines.add(new String(chars, from + begin, end - begin));
    }
    return lines;
  }

  /** Whether there are more than {@code count} characters, reading on if need be. */
  private boolean hasMoreThan(int count) {
    while (length() <= count) {
      if (!fill()) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code c} is white space, which does not count around a cell or in a blank line. */
  static boolean isWhite(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\u00a0' || c == '\ufeff';
  }

  /**
   * Reads on behind {@code to}, and moves what is there to the front if there is no other room.
   *
   * @return whether there is more now; false at the end and after a failure
   */
  boolean fill() {
    if (ended) {
      return false;
    }
    makeRoom();
    try {
      int read = in.read(chars, to, chars.length - to);
      if (read > 0) {
        to += read;
        findLastLine(read);
        return true;
      }
      ended = read < 0;
      if (ended && length() > 0 && chars[to - 1] != '\n') {
        chars[to++] = '\n';
        findLastLine(1);
        return true;
      }
    } catch (IOException e) {
      failure = e;
      ended = true;
    }
    return !ended;
  }

  /** Makes room for a character of two chars, without which a decoder would give nothing. */
  private void makeRoom() {
    if (from < to && to + 2 <= chars.length) {
      return;
    }
    char[] room = length() > chars.length / 2 ? new char[2 * chars.length] : chars;
    System.arraycopy(chars, from, room, 0, length());
    chars = room;
    to -= from;
    wholeLines = Math.max(0, wholeLines - from);
    from = 0;
  }

  private void findLastLine(int read) {
    for (int i = to; i > to - read; i--) {
      if (chars[i - 1] == '\n') {
        wholeLines = i;
        return;
      }
    }
  }

  /** Throws why reading failed, if it did. */
  void requireNoFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
