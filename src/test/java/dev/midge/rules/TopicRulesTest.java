package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics, filters and UTF-8, section 7; all strings one by one in {@code Utf8Test}. */
class TopicRulesTest extends Rules {

  private void refusedTopic(String hex) throws IOException {
    int length = hex.replace(" ", "").length() / 2;
    String topic = String.format("%04x", length) + hex;
    sentAwayV5(0x81, String.format("30%02x", length + 3) + topic + "00");
    closedV3(String.format("30%02x", length + 2) + topic);
  }

  @Test
  void illFormedStringsAreRefused() throws IOException {
    for (String hex : List.of("ff", "c3", "c080", "eda080", "f4908080", "e282")) {
      refusedTopic(hex);
    }
  }

  @Test
  void controlCharactersAreRefused() throws IOException {
    for (String hex : List.of("00", "01", "1f", "7f", "c280", "c29f")) {
      refusedTopic(hex);
    }
  }

  @Test
  void nonCharactersAreRefused() throws IOException {
    for (String hex : List.of("efbfbe", "efbfbf", "f09fbfbf", "f48fbfbe", "efb790", "efb7af")) {
      refusedTopic(hex);
    }
  }

  @Test
  void everythingElseIsACharacter() throws IOException {
    RawClient client = join(V5, "c");
    client.subscribe("#", QOS0);
    for (String topic : List.of("\uFEFF", "\uFEFFa", "é€😀", " ", "a b", "\uFFFD")) {
      say(client, topic, "x", QOS0);
      assertThat(take(client, "x").message().topic()).isEqualTo(topic);
    }
  }

  @Test
  void payloadsAndBinaryPropertiesAreBytes() throws IOException {
    byte[] bytes = {0, (byte) 0xFF, (byte) 0xC3, 1};
    RawClient client = join(V5, "c");
    client.subscribe("a", QOS0);
    Properties properties = Properties.builder().add(Property.CORRELATION_DATA, bytes).build();
    client.publish(new Message("a", bytes, QOS0, false, properties));
    Message got = client.expect(Publish.class).message();
    assertThat(got.payload()).isEqualTo(bytes);
    assertThat(got.properties()).isEqualTo(properties);
  }

  private void matches(String filter, String topics) throws IOException {
    RawClient client = join(V5, "c");
    client.subscribe(filter, QOS0);
    for (String topic : List.of("a", "a/b", "a/b/c", "/a", "/", "a/", "A", "$a", "$a/b", "b")) {
      say(client, topic, topic, QOS0);
    }
    for (String topic : topics.split(" ")) {
      if (!topic.isEmpty()) {
        take(client, topic);
      }
    }
    client.expectNothing();
    leave(client);
  }

  @Test
  void filtersMatchWhatTheyShould() throws IOException {
    matches("a", "a");
    matches("+", "a A b");
    matches("#", "a a/b a/b/c /a / a/ A b");
    matches("a/#", "a a/b a/b/c a/");
    matches("a/+", "a/b a/");
    matches("+/+", "a/b /a / a/");
    matches("/+", "/a /");
    matches("/#", "/a /");
    matches("+/b/#", "a/b a/b/c");
    matches("+/#", "a a/b a/b/c /a / a/ A b");
  }

  @Test
  void wildcardsAtTheStartDoNotMatchADollar() throws IOException {
    matches("$a/#", "$a $a/b");
    matches("$a/+", "$a/b");
    matches("+/b", "a/b");
  }

  @Test
  void wildcardsMustStandAlone() throws IOException {
    for (String filter : List.of("a+", "+a", "a/+b", "#/a", "a#", "a/#/b")) {
      String hex = HexFormat.of().formatHex(filter.getBytes());
      String length = String.format("%04x", filter.length());
      sentAwayV5(0x81, String.format("82%02x 0001 00", filter.length() + 6) + length + hex + "00");
      closedV3(String.format("82%02x 0001", filter.length() + 5) + length + hex + "00");
    }
  }

  @Test
  void topicsHaveAtMost200Slashes() throws IOException {
    RawClient client = join(V5, "c");
    String deep = "/".repeat(200);
    client.subscribe(deep, QOS0);
    say(client, deep, "x", QOS0);
    take(client, "x");
    client.sendHex("30cc01 00c9" + "2f".repeat(201) + "00");
    leaves(client, 0x81);
    sentAwayV5(0x81, "82cf01 0001 00 00c9" + "2f".repeat(201) + "00");
  }

  @Test
  void aShareNameIsOneLevelWithoutWildcards() throws IOException {
    for (String filter : List.of("$share//a", "$share/+/a", "$share/#/a", "$share/a+/a")) {
      String hex = HexFormat.of().formatHex(filter.getBytes());
      String length = String.format("%04x", filter.length());
      sentAwayV5(0x81, String.format("82%02x 0001 00", filter.length() + 6) + length + hex + "00");
    }
  }
}
