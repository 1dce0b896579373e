package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1;
import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Connack;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PINGREQ, DISCONNECT and AUTH, section 4.5. */
class LeavingRulesTest extends Rules {

  private RawClient watcher() throws IOException {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("s/#", QOS0);
    return watcher;
  }

  @Test
  void pingreqIsAnswered() throws IOException {
    for (ProtocolVersion version : ALL) {
      join(version, "c").expectNothing();
    }
  }

  @Test
  void disconnectWithWillMessagePublishesTheWill() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").will("s/c"));
    client.sendHex("e001 04");
    ends(client);
    take(watcher, "gone");
  }

  @Test
  void aNormalDisconnectDiscardsTheWill() throws IOException {
    RawClient watcher = watcher();
    for (String hex : List.of("e000", "e001 00", "e002 00 00")) {
      RawClient client = join(hello(V5, "c").will("s/c"));
      client.sendHex(hex);
      ends(client);
    }
    for (ProtocolVersion version : List.of(V3_1, V3_1_1)) {
      leave(join(hello(version, "c").will("s/c")));
    }
    watcher.expectNothing();
  }

  @Test
  void disconnectForAnErrorPublishesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (int reason : new int[] {0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97}) {
      RawClient client = join(hello(V5, "c").will("s/c"));
      client.sendHex("e001" + HexFormat.of().toHexDigits((byte) reason));
      ends(client);
      take(watcher, "gone");
    }
  }

  @Test
  void aReasonOfServersIsAnErrorAndReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (String reason : List.of("87", "89", "8b", "8d", "8e", "9a", "9c", "a2")) {
      RawClient client = join(hello(V5, "c").will("s/c"));
      client.sendHex("e001" + reason);
      leaves(client, 0x82);
      take(watcher, "gone");
    }
  }

  @Test
  void aReasonThatMqttDoesNotHaveIsMalformedAndReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (String reason : List.of("03", "77", "a3", "ff")) {
      RawClient client = join(hello(V5, "c").will("s/c"));
      client.sendHex("e001" + reason);
      leaves(client, 0x81);
      take(watcher, "gone");
    }
  }

  @Test
  void disconnectThatEndsTheSessionReleasesADelayedWillAtOnce() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").kept().will("s/c", 1000));
    client.sendHex("e007 04 05 1100000000");
    ends(client);
    take(watcher, "gone");
  }

  @Test
  void disconnectMayChangeTheExpiry() throws IOException {
    RawClient client = join(hello(V5, "c").kept());
    client.sendHex("e007 00 05 1100000000"); // ends at once
    ends(client);
    RawClient again = open(V5);
    again.send(hello(V5, "c").kept().packet());
    assertThat(again.expect(Connack.class).sessionPresent()).isFalse();
    again.sendHex("e007 00 05 1100000064");
    ends(again);
    assertThat(knock(hello(V5, "c").kept()).sessionPresent()).isTrue();
  }

  @Test
  void disconnectMayNotRaiseTheExpiryFromZero() throws IOException {
    sentAwayV5(0x82, "e007 00 05 1100000001");
  }

  @Test
  void disconnectThatRaisesTheExpiryFromZeroReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").will("s/c"));
    client.sendHex("e007 00 05 1100000001");
    leaves(client, 0x82);
    take(watcher, "gone");
  }

  @Test
  void disconnectOfMqtt3HasNoBody() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V3_1_1, "c").will("s/c"));
    client.sendHex("e001 00");
    ends(client);
    take(watcher, "gone"); // it was none
  }

  @Test
  void authIsAnError() throws IOException {
    sentAwayV5(0x82, "f000");
    sentAwayV5(0x82, "f006 19 04 150001 61");
  }

  @Test
  void authOfMqtt3Closes() throws IOException {
    closedV3("f000");
  }

  @Test
  void whoIsThereAtTheStopIsTold() throws IOException {
    RawClient client = join(V5, "c");
    RawClient old = join(V3_1_1, "o");
    stop();
    leaves(client, 0x8b);
    ends(old);
  }
}
