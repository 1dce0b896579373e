package dev.midge.format;

/**
 * A JSON payload, read as leniently as the cJSON library does and printed again: every character up
 * to the blank is white space, a number is whatever C's strtod takes, and strings may hold control
 * characters. Jackson cannot be told to be so lenient and no more. What is printed is strict JSON.
 */
final class LenientJson {
  /** cJSON reads no deeper. */
  private static final int MAX_DEPTH = 1000;

  /** The C library's {@code %1.15g} leaves an integer of no more digits as it is. */
  private static final int EXACT_DIGITS = 15;

  private final String text;
  private final JsonWriter to;
  private int at;
  private int depth;

  /** Something that is not JSON for cJSON either; it has no trace, for it is expected. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private LenientJson(String text, JsonWriter to) {
    this.text = text;
    this.to = to;
  }

  /**
   * Prints the value again.
   *
   * @return false unless the text is exactly one value; some of it may be written then
   */
  static boolean copy(String text, JsonWriter to) {
    LenientJson from = new LenientJson(text, to);
    from.at = text.startsWith("\uFEFF") ? 1 : 0;
    try {
      from.skipBlanks();
      from.value();
      from.skipBlanks();
      return from.at == text.length();
    } catch (Malformed e) {
      return false;
    }
  }

  /** Returns the character that comes next; NUL, which no rule takes, at the end. */
  private char next() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean take(char wanted) {
    if (next() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void need(char wanted) throws Malformed {
    if (!take(wanted)) {
      throw new Malformed();
    }
  }

  private void skipBlanks() {
    while (next() != 0 && next() <= ' ') {
      at++;
    }
  }

  private void value() throws Malformed {
    switch (next()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> to.string(string());
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> number();
    }
  }

  private void literal(String word) throws Malformed {
    if (!text.startsWith(word, at)) {
      throw new Malformed();
    }
    at += word.length();
    to.literal(word);
  }

  private void enter() throws Malformed {
    at++;
    if (++depth > MAX_DEPTH) {
      throw new Malformed();
    }
    skipBlanks();
  }

  private void object() throws Malformed {
    enter();
    to.beginObject();
    if (!take('}')) {
      do {
        skipBlanks();
        to.key(string());
        skipBlanks();
        need(':');
        skipBlanks();
        value();
        skipBlanks();
      } while (take(','));
      need('}');
    }
    to.endObject();
    depth--;
  }

  private void array() throws Malformed {
    enter();
    to.beginArray();
    if (!take(']')) {
      do {
        skipBlanks();
        value();
        skipBlanks();
      } while (take(','));
      need(']');
    }
    to.endArray();
    depth--;
  }

  /** Takes a number as strtod reads it, but for a plus sign, a point or a word in front. */
  private void number() throws Malformed {
    int start = at;
    boolean negative = take('-');
    int integer = at;
    skipDigits();
    int digits = at - integer;
    boolean whole = true;
    if (take('.')) {
      whole = false;
      int point = at;
      skipDigits();
      digits = negative || digits > 0 ? digits + at - point : 0;
    }
    if (digits == 0) {
      throw new Malformed();
    }
    int end = at;
    if (take('e') || take('E')) {
      if (!take('-')) {
        take('+');
      }
      int exponent = at;
      skipDigits();
      at = at == exponent ? end : at;
      whole &= at == end;
    }
    String word = text.substring(start, at);
    boolean canonical = whole && (digits == 1 || text.charAt(integer) != '0');
    if (canonical && word.length() <= EXACT_DIGITS) {
      to.literal(word);
    } else {
      to.number(Double.parseDouble(word));
    }
  }

  private void skipDigits() {
    while (next() >= '0' && next() <= '9') {
      at++;
    }
  }

  private String string() throws Malformed {
    need('"');
    StringBuilder value = null; // Most strings have no escape.
    int start = at;
    while (next() != '"') {
      if (next() == 0) {
        throw new Malformed();
      }
      if (next() != '\\') {
        at++;
        continue;
      }
      value = value == null ? new StringBuilder() : value;
      value.append(text, start, at);
      at++;
      escape(value);
      start = at;
    }
    String rest = text.substring(start, at++);
    return value == null ? rest : value.append(rest).toString();
  }

  private void escape(StringBuilder value) throws Malformed {
    char letter = next();
    at++;
    switch (letter) {
      case '"', '\\', '/' -> value.append(letter);
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'u' -> unicode(value);
      default -> throw new Malformed();
    }
  }

  /** Takes four hexadecimal digits: a pair of surrogates is one character; half a pair is none. */
  private void unicode(StringBuilder value) throws Malformed {
    char first = hex();
    value.append(first);
    if (!Character.isSurrogate(first)) {
      return;
    }
    need('\\');
    need('u');
    char second = hex();
    if (!Character.isSurrogatePair(first, second)) {
      throw new Malformed();
    }
    value.append(second);
  }

  private char hex() throws Malformed {
    int code = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = next() < 0x80 ? Character.digit(next(), 16) : -1;
      if (digit < 0) {
        throw new Malformed();
      }
      code = code << 4 | digit;
    }
    return (char) code;
  }
}
