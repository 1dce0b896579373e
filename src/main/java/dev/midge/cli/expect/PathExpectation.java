package dev.midge.cli.expect;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import dev.midge.cli.UsageException;
import dev.midge.format.JsonTree;
import dev.midge.mqtt.Message;
import dev.midge.text.Utf8;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message whose payload is JSON with a certain value at a JSON path. Knows the library for such
 * paths, as {@link TreeProvider} does; both are loaded only where there is one.
 *
 * @param comparison null where the value need only be there
 */
record PathExpectation(String words, JsonPath path, @Nullable Comparison comparison)
    implements Expectation {
  private static final Object NOTHING = new Object();

  static {
    // The library asks for its defaults in filters, whatever it was given.
    Configuration.setDefaults(new TreeProvider.Defaults());
  }

  static PathExpectation parse(String words) {
    PathWords parts = PathWords.parse(words);
    try {
      return new PathExpectation(words, JsonPath.compile(parts.path()), parts.comparison());
    } catch (InvalidPathException e) {
      throw new UsageException(
          "Error: --expect '" + words + "': no JSON path: " + firstLine(e.getMessage()));
    } catch (NoClassDefFoundError e) {
      // The library's own parser of JSON, which midge does not bring.
      throw new UsageException(
          "Error: --expect '" + words + "': a filter compares with numbers and texts only.");
    }
  }

  private static String firstLine(@Nullable String text) {
    String line = String.valueOf(text).lines().findFirst().orElse("");
    return line.endsWith(".") ? line : line + ".";
  }

  @Override
  public boolean isMetBy(Message message) {
    String text = Utf8.strictly(message.payload());
    Object tree = text == null ? NOTHING : JsonTree.value(text, NOTHING);
    if (tree == NOTHING || tree == null) {
      return false;
    }
    Object found;
    try {
      found = path.read(tree, Configuration.defaultConfiguration());
    } catch (JsonPathException nothingThere) {
      return false;
    }
    return path.isDefinite()
        ? holds(found)
        : found instanceof List<?> several && several.stream().anyMatch(this::holds);
  }

  private boolean holds(@Nullable Object found) {
    return comparison == null || comparison.holds(found);
  }
}
