package dev.midge.broker;

import static dev.midge.mqtt.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.Mosquitto;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Debian's mosquitto as a bridge to the mini broker, with its defaults. */
class BridgesIT {
  @TempDir Path folder;
  private final List<String> log = new CopyOnWriteArrayList<>();

  private static RawClient client(int port, String name) throws IOException {
    RawClient client = RawClient.connected(port, V5, name);
    // As published, to see which messages are retained here and there.
    Subscription all = new Subscription("+/x", Qos.AT_LEAST_ONCE, false, true, 2);
    client.send(new Subscribe(100, List.of(all), Properties.NONE));
    client.expect(Suback.class);
    return client;
  }

  private static void publish(RawClient from, String topic, String payload, boolean retain)
      throws IOException {
    from.publish(Message.of(topic, payload.getBytes(), Qos.AT_MOST_ONCE, retain));
    assertThat(from.expectMessage(payload).message().topic()).isEqualTo(topic); // its own copy
  }

  private static void expect(RawClient at, String topic, String payload, boolean retain)
      throws IOException {
    Publish publish = at.expectMessage(payload);
    assertThat(publish.message().topic()).isEqualTo(topic);
    assertThat(publish.message().retain()).as(payload).isEqualTo(retain);
  }

  @ParameterizedTest
  @CsvSource({"mqttv31, 3", "mqttv311, 4", "mqttv50, 5"})
  void messagesGoInAndOutAndBothWaysOnce(String version, int level) throws IOException {
    BrokerConfig config = new BrokerConfig(List.of(0), event -> log.add(event.text()), false);
    try (Broker broker = Broker.start(config);
        RawClient state = RawClient.connected(broker.port(), V5, "state")) {
      state.subscribe("$SYS/broker/connection/+/state", Qos.AT_LEAST_ONCE);
      try (Mosquitto mosquitto =
          Mosquitto.configured(
              folder,
              "listener PORT 127.0.0.1",
              "allow_anonymous true",
              "connection bridge",
              "address 127.0.0.1:" + broker.port(),
              "bridge_protocol_version " + version,
              "restart_timeout 1",
              "topic out/x out 1",
              "topic in/x in 1",
              "topic both/x both 1")) {
        state.expectMessage("1");
        assertThat(log).anyMatch(line -> line.contains(".bridge (p" + level + ", c"));
        try (RawClient here = client(broker.port(), "here");
            RawClient there = client(mosquitto.port(), "there")) {
          for (boolean retain : new boolean[] {false, true}) {
            publish(there, "out/x", "from there", retain);
            expect(here, "out/x", "from there", retain);
            publish(here, "in/x", "from here", retain);
            expect(there, "in/x", "from here", retain);
            publish(there, "both/x", "there and here", retain);
            expect(here, "both/x", "there and here", retain);
            publish(here, "both/x", "here and there", retain);
            expect(there, "both/x", "here and there", retain);
            publish(here, "out/x", "stays here", retain);
            publish(there, "in/x", "stays there", retain);
          }
          // What came twice would have come by now: each side has answered the other since.
          publish(there, "both/x", "end", false);
          expect(here, "both/x", "end", false);
          here.expectNothing();
          there.expectNothing();
        }
      }
      state.expectMessage("0"); // the bridge's will, or its last word
    }
  }
}
