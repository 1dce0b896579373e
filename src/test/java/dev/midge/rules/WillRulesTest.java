package dev.midge.rules;

import static dev.midge.mqtt.ProtocolVersion.V3_1_1;
import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The Last Will, section 6.3, over real connections; to the nanosecond in {@code WillsTest}. */
@Execution(ExecutionMode.CONCURRENT) // They mostly wait.
class WillRulesTest extends Rules {

  private RawClient watcher() throws IOException {
    RawClient watcher = join(V5, "w");
    watcher.subscribe("s/#", QOS2);
    return watcher;
  }

  @Test
  void aClosedConnectionReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      join(hello(version, "c").will("s/c")).close();
      take(watcher, "gone");
    }
  }

  @Test
  void aTornConnectionReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      join(hello(version, "c").will("s/c")).reset();
      take(watcher, "gone");
    }
  }

  @Test
  void halfAPacketReleasesTheWillAndIsNoMessage() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      RawClient client = join(hello(version, "c").will("s/c"));
      client.sendHex("30 14 0003 732f63 00 68616c66"); // half a PUBLISH to s/c
      client.close();
      take(watcher, "gone");
    }
    watcher.expectNothing();
  }

  @Test
  void aSecondConnectReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      RawClient client = join(hello(version, "c").will("s/c"));
      client.send(hello(version, "c").packet());
      ends(client);
      take(watcher, "gone");
    }
  }

  @Test
  void everyErrorReleasesTheWill() throws IOException {
    given("max_packet_size 1000");
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      for (String hex :
          List.of(
              "36 07 0003 732f63 0001", // QoS 3
              "00 00", // type 0
              "30 ff ff 03", // too large
              "ff ff ff ff ff ff", // a length of five bytes
              "82 02 0001", // no filter
              "62 02 0000", // packet identifier 0
              "20 02 00 00")) { // what only servers send
        RawClient client = join(hello(version, "c").will("s/c"));
        client.sendHex(hex);
        take(watcher, "gone");
        client.close();
      }
    }
  }

  @Test
  void whatCameBeforeTheEndComesBeforeTheWill() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").will("s/c"));
    say(client, "s/c", "last", QOS1);
    client.publish("s/c", "very last", QOS0);
    client.close();
    take(watcher, "last");
    take(watcher, "very last");
    take(watcher, "gone");
  }

  @Test
  void allThatWasAcknowledgedComesBeforeTheWillOfATornConnection() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      RawClient client = join(hello(version, "c").will("s/c"));
      for (int i = 0; i < 300; i++) {
        say(client, "s/c", "m" + i, QOS1);
        take(watcher, "m" + i);
      }
      for (int i = 0; i < 30; i++) {
        say(client, "s/c", "n" + i, QOS1);
      }
      client.reset();
      for (int i = 0; i < 30; i++) {
        take(watcher, "n" + i);
      }
      take(watcher, "gone");
    }
  }

  @Test
  void theTimeOutReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    join(hello(V3_1_1, "c").keepAlive(1).will("s/c"));
    take(watcher, "gone");
  }

  @Test
  void aTakeOverOfACleanSessionReleasesTheWill() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      join(hello(version, "c").will("s/c"));
      leave(join(hello(version, "c")));
      take(watcher, "gone");
    }
  }

  @Test
  void aTakeOverWithCleanStartReleasesTheWillOfAKeptSession() throws IOException {
    RawClient watcher = watcher();
    join(hello(V5, "c").kept().will("s/c", 100));
    leave(join(hello(V5, "c")));
    take(watcher, "gone");
  }

  @Test
  void aTakeOverOfASessionThatIsNotKeptDoesNotWaitForTheDelay() throws IOException {
    RawClient watcher = watcher();
    join(hello(V5, "c").will("s/c", 1000));
    leave(join(hello(V5, "c").kept()));
    take(watcher, "gone");
  }

  @Test
  void aTakeOverOfAKeptSessionReleasesAWillWithoutDelay() throws IOException {
    RawClient watcher = watcher();
    for (ProtocolVersion version : ALL) {
      join(hello(version, "c").kept().will("s/c"));
      RawClient second = join(hello(version, "c").kept());
      take(watcher, "gone");
      leave(second);
      leave(join(hello(version, "c")));
    }
  }

  @Test
  void aTakeOverOfAKeptSessionDropsAWillThatWouldHaveWaited() throws IOException {
    RawClient watcher = watcher();
    join(hello(V5, "c").kept().will("s/c", 1));
    RawClient second = join(hello(V5, "c").kept());
    watcher.expectNothing();
    second.expectNothing();
  }

  @Test
  void aWillWaitsForItsDelay() throws IOException {
    RawClient watcher = watcher();
    join(hello(V5, "c").kept().will("s/c", 1)).close();
    watcher.expectNothing();
    take(watcher, "gone");
  }

  @Test
  void aWillDoesNotWaitWithoutSession() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").will("s/c", 1000));
    client.close();
    take(watcher, "gone");
  }

  @Test
  void theEndOfTheSessionEndsTheDelay() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").resume().expiry(1).will("s/c", 1000));
    client.close();
    take(watcher, "gone");
  }

  @Test
  void comingBackInTimeDropsTheWill() throws IOException {
    RawClient watcher = watcher();
    // The broker has seen the end when the answer to what was sent before is on its way.
    RawClient client = join(hello(V5, "c").kept().will("s/c", 2));
    client.sendHex("e001 04");
    ends(client);
    RawClient again = join(hello(V5, "c").kept());
    // A later will comes; the first one did not.
    RawClient other = join(hello(V5, "d").kept().will("s/later", 3));
    other.close();
    assertThat(take(watcher, "gone").message().topic()).isEqualTo("s/later");
    again.expectNothing();
  }

  @Test
  void comingBackWithCleanStartSendsTheWill() throws IOException {
    RawClient watcher = watcher();
    RawClient client = join(hello(V5, "c").kept().will("s/c", 100));
    client.sendHex("e001 04");
    ends(client);
    watcher.expectNothing();
    leave(join(hello(V5, "c")));
    take(watcher, "gone");
  }

  @Test
  void aWillIsAnOrdinaryMessageWithItsProperties() throws IOException {
    RawClient watcher = watcher();
    Properties properties =
        Properties.builder()
            .add(Property.WILL_DELAY_INTERVAL, 0)
            .add(Property.PAYLOAD_FORMAT_INDICATOR, 1)
            .add(Property.MESSAGE_EXPIRY_INTERVAL, 100)
            .add(Property.CONTENT_TYPE, "text")
            .add(Property.RESPONSE_TOPIC, "r")
            .add(Property.CORRELATION_DATA, new byte[] {1})
            .userProperty("b", "2")
            .userProperty("a", "1")
            .build();
    for (Qos qos : Qos.values()) {
      Message will = new Message("s/c", "gone".getBytes(), qos, true, properties);
      join(hello(V5, "c").will(will)).close();
      Message got = take(watcher, "gone").message();
      assertThat(got.qos()).isEqualTo(qos);
      assertThat(got.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, 0)).isBetween(99L, 100L);
      assertThat(got.properties().without(Property.MESSAGE_EXPIRY_INTERVAL))
          .isEqualTo(
              properties
                  .without(Property.WILL_DELAY_INTERVAL)
                  .without(Property.MESSAGE_EXPIRY_INTERVAL));
      RawClient late = join(V5, "l");
      late.subscribe("s/c", QOS0);
      assertThat(take(late, "gone").message().retain()).isTrue();
      leave(late);
    }
  }

  @Test
  void anEmptyWillIsSent() throws IOException {
    RawClient watcher = watcher();
    join(hello(V5, "c").will(message("s/c", "", QOS1))).close();
    take(watcher, "");
  }

  @Test
  void anEmptyRetainedWillClears() throws IOException {
    RawClient watcher = watcher();
    say(watcher, retained("t", "old"));
    watcher.subscribe("t", QOS2);
    take(watcher, "old");
    join(hello(V5, "c").will(retained("t", ""))).close();
    take(watcher, "");
    RawClient late = join(V5, "l");
    late.subscribe("t", QOS0);
    late.expectNothing();
  }

  @Test
  void aWillBelowSysIsNotSent() throws IOException {
    RawClient watcher = watcher();
    watcher.subscribe("$SYS/x/#", QOS0);
    join(hello(V5, "c").will("$SYS/x/c")).close();
    join(hello(V5, "d").will("s/d")).close();
    assertThat(take(watcher, "gone").message().topic()).isEqualTo("s/d");
    watcher.expectNothing();
  }

  @Test
  void allWillsGoOutAtTheStop() throws IOException {
    RawClient watcher = watcher();
    join(hello(V5, "c").will("s/c"));
    RawClient delayed = join(hello(V5, "d").kept().will("s/d", 1000));
    delayed.sendHex("e001 04");
    ends(delayed);
    stop();
    List<String> topics = new ArrayList<>();
    topics.add(watcher.expectMessage("gone").message().topic());
    topics.add(watcher.expectMessage("gone").message().topic());
    assertThat(topics).containsExactlyInAnyOrder("s/c", "s/d");
    leaves(watcher, 0x8b);
  }
}
