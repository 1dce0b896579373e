package dev.midge.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The differences that show in one case, each with what is to be seen of ours instead: read from
 * {@code differences.txt} beside this class, where the form is explained.
 *
 * @param mark one of the contract's, or {@code decided} where it has none, and the section: {@link
 *     Mark}; the words of a decision are those of its row in {@code docs/decisions.md}
 * @param instead what is to be seen; an asterisk stands for anything
 */
record Expected(String name, String mark, String why, Map<Aspect, String> instead) {
  private static final String FILE = "differences.txt";

  /** By the name of the case. */
  static Map<String, Expected> all() {
    Map<String, Expected> all = new LinkedHashMap<>();
    Expected current = null;
    for (String line : lines()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(": ");
      String key = line.substring(0, colon < 0 ? line.length() - 1 : colon).trim();
      String value = colon < 0 ? "" : line.substring(colon + 2);
      if (key.equals("case")) {
        current = new Expected(value, "", "", new EnumMap<>(Aspect.class));
        if (all.put(value, current) != null) {
          throw new AssertionError(FILE + " names a case twice: " + value);
        }
      } else if (key.equals("why")) {
        int end = value.indexOf("] ");
        Expected now =
            new Expected(
                current.name, value.substring(1, end), value.substring(end + 2), current.instead);
        all.put(now.name, now);
        current = now;
      } else {
        current.instead.put(Aspect.valueOf(key), value.replace("\\n", "\n").replace("\\t", "\t"));
      }
    }
    return all;
  }

  private static List<String> lines() {
    try (InputStream in = Expected.class.getResourceAsStream(FILE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new ArrayList<>(text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the contract leaves it open, and {@code docs/decisions.md} says what we do. */
  boolean isDecided() {
    return mark.startsWith("decided ");
  }

  /** Whether that is what is to be seen. */
  boolean allows(Aspect aspect, String seen) {
    String pattern =
        Pattern.compile("\\*")
            .splitAsStream(instead.get(aspect) + "$")
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(pattern, Pattern.DOTALL).matcher(seen + "$").matches();
  }
}
