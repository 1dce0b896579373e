package dev.midge.cli.pipe;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the input into JSON objects, one a line or each on several lines. Blanks, line ends and NUL
 * bytes may stand between them. It looks at brackets and strings alone; but an object that never
 * ends is found where the next one begins, so that it does not take the rest of the input with it.
 */
final class JsonObjects implements Parts {
  private static final int INITIAL = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /** Stands for the last byte of a string, a number or a closed bracket. */
  private static final int VALUE = 'v';

  private final InputStream in;
  private final String inputName;
  private byte[] buffer = new byte[INITIAL];

  /** The first byte of the object; or of what has not been looked at, where none has begun. */
  private int start;

  private int at;
  private int to;
  private boolean begun;
  private boolean marked;

  private int depth;
  private boolean inString;
  private boolean escaped;
  private int last;

  private long line = 1;
  private long firstLine = 1;
  private @Nullable String flaw;

  /**
   * @param inputName the input, as complaints name it
   */
  JsonObjects(InputStream in, String inputName) {
    this.in = in;
    this.inputName = inputName;
  }

  @Override
  public byte @Nullable [] next() throws IOException {
    while (!isReady()) {
      if (!fill()) {
        if (!begun) {
          return null;
        }
        flaw("the input ends before the object does", firstLine);
      }
    }
    if (flaw != null) {
      throw noMessage(0, flaw);
    }
    byte[] object = Arrays.copyOfRange(buffer, start, at);
    start = at;
    begun = false;
    return object;
  }

  @Override
  public String place(int below) {
    return "Line " + (firstLine + below) + " of " + inputName;
  }

  /** Looks on through what is in the buffer; returns whether an object, or a flaw, is whole. */
  @Override
  public boolean isReady() {
    if (!begun && !begin()) {
      return flaw != null;
    }
    while (flaw == null && depth > 0 && at < to) {
      if (inString) {
        string();
      } else {
        outside(buffer[at++]);
      }
    }
    return depth == 0 || flaw != null;
  }

  /** Finds the bracket with which the next object begins. */
  private boolean begin() {
    while (flaw == null && at < to) {
      byte c = buffer[at];
      if (c == '{') {
        begun = true;
        start = at++;
        depth = 1;
        last = '{';
        firstLine = line;
        return true;
      }
      if (c == '\n') {
        line++;
      } else if (c == BYTE_ORDER_MARK[0] && !marked) {
        if (to - at < BYTE_ORDER_MARK.length) {
          return false;
        }
        at += BYTE_ORDER_MARK.length - 1; // UTF-8 that begins so is little else.
      } else if (c != ' ' && c != '\t' && c != '\r' && c != 0) {
        flaw("it has to begin with {, as each line of midge sub --json does", line);
      }
      marked = true;
      at++;
      start = at;
    }
    return false;
  }

  private void string() {
    while (at < to) {
      byte c = buffer[at];
      if (c >= 0 && c < ' ') {
        flaw(
            c == '\n' || c == '\r'
                ? "a string has no \" at its end"
                : "a string has a control character that is not written as \\u00NN",
            line);
        return;
      }
      at++;
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == '"') {
        inString = false;
        last = VALUE;
        return;
      }
    }
  }

  private void outside(byte c) {
    switch (c) {
      case '\n' -> line++;
      case ' ', '\t', '\r' -> {}
      case '{', '[', '"' -> {
        if (last == VALUE) {
          if (c == '{') {
            flaw("it has no } before the next object begins", firstLine);
          } else {
            flaw("a comma, a colon or a } is missing", line);
          }
        }
        last = c;
        inString = c == '"';
        depth += inString ? 0 : 1;
      }
      case '}', ']' -> {
        depth--;
        last = VALUE;
      }
      case ',', ':' -> last = c;
      default -> last = VALUE;
    }
  }

  private void flaw(String why, long inLine) {
    flaw = why;
    firstLine = inLine;
  }

  /** Reads more behind what is there; returns false at the end of the input. */
  private boolean fill() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, to - start);
      at -= start;
      to -= start;
      start = 0;
    }
    if (buffer.length > INITIAL && to < INITIAL) {
      buffer = Arrays.copyOf(buffer, INITIAL); // One huge object is over.
    }
    if (to == buffer.length) {
      if (to > Integer.MAX_VALUE / 2) {
        throw noMessage(0, "it is larger than a message may be");
      }
      buffer = Arrays.copyOf(buffer, 2 * to);
    }
    int read = in.read(buffer, to, buffer.length - to);
    if (read <= 0) {
      return false;
    }
    to += read;
    return true;
  }
}
