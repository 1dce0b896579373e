package dev.midge.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.midge.text.TerminalEscapes;
import java.io.IOException;

/**
 * A payload that is JSON, laid out for people: two blanks for each depth, numbers as they were
 * written. {@link PersonForm} uses it, where {@code --pretty} asks for it.
 */
final class JsonLayout {
  /** Deeper levels stay on one line. */
  private static final int MOST_LEVELS = 32;

  /** So much longer than the text may the layout be, and a little. */
  private static final int MOST_GROWTH = 8;

  private static final int LITTLE = 64 * 1024;

  private final Palette palette;
  private final String lineStart;
  private final ByteBuilder out;
  private int depth;
  private boolean first = true;
  private boolean afterKey;

  private JsonLayout(Palette palette, String lineStart, ByteBuilder out) {
    this.palette = palette;
    this.lineStart = lineStart;
    this.out = out;
  }

  /**
   * Appends the value.
   *
   * @param lineStart a line end and what is to stand in front of each line
   * @return false for text that is not exactly one object or array, or would become too long;
   *     nothing is appended then
   */
  static boolean write(String text, Palette palette, String lineStart, ByteBuilder out) {
    int start = out.length();
    long most = start + LITTLE + (long) MOST_GROWTH * text.length();
    JsonLayout layout = new JsonLayout(palette, lineStart, out);
    try (JsonParser from = JsonValue.parser(text)) {
      JsonToken token = from.nextToken();
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        do {
          layout.token(token, from);
          token = from.nextToken();
        } while (layout.depth > 0 && token != null && out.length() < most);
        if (layout.depth == 0 && token == null) {
          return true;
        }
      }
    } catch (IOException e) {
      // Not JSON.
    }
    out.cutTo(start);
    return false;
  }

  private void token(JsonToken token, JsonParser from) throws IOException {
    switch (token) {
      case START_OBJECT -> begin('{');
      case START_ARRAY -> begin('[');
      case END_OBJECT -> end('}');
      case END_ARRAY -> end(']');
      case FIELD_NAME -> {
        beforeValue();
        out.put(palette.paint(Palette.Part.KEY, quoted(from.getText())));
        out.put(": ");
        afterKey = true;
      }
      default -> {
        beforeValue();
        out.put(token == JsonToken.VALUE_STRING ? quoted(from.getText()) : from.getText());
      }
    }
  }

  private void begin(char bracket) {
    beforeValue();
    out.put(bracket);
    depth++;
    first = true;
  }

  private void end(char bracket) {
    depth--;
    if (!first) {
      newLine();
    }
    out.put(bracket);
    first = false;
  }

  private void beforeValue() {
    if (depth > 0 && !afterKey) {
      if (!first) {
        out.put(',');
      }
      newLine();
    }
    afterKey = false;
    first = false;
  }

  private void newLine() {
    if (depth > MOST_LEVELS) {
      out.put(' ');
      return;
    }
    out.put(lineStart);
    out.fill(' ', 2 * depth);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c == '\n') {
        quoted.append("\\n");
      } else if (TerminalEscapes.isDangerous(c)) {
        quoted.append("\\u").append(TerminalEscapes.hex(c, 4));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
