package dev.midge.format;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Reads a template: {@code %} values of the message, {@code @} time, {@code \} escapes, and text
 * that is copied.
 */
final class FormatParser {
  private static final String INCOMPLETE = "Error: Incomplete format specifier.";

  /** More is a mistake, and would only fill the memory. */
  private static final int MAX_WIDTH = 1_000_000;

  private final String template;
  private final MessageSpecifiers messageSpecifiers;
  private final TimeSpecifiers timeSpecifiers;
  private final UnaryOperator<Segment> wrapped;
  private final List<Segment> segments = new ArrayList<>();
  private final ByteBuilder copied = new ByteBuilder();
  private int next;

  FormatParser(
      String template,
      MessageSpecifiers messageSpecifiers,
      TimeSpecifiers timeSpecifiers,
      UnaryOperator<Segment> wrapped) {
    this.template = template;
    this.messageSpecifiers = messageSpecifiers;
    this.timeSpecifiers = timeSpecifiers;
    this.wrapped = wrapped;
  }

  List<Segment> parse() throws FormatException {
    while (next < template.length()) {
      int from = next;
      switch (template.charAt(next++)) {
        case '%' -> message();
        case '@' -> time();
        case '\\' -> escape();
        default -> {
          while (next < template.length() && "%@\\".indexOf(template.charAt(next)) < 0) {
            next++;
          }
          copied.put(template, from, next);
        }
      }
    }
    endCopied();
    return segments;
  }

  /** Takes {@code %[-][0][WIDTH][.PREC][SEP]SPECIFIER}. */
  private void message() throws FormatException {
    boolean left = skip('-');
    boolean zero = skip('0') && !left;
    int width = number();
    if (width > MAX_WIDTH) {
      throw new FormatException("Error: Field width too large in format specifier.");
    }
    int precision = skip('.') ? number() : Field.NO_PRECISION;
    int separator = isSeparator(peek()) ? character() : ' ';
    int specifier = character();
    if (specifier == '%') {
      copied.put('%');
      return;
    }
    Segment segment =
        messageSpecifiers.of(specifier, new Field(left, zero, width, precision, separator));
    if (segment == null) {
      throw new FormatException(
          "Error: Invalid format specifier '" + Character.toString(specifier) + "'.");
    }
    add(wrapped.apply(segment));
  }

  /** Takes only one character: strftime's specifiers of two do not exist here. */
  private void time() throws FormatException {
    int specifier = character();
    if (specifier == '@') {
      copied.put('@');
    } else {
      add(timeSpecifiers.of(specifier));
    }
  }

  private void escape() throws FormatException {
    if (next == template.length()) {
      throw new FormatException("Error: Incomplete escape specifier.");
    }
    int specifier = character();
    switch (specifier) {
      case '\\' -> copied.put('\\');
      case '0' -> copied.put(0);
      case 'a' -> copied.put(7);
      case 'e' -> copied.put(27);
      case 'n' -> copied.put('\n');
      case 'r' -> copied.put('\r');
      case 't' -> copied.put('\t');
      case 'v' -> copied.put(11);
      default ->
          throw new FormatException(
              "Error: Invalid escape specifier '" + Character.toString(specifier) + "'.");
    }
  }

  private void add(Segment segment) {
    endCopied();
    segments.add(segment);
  }

  private void endCopied() {
    if (copied.length() > 0) {
      byte[] text = copied.toArray();
      segments.add((received, out) -> out.put(text));
      copied.cutTo(0);
    }
  }

  /** Takes a decimal number, 0 if there is no digit, and no more than an int can hold. */
  private int number() throws FormatException {
    long number = 0;
    while (peek() >= '0' && peek() <= '9') {
      number = Math.min(number * 10 + peek() - '0', Integer.MAX_VALUE);
      next++;
    }
    return (int) number;
  }

  private static boolean isSeparator(int c) {
    return " !\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~".indexOf(c) >= 0;
  }

  private boolean skip(char c) throws FormatException {
    boolean there = peek() == c;
    if (there) {
      next++;
    }
    return there;
  }

  private int character() throws FormatException {
    int c = peek();
    next += Character.charCount(c);
    return c;
  }

  /** Returns the next character of a sequence that has not ended yet. */
  private int peek() throws FormatException {
    if (next == template.length()) {
      throw new FormatException(INCOMPLETE);
    }
    return template.codePointAt(next);
  }
}
