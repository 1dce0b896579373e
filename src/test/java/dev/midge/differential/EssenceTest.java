package dev.midge.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the comparison overlooks, and that it overlooks nothing else. */
class EssenceTest {

  private static String out(String text) {
    return Essence.ofOut(text.getBytes(StandardCharsets.ISO_8859_1), 4711, false);
  }

  private static String packet(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return Essence.ofPacket(new String(bytes, StandardCharsets.ISO_8859_1), 4711);
  }

  private static String connect(String id) {
    String body = "00044d515454 04 02 003c";
    String bytes = HexFormat.of().formatHex(id.getBytes(StandardCharsets.US_ASCII));
    return packet(String.format("10 %02x %s %04x %s", 12 + id.length(), body, id.length(), bytes));
  }

  @Test
  void theProcessIdOfAClientIdIsOverlookedWithItsLength() {
    assertThat(connect("me4711")).isEqualTo(connect("mePID")).isNotEqualTo(connect("me4712"));
    assertThat(packet("10 14 00044d515454 05 02 003c 03 210014 0004 34373131"))
        .isEqualTo(packet("10 13 00044d515454 05 02 003c 03 210014 0003 504944"));
  }

  @Test
  void aRandomClientIdIsOverlookedButNotItsForm() {
    assertThat(connect("mosq-abcdefghijklmnopqr"))
        .isEqualTo(connect("mosq-ABCDEFGHIJKLMNOPQ0"))
        .isNotEqualTo(connect("mosq-abcdefghijklmnopq"));
  }

  @Test
  void otherPacketsAreTakenAsTheyAre() {
    assertThat(packet("30 06 0001 61 343731")).isNotEqualTo(packet("30 06 0001 61 504944"));
  }

  @Test
  void timesAndProcessIdsOnStandardOutputAreOverlooked() {
    assertThat(out("2026-11-23T01:08:28.819284Z+0000 id4711 4711"))
        .isEqualTo(out("2025-01-02T03:04:05.000000Z+0000 id4711 PID"))
        .isNotEqualTo(out("2025-01-02T03:04:05.000000+0000 id4711 PID"))
        .isNotEqualTo(out("2025-01-02T03:04:05Z+0000 id4711 PID"));
    assertThat(out("47110 14711")).isEqualTo("47110 14711");
  }

  @Test
  void eachMakerHasAUsageTextAndAVersionOfItsOwn() {
    assertThat(out("mosquitto_pub is a simple mqtt client.\nUsage: mosquitto_pub ...\n -d\n"))
        .isEqualTo(out("Usage: mosquitto_pub [OPTIONS]\n"))
        .isNotEqualTo(out("Usage: mosquitto_sub [OPTIONS]\n"));
    assertThat(out("mosquitto_rr version 2.0.11 running on libmosquitto 2.0.11.\n"))
        .isEqualTo(out("mosquitto_rr version 0.1.0 running on midge 0.1.0.\n"));
  }

  @Test
  void blankLinesAndFinalFullStopsOfStandardErrorAreOverlooked() {
    assertThat(Essence.ofErr("Error: No.\n\nUse it.\n", 1)).isEqualTo("Error: No\nUse it");
    assertThat(Essence.ofErr("Unable (Lookup error.).\n", 1)).isEqualTo("Unable (Lookup error)");
    assertThat(Essence.ofErr("a.b\n", 1)).isEqualTo("a.b");
  }

  @Test
  void streamsAreCutIntoPackets() {
    PacketStream stream = new PacketStream();
    byte[] bytes = HexFormat.of().parseHex("e00030040001617832");
    stream.feed(bytes, 3);
    stream.feed(new byte[] {bytes[3]}, 1);
    byte[] rest = HexFormat.of().parseHex("0001617832");
    stream.feed(rest, rest.length);
    stream.end();

    assertThat(stream.packets()).containsExactly("\u00e0\0", "0\u0004\0\u0001ax", "2");
  }

  @Test
  void wordsAreCutAsAShellWould() {
    assertThat(Words.of("-t 'a b' '' x'y'z")).containsExactly("-t", "a b", "", "xyz");
  }
}
