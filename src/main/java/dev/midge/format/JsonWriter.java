package dev.midge.format;

import dev.midge.text.TerminalEscapes;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as the cJSON library prints it, on one line or indented; all JSON that midge makes
 * comes from here. For one thread.
 */
public final class JsonWriter {
  /** Without a bound a payload would grow by its depth: 11 MB become 2 GB. */
  private static final int MOST_TABS = 32;

  private final ByteBuilder out;
  private final boolean pretty;
  private final Escapes escapes;
  private int depth;
  private boolean first = true;
  private boolean afterKey;

  /** The characters that are escaped in strings. */
  private enum Escapes {
    /** The characters that JSON does not let pass. */
    NEEDED,
    /** Beside them, the characters that terminals obey. */
    TERMINAL,
    /** Beside them, all that are not ASCII, with digits in upper case. */
    NOT_ASCII
  }

  /** Makes one that escapes no more than JSON wants. */
  public JsonWriter(ByteBuilder out, boolean pretty) {
    this(out, pretty, Escapes.NEEDED);
  }

  private JsonWriter(ByteBuilder out, boolean pretty, Escapes escapes) {
    this.out = out;
    this.pretty = pretty;
    this.escapes = escapes;
  }

  /** Returns one that also escapes the characters which JSON lets pass and terminals obey. */
  public static JsonWriter careful(ByteBuilder out, boolean pretty) {
    return new JsonWriter(out, pretty, Escapes.TERMINAL);
  }

  /** Returns one that writes everything on one line, and escapes what JSON demands. */
  public static JsonWriter plain(ByteBuilder out) {
    return new JsonWriter(out, false);
  }

  /** Returns one that writes everything on one line, in ASCII. */
  public static JsonWriter ascii(ByteBuilder out) {
    return new JsonWriter(out, false, Escapes.NOT_ASCII);
  }

  public void beginObject() {
    begin('{');
    if (pretty) {
      out.put('\n');
    }
  }

  public void endObject() {
    if (pretty) {
      if (!first) {
        out.put('\n');
      }
      indent(depth - 1);
    }
    end('}');
  }

  /** Begins an array, which stays on its line even when indented, and yet counts as a depth. */
  public void beginArray() {
    begin('[');
  }

  public void endArray() {
    end(']');
  }

  /** Begins a member of an object, whose value comes next. */
  public JsonWriter key(String key) {
    if (!first) {
      out.put(pretty ? ",\n" : ",");
    }
    if (pretty) {
      indent(depth);
    }
    quoted(key);
    out.put(pretty ? ":\t" : ":");
    afterKey = true;
    return this;
  }

  private void indent(int tabs) {
    out.fill('\t', Math.min(tabs, MOST_TABS));
  }

  /** Writes a string; {@code null} for null. */
  public void string(@Nullable String value) {
    beforeValue();
    if (value == null) {
      out.put("null");
    } else {
      quoted(value);
    }
  }

  /** Writes a number as C's {@code %1.15g} does; {@code null} for one that JSON cannot say. */
  void number(double value) {
    beforeValue();
    if (Double.isFinite(value)) {
      PrintfNumber.general(value, out);
    } else {
      out.put("null");
    }
  }

  /**
   * Writes a whole number.
   *
   * @param value more than {@link Long#MIN_VALUE}
   */
  public void number(long value) {
    beforeValue();
    out.putNumber(value);
  }

  /** Writes a value that is JSON already. */
  public void literal(String json) {
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
          || c >= 0x7F && escapes != Escapes.NEEDED && isEscaped(c)) {
        out.put(text, done, i);
        done = i + 1;
        escaped(c);
      }
    }
    out.put(text, done, text.length());
    out.put('"');
  }

  private boolean isEscaped(char c) {
    return escapes == Escapes.NOT_ASCII || TerminalEscapes.isDangerous(c);
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
        byte[] digits = escapes == Escapes.NOT_ASCII ? Field.UPPER_HEX : Field.LOWER_HEX;
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.put(digits[c >> shift & 0xF]);
        }
      }
    }
  }
}
