package dev.midge.cli.expect;

import dev.midge.mqtt.Message;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A message whose payload, as text, has a match of a regular expression somewhere. Bytes that are
 * no UTF-8 are the character U+FFFD.
 */
record TextExpectation(String words, Pattern pattern) implements Expectation {

  static TextExpectation parse(String words) {
    return new TextExpectation(words, SearchPattern.compile(words, words));
  }

  @Override
  public boolean isMetBy(Message message) {
    return SearchPattern.isFound(pattern, new String(message.payload(), StandardCharsets.UTF_8));
  }
}
