package dev.midge.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two words in braces name the client; all other braces are data. */
class ClientWordsTest {

  @ParameterizedTest
  @CsvSource({
    "dev/{id}/{client}, dev/ä7/7",
    "{client}{client}, 77",
    "{{client}}, {7}",
    "{clients} {Id} {} {, {clients} {Id} {} {",
    "'{\"id\":1}', '{\"id\":1}'"
  })
  void numberAndIdAreFilledIn(String text, String filled) {
    assertThat(new ClientWords(7, "ä7").fill(text)).isEqualTo(filled);
  }

  @Test
  void anIdThatLooksLikeAWordStaysAsItIs() {
    assertThat(new ClientWords(1, "{client}{id}").fill("{id}.{client}"))
        .isEqualTo("{client}{id}.1");
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() {
    byte[] payload = {(byte) 0xFF, '{', 'i', 'd', '}', 0, (byte) 0xC3, '{'};
    byte[] id = "ä".getBytes(StandardCharsets.UTF_8);

    assertThat(new ClientWords(1, "ä").fill(payload))
        .isEqualTo(new byte[] {(byte) 0xFF, id[0], id[1], 0, (byte) 0xC3, '{'});
  }
}
