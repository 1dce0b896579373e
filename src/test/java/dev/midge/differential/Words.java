package dev.midge.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Command lines of tools, written as in a shell: words between blanks, single quotes around what is
 * one word, and the characters U+DC80 to U+DCFF for single bytes that are not UTF-8.
 */
final class Words {
  private Words() {}

  static List<String> of(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    boolean quoted = false;
    for (char c : line.toCharArray()) {
      if (c == ' ' && !quoted) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
      } else {
        word = word == null ? new StringBuilder() : word;
        if (c == '\'') {
          quoted = !quoted;
        } else {
          word.append(c);
        }
      }
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }

  static boolean isAscii(List<String> words) {
    return words.stream().allMatch(word -> word.chars().allMatch(c -> c < 0x80));
  }

  /**
   * A line for {@code sh} with these words as its arguments. What is not ASCII would depend on the
   * locale of this JVM if Java passed it on; printf writes the very bytes.
   */
  static String forShell(List<String> words) {
    StringBuilder line = new StringBuilder("exec");
    for (String word : words) {
      line.append(" \"$(printf '");
      for (byte b : bytes(word)) {
        line.append(String.format("\\%03o", b & 0xFF));
      }
      line.append("')\"");
    }
    return line.toString();
  }

  private static byte[] bytes(String word) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    word.codePoints()
        .forEach(
            c -> {
              if (c >= 0xDC80 && c <= 0xDCFF) {
                bytes.write(c & 0xFF);
              } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
              }
            });
    return bytes.toByteArray();
  }
}
