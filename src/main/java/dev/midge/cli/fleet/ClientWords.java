package dev.midge.cli.fleet;

import java.nio.charset.StandardCharsets;

/**
 * The words in braces that stand for one client of a fleet: {@code {client}} for its number, from
 * 1, and {@code {id}} for its client id. All other braces stay as they are.
 *
 * @param number from 1
 * @param id the client id
 */
public record ClientWords(int number, String id) {
  private static final String NUMBER = "{client}";
  private static final String ID = "{id}";

  /** Returns the text with the words replaced. */
  public String fill(String text) {
    StringBuilder filled = new StringBuilder(text.length());
    int from = 0;
    // In one pass: an id may hold such a word itself.
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', Math.max(at + 1, from))) {
      String word = text.startsWith(NUMBER, at) ? NUMBER : text.startsWith(ID, at) ? ID : null;
      if (word != null) {
        filled.append(text, from, at).append(word.equals(ID) ? id : Integer.toString(number));
        from = at + word.length();
      }
    }
    return filled.append(text, from, text.length()).toString();
  }

  /** Returns the bytes with the words replaced; all others stay, whatever they are. */
  public byte[] fill(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String idBytes = new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return new ClientWords(number, idBytes).fill(text).getBytes(StandardCharsets.ISO_8859_1);
  }
}
