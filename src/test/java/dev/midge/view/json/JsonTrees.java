package dev.midge.view.json;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Any JSON text that all binary forms can hold. */
public final class JsonTrees {
  private JsonTrees() {}

  public static Arbitrary<String> texts() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.of("null", "true", "false"),
        () -> Arbitraries.longs().map(String::valueOf),
        () -> Arbitraries.doubles().map(String::valueOf),
        JsonTrees::strings,
        () -> texts().list().ofMaxSize(4).map(list -> "[" + String.join(",", list) + "]"),
        () ->
            strings()
                .list()
                .ofMaxSize(4)
                .uniqueElements()
                .flatMap(
                    names ->
                        texts().list().ofSize(names.size()).map(values -> object(names, values))));
  }

  private static String object(List<String> names, List<String> values) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < names.size(); i++) {
      json.append(i == 0 ? "" : ",").append(names.get(i)).append(':').append(values.get(i));
    }
    return json.append('}').toString();
  }

  private static Arbitrary<String> strings() {
    return Arbitraries.strings()
        .withChars('a', 'z')
        .withChars("\u00e9\u20ac \\n\\t")
        .ofMaxLength(6)
        .map(text -> "\"" + text.replace("\\", "\\\\") + "\"");
  }
}
