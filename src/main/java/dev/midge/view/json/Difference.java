package dev.midge.view.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places at which two JSON values differ, in the order of the later one. Members are compared
 * by name, elements of arrays by index, numbers by value.
 */
public final class Difference {
  private final List<Change> changes = new ArrayList<>();

  private Difference() {}

  /** Returns the changes from one value to another, as {@link JsonDocument} reads them. */
  public static List<Change> between(@Nullable Object before, @Nullable Object after) {
    Difference difference = new Difference();
    difference.compare("", before, after);
    return difference.changes;
  }

  private void compare(String path, @Nullable Object before, @Nullable Object after) {
    if (before instanceof Map<?, ?> old && after instanceof Map<?, ?> now) {
      objects(path, old, now);
    } else if (before instanceof List<?> old && after instanceof List<?> now) {
      arrays(path, old, now);
    } else if (!isSame(before, after)) {
      changes.add(new Change(Change.Kind.CHANGED, path, before, after));
    }
  }

  private void objects(String path, Map<?, ?> before, Map<?, ?> after) {
    after.forEach(
        (name, now) -> {
          String at = path + "/" + escaped((String) name);
          if (before.containsKey(name)) {
            compare(at, before.get(name), now);
          } else {
            changes.add(new Change(Change.Kind.ADDED, at, null, now));
          }
        });
    before.forEach(
        (name, old) -> {
          if (!after.containsKey(name)) {
            String at = path + "/" + escaped((String) name);
            changes.add(new Change(Change.Kind.REMOVED, at, old, null));
          }
        });
  }

  private void arrays(String path, List<?> before, List<?> after) {
    int both = Math.min(before.size(), after.size());
    for (int i = 0; i < both; i++) {
      compare(path + "/" + i, before.get(i), after.get(i));
    }
    for (int i = both; i < after.size(); i++) {
      changes.add(new Change(Change.Kind.ADDED, path + "/" + i, null, after.get(i)));
    }
    for (int i = both; i < before.size(); i++) {
      changes.add(new Change(Change.Kind.REMOVED, path + "/" + i, before.get(i), null));
    }
  }

  /** RFC 6901, section 3. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static boolean isSame(@Nullable Object before, @Nullable Object after) {
    if (before instanceof Number old && after instanceof Number now) {
      return decimal(old).compareTo(decimal(now)) == 0;
    }
    return before == null ? after == null : before.equals(after);
  }

  private static BigDecimal decimal(Number number) {
    return number instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) number;
  }
}
