package dev.midge.cli.make;

import dev.midge.format.ByteBuilder;
import dev.midge.format.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes another word as a JSON string, quotes included; bytes that are no UTF-8 become U+FFFD.
 *
 * @param inner the other word
 */
record JsonWord(Word inner) implements Word {
  @Override
  public void append(MessageFacts facts, ByteArrayOutputStream to) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    inner.append(facts, plain);
    ByteBuilder quoted = new ByteBuilder();
    new JsonWriter(quoted, false).string(plain.toString(StandardCharsets.UTF_8));
    to.writeBytes(quoted.text().getBytes(StandardCharsets.UTF_8));
  }
}
