package io.lariat.internal.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the column names that someone may have meant. */
public final class NearNames {
  private static final int MOST = 3;
  private static final int LONGEST = 100;
  private static final int MOST_LISTED = 12;

  private NearNames() {}

  /** What to do about a name that is not among {@code names}; {@code where} they all are. */
  public static String remedy(String wanted, List<String> names, String where) {
    List<String> near = of(wanted, names);
    if (!near.isEmpty()) {
      return "did you mean " + String.join(" or ", near.stream().map(Excerpt::of).toList()) + "?";
    }
    if (names.size() <= MOST_LISTED) {
      return "the columns are " + String.join(", ", names.stream().map(Excerpt::of).toList());
    }
    return String.format(
        Locale.ROOT,
        "%s has %d columns, from %s to %s",
        where,
        names.size(),
        Excerpt.of(names.getFirst()),
        Excerpt.of(names.getLast()));
  }

  /**
   * Up to three of {@code names}, the nearest first: equal but for case and punctuation, or at most
   * a third of the letters apart.
   */
  static List<String> of(String wanted, List<String> names) {
    record Near(String name, int distance) {}

    String plain = plain(wanted);
    List<Near> near = new ArrayList<>();
    for (String name : names) {
      String other = plain(name);
      int allowed = Math.max(1, Math.min(plain.length(), other.length()) / 3);
      if (plain.length() > LONGEST || Math.abs(plain.length() - other.length()) > allowed) {
        continue;
      }
      int distance = distance(plain, other);
      if (distance <= allowed && distance < plain.length()) {
        near.add(new Near(name, distance));
      }
    }
    near.sort(Comparator.comparingInt(Near::distance));
    return near.stream().limit(MOST).map(Near::name).toList();
  }

  private static String plain(String name) {
    StringBuilder letters = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** Insertions, deletions, substitutions and swaps of neighbours that make one word the other. */
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] now = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        char x = a.charAt(i - 1);
        char y = b.charAt(j - 1);
        now[j] = Math.min(last[j - 1] + (x == y ? 0 : 1), 1 + Math.min(last[j], now[j - 1]));
        if (i > 1 && j > 1 && x == b.charAt(j - 2) && a.charAt(i - 2) == y) {
          now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
        }
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = now;
      now = free;
    }
    return last[b.length()];
  }
}
