package dev.midge.cli.expect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Messages in a line of others are short. */
class ShortMessageTest {
  private static String shown(String topic, byte[] payload) {
    return ShortMessage.of(Message.of(topic, payload, Qos.AT_MOST_ONCE, false));
  }

  private static String shown(String topic, String payload) {
    return shown(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void textStandsInQuotes() {
    assertThat(shown("a/b", "off")).isEqualTo("a/b \"off\"");
    assertThat(shown("a", "")).isEqualTo("a \"\"");
  }

  @Test
  void longTextIsCutAndItsLengthTold() {
    assertThat(shown("a", "x".repeat(81))).isEqualTo("a \"" + "x".repeat(79) + "…\" (81 bytes)");
    assertThat(shown("a", "€".repeat(80))).isEqualTo("a \"" + "€".repeat(80) + "\"");
    assertThat(shown("t".repeat(61), "x")).isEqualTo("t".repeat(59) + "… \"x\"");
  }

  @Test
  void otherBytesAreHexadecimal() {
    assertThat(shown("a", new byte[] {(byte) 0xFF, 0})).isEqualTo("a 0xff00");
    byte[] seventeen = new byte[17];
    seventeen[0] = (byte) 0xFE;
    assertThat(shown("a", seventeen)).isEqualTo("a 0xfe" + "00".repeat(15) + " (17 bytes)");
  }
}
