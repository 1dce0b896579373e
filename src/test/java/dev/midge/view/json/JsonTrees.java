package dev.midge.view.json;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Any JSON text that all binary forms can hold, with at most {@value #MAX_DEPTH} levels: the
 * library makes the values of a level again for each level above, so that a deeper tree could take
 * minutes.
 */
public final class JsonTrees {
  private static final int MAX_DEPTH = 3;

  private JsonTrees() {}

  /** Returns texts of up to so many levels. */
  public static Arbitrary<String> texts() {
    return texts(MAX_DEPTH);
  }

  private static Arbitrary<String> texts(int depth) {
    Arbitrary<String> literals = Arbitraries.of("null", "true", "false");
    Arbitrary<String> integers = Arbitraries.longs().map(String::valueOf);
    Arbitrary<String> fractions = Arbitraries.doubles().map(String::valueOf);
    if (depth == 0) {
      return Arbitraries.oneOf(literals, integers, fractions, strings());
    }
    Arbitrary<String> below = texts(depth - 1);
    Arbitrary<String> arrays =
        below.list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]");
    Arbitrary<String> objects =
        Combinators.combine(strings(), below)
            .as(Map::entry)
            .list()
            .ofMaxSize(4)
            .uniqueElements(Map.Entry::getKey)
            .map(JsonTrees::object);
    return Arbitraries.oneOf(literals, integers, fractions, strings(), arrays, objects);
  }

  private static String object(List<Map.Entry<String, String>> members) {
    return members.stream()
        .map(member -> member.getKey() + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.strings()
        .withChars('a', 'z')
        .withChars("\u00e9\u20ac \\n\\t")
        .ofMaxLength(6)
        .map(text -> "\"" + text.replace("\\", "\\\\") + "\"");
  }
}
