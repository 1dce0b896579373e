package dev.midge.view.proto;

/**
 * The words of a {@code .proto} file one after the other: names with their dots, numbers, quoted
 * strings, and single characters. Comments and blanks are passed over.
 */
final class ProtoTokens {
  private final String file;
  private final String text;
  private int at;
  private int line = 1;
  private String token = "";

  ProtoTokens(String file, String text) throws ProtoException {
    this.file = file;
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    next();
  }

  /** Returns the word that comes next; empty at the end. A string has its quotes. */
  String peek() {
    return token;
  }

  boolean isAtEnd() {
    return token.isEmpty();
  }

  boolean isString() {
    return token.startsWith("\"") || token.startsWith("'");
  }

  /** Returns the next word and goes behind it. */
  String take() throws ProtoException {
    if (token.isEmpty()) {
      throw wrong("the file ends too early");
    }
    String taken = token;
    next();
    return taken;
  }

  boolean takeIf(String wanted) throws ProtoException {
    boolean found = token.equals(wanted);
    if (found) {
      next();
    }
    return found;
  }

  void need(String wanted) throws ProtoException {
    if (!takeIf(wanted)) {
      throw wrong(
          "'" + wanted + "' expected, but " + (isAtEnd() ? "the file ends" : "found " + token));
    }
  }

  /** Takes a name, which may have dots. */
  String name() throws ProtoException {
    if (isAtEnd() || !Character.isLetter(token.charAt(0)) && "_.".indexOf(token.charAt(0)) < 0) {
      throw wrong("a name expected, but " + (isAtEnd() ? "the file ends" : "found " + token));
    }
    return take();
  }

  /** Takes a whole number in decimal, octal or hexadecimal digits. */
  int number() throws ProtoException {
    boolean negative = takeIf("-");
    String digits = take();
    try {
      int number = Math.toIntExact(Long.decode(digits));
      return negative ? -number : number;
    } catch (ArithmeticException | NumberFormatException e) {
      throw wrong("a number expected, but found " + digits);
    }
  }

  /** Takes a string, of several parts perhaps, as it stands between its quotes. */
  String string() throws ProtoException {
    if (!isString()) {
      throw wrong("a string expected, but " + (isAtEnd() ? "the file ends" : "found " + token));
    }
    StringBuilder joined = new StringBuilder();
    while (isString()) {
      String part = take();
      joined.append(part, 1, part.length() - 1);
    }
    return joined.toString();
  }

  ProtoException wrong(String reason) {
    return new ProtoException(file + ", line " + line + ": " + reason);
  }

  private void next() throws ProtoException {
    skipBlanks();
    int start = at;
    if (at == text.length()) {
      token = "";
      return;
    }
    char c = text.charAt(at++);
    if (c == '"' || c == '\'') {
      string(c);
    } else if (Character.isLetterOrDigit(c) || c == '_' || c == '.') {
      while (at < text.length() && isInWord(text.charAt(at), text.charAt(start))) {
        at++;
      }
    }
    token = text.substring(start, at);
  }

  private boolean isInWord(char c, char first) {
    boolean exponent = (c == '-' || c == '+') && Character.isDigit(first);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '.'
        || exponent && "eE".indexOf(text.charAt(at - 1)) >= 0;
  }

  private void string(char quote) throws ProtoException {
    while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length() || text.charAt(at) != quote) {
      throw wrong("a string has no end");
    }
    at++;
  }

  private void skipBlanks() throws ProtoException {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (c <= ' ') {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw wrong("a comment has no end");
        }
        line += (int) text.substring(at, end).chars().filter(each -> each == '\n').count();
        at = end + 2;
      } else {
        return;
      }
    }
  }
}
