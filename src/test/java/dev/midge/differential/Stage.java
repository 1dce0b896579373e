package dev.midge.differential;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * One performance of one case: the listener, the directory, and the clients that play the rest of
 * the world at the broker behind it.
 */
final class Stage implements AutoCloseable {
  private final Case act;
  private final int brokerPort;
  private final Listener listener;
  private final Path directory;
  private final List<RawClient> others = new CopyOnWriteArrayList<>();

  /**
   * @param subscribed run, on a thread of the listener, when the tool was given its SUBACK, or when
   *     the script says so
   */
  Stage(Case act, int brokerPort, Runnable subscribed) throws IOException {
    this.act = act;
    this.brokerPort = brokerPort;
    directory = Files.createTempDirectory("differential");
    listener =
        act.script != null
            ? new ScriptedListener(act.script, subscribed)
            : new Relay(
                brokerPort,
                type -> {
                  if (type == PacketType.SUBACK) {
                    subscribed.run();
                  }
                });
  }

  /** Puts the true values where the case has placeholders. */
  String expand(String text) {
    return text.replace("{port}", String.valueOf(listener.port()))
        .replace("{t}", act.topic())
        .replace("{id}", act.id())
        .replace("{dir}", directory.toString());
  }

  /** The other way, for what a tool says on standard error. */
  String contract(String text) {
    return text.replace(directory.toString(), "{dir}")
        .replaceAll("(?<!\\w)" + listener.port() + "(?!\\w)", "{port}");
  }

  void prepare() throws Exception {
    for (Map.Entry<String, byte[]> file : act.files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    for (Case.Preparation preparation : act.preparations) {
      preparation.prepare(this);
    }
  }

  /** Publishes, by a client of its own, and waits until the broker has all of it. */
  void publish(List<Message> messages) throws IOException {
    RawClient client = client(ProtocolVersion.V5, "");
    for (Message message : messages) {
      client.publish(expanded(message));
    }
    // The broker takes packets in their order: with this acknowledged, QoS 0 is there too.
    client.publish("differential/done", "", Qos.AT_LEAST_ONCE);
    int awaited = 1 + (int) messages.stream().filter(m -> m.qos() != Qos.AT_MOST_ONCE).count();
    while (awaited > 0) {
      Ack ack = client.expect(Ack.class);
      if (ack.type() == PacketType.PUBREC) {
        client.send(Ack.of(PacketType.PUBREL, ack.packetId()));
      } else {
        awaited--;
      }
    }
  }

  private Message expanded(Message message) {
    return new Message(
        expand(message.topic()),
        message.payload(),
        message.qos(),
        message.retain(),
        message.properties());
  }

  /** Leaves a session with a subscription behind, to be taken up by the tool. */
  void leaveSession(ProtocolVersion version, String id, String filter, Properties properties)
      throws IOException {
    try (RawClient client = RawClient.open(brokerPort, version)) {
      client.send(RawClient.connect(version, expand(id), false, null, properties));
      client.expect(Connack.class);
      client.subscribe(expand(filter), Qos.EXACTLY_ONCE);
      client.send(Disconnect.NORMAL);
      client.expectEnd();
    }
  }

  /** Publishes those when the first message comes on that topic. */
  void answer(String filter, List<Message> answers) throws IOException {
    RawClient client = client(ProtocolVersion.V5, "");
    client.subscribe(expand(filter), Qos.AT_MOST_ONCE);
    Listener.inBackground(
        () -> {
          try {
            client.expect(Publish.class);
            publish(answers);
          } catch (IOException | AssertionError e) {
            // The case is over, and nobody asked.
          }
        });
  }

  private RawClient client(ProtocolVersion version, String id) throws IOException {
    RawClient client = RawClient.connected(brokerPort, version, id);
    others.add(client);
    return client;
  }

  int port() {
    return listener.port();
  }

  Recording recording() {
    return listener.recording();
  }

  @Override
  public void close() throws IOException {
    for (RawClient other : others) {
      other.close();
    }
    listener.close();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
