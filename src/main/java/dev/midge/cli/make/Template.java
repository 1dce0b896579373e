package dev.midge.cli.make;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Set;

/**
 * A text with words in braces, ready to be made into bytes for each message. It holds no state, so
 * that several clients may share it.
 *
 * @param parts in their order
 * @param words that are among them, also within others
 */
record Template(List<Word> parts, Set<TemplateWord> words) {

  /** Tells whether the text has that word. */
  boolean has(TemplateWord word) {
    return words.contains(word);
  }

  /** Returns what the text is for one message. */
  byte[] make(MessageFacts facts) {
    ByteArrayOutputStream made = new ByteArrayOutputStream();
    for (Word part : parts) {
      part.append(facts, made);
    }
    return made.toByteArray();
  }
}
