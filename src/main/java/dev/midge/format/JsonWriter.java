package dev.midge.format;

import dev.midge.text.TerminalEscapes;

/** Writes JSON as the cJSON library prints it, on one line or indented. */
final class JsonWriter {
  /** Without a bound a payload would grow by its depth: 11 MB become 2 GB. */
  private static final int MOST_TABS = 32;

  private final ByteBuilder out;
  private final boolean pretty;
  private final boolean careful;
  private int depth;
  private boolean first = true;
  private boolean afterKey;

  JsonWriter(ByteBuilder out, boolean pretty) {
    this(out, pretty, false);
  }

  private JsonWriter(ByteBuilder out, boolean pretty, boolean careful) {
    this.out = out;
    this.pretty = pretty;
    this.careful = careful;
  }

  /** One that also escapes the characters which JSON lets pass and terminals obey. */
  static JsonWriter careful(ByteBuilder out, boolean pretty) {
    return new JsonWriter(out, pretty, true);
  }

  void beginObject() {
    begin('{');
    if (pretty) {
      out.put('\n');
    }
  }

  void endObject() {
    if (pretty) {
      if (!first) {
        out.put('\n');
      }
      indent(depth - 1);
    }
    end('}');
  }

  /** An array, which stays on its line even when indented, and yet counts as a depth. */
  void beginArray() {
    begin('[');
  }

  void endArray() {
    end(']');
  }

  void key(String key) {
    if (!first) {
      out.put(pretty ? ",\n" : ",");
    }
    if (pretty) {
      indent(depth);
    }
    quoted(key);
    out.put(pretty ? ":\t" : ":");
    afterKey = true;
  }

  private void indent(int tabs) {
    out.fill('\t', Math.min(tabs, MOST_TABS));
  }

  void string(String value) {
    beforeValue();
    quoted(value);
  }

  /** A number, with null for what JSON cannot say. */
  void number(double value) {
    beforeValue();
    if (Double.isFinite(value)) {
      PrintfNumber.general(value, out);
    } else {
      out.put("null");
    }
  }

  void number(long value) {
    beforeValue();
    out.putNumber(value);
  }

  /** A value that is JSON already. */
  void literal(String json) {
    beforeValue();
    out.put(json);
  }

  private void begin(char bracket) {
    beforeValue();
    out.put(bracket);
    depth++;
    first = true;
  }

  private void end(char bracket) {
    out.put(bracket);
    depth--;
    first = false;
  }

  private void beforeValue() {
    if (!afterKey && !first) {
      out.put(pretty ? ", " : ",");
    }
    afterKey = false;
    first = false;
  }

  private void quoted(String text) {
    out.put('"');
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20
          || c == '"'
          || c == '\\'
          || careful && c >= 0x7F && TerminalEscapes.isDangerous(c)) {
        out.put(text, done, i);
        done = i + 1;
        escaped(c);
      }
    }
    out.put(text, done, text.length());
    out.put('"');
  }

  private void escaped(char c) {
    out.put('\\');
    switch (c) {
      case '"', '\\' -> out.put(c);
      case '\b' -> out.put('b');
      case '\f' -> out.put('f');
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      default -> {
        out.put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.put(Field.LOWER_HEX[c >> shift & 0xF]);
        }
      }
    }
  }
}
