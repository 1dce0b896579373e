package dev.midge.testing.willbroker;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A topic of its own, a watcher there, and clients that come to their end. */
final class Bench implements AutoCloseable {
  private static final int SOON_SECONDS = 8;
  private static final int SILENCE_MILLIS = 1200;

  final ProtocolVersion version;
  final String topic;
  final String id;
  private final int port;
  private final BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();
  private final List<RawClient> clients = new ArrayList<>();
  private final RawClient watcher;

  Bench(int port, ProtocolVersion version, String row) throws IOException {
    this.port = port;
    this.version = version;
    topic = "bench/" + row + "/status";
    id = row.replace("-", "");
    watcher = subscriber("watch" + id, topic, true);
    collect(watcher);
  }

  /** A client with the will "w" of QoS 0 and no session. */
  RawClient mortal() throws IOException {
    return mortal(will("w", 0), 0);
  }

  RawClient mortal(Will will, long expiry) throws IOException {
    return client(id, true, will, expiry, 60);
  }

  RawClient client(String clientId, boolean clean, Will will, long expiry, int keepAlive)
      throws IOException {
    Properties properties =
        expiry == 0 ? Properties.NONE : Properties.of(Property.SESSION_EXPIRY_INTERVAL, expiry);
    boolean session = version.isV5() ? clean : clean && expiry == 0;
    RawClient client =
        RawClient.connected(
            port, new Connect(version, session, keepAlive, clientId, will, null, null, properties));
    clients.add(client);
    return client;
  }

  RawClient bare() throws IOException {
    RawClient client = RawClient.open(port, version);
    clients.add(client);
    return client;
  }

  Will will(String payload, int qos) {
    return will(payload.getBytes(), qos, false, Properties.NONE);
  }

  Will will(byte[] payload, int qos, boolean retain, Properties properties) {
    return new Will(new Message(topic, payload, Qos.of(qos), retain, properties));
  }

  Will delayed(int seconds) {
    return will("w".getBytes(), 0, false, Properties.of(Property.WILL_DELAY_INTERVAL, seconds));
  }

  RawClient subscriber(String clientId, String filter, boolean retainAsPublished)
      throws IOException {
    RawClient client = client(clientId, true, null, 0, 60);
    subscribe(client, filter, retainAsPublished && version.isV5());
    return client;
  }

  void subscribe(RawClient client, String filter, boolean retainAsPublished) throws IOException {
    Subscription subscription =
        new Subscription(filter, Qos.EXACTLY_ONCE, false, retainAsPublished, 0);
    client.send(new Subscribe(1, List.of(subscription), Properties.NONE));
    client.expect(Suback.class);
  }

  /** Ends with DISCONNECT and waits for the end of the connection. */
  void end(RawClient client) throws IOException {
    client.send(Disconnect.NORMAL);
    client.expectEnd();
    client.close();
  }

  /** Takes all messages of a client away into the queue, until it is closed. */
  void collect(RawClient client) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  arrived.add(take(client));
                }
              } catch (IOException | AssertionError closed) {
                // The row is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** The next message of a client, acknowledged. */
  static Message take(RawClient client) throws IOException {
    Publish publish = client.expect(Publish.class);
    Qos qos = publish.message().qos();
    if (qos == Qos.AT_LEAST_ONCE) {
      client.send(Ack.of(PacketType.PUBACK, publish.packetId()));
    } else if (qos == Qos.EXACTLY_ONCE) {
      client.send(Ack.of(PacketType.PUBREC, publish.packetId()));
      client.expect(Ack.class);
      client.send(Ack.of(PacketType.PUBCOMP, publish.packetId()));
    }
    return publish.message();
  }

  /** Returns the next message to the topic, in words; "none" if none comes soon. */
  String next() throws InterruptedException {
    return words(arrived.poll(SOON_SECONDS, TimeUnit.SECONDS));
  }

  Message nextMessage() throws InterruptedException {
    return arrived.poll(SOON_SECONDS, TimeUnit.SECONDS);
  }

  /** "none", or what should not have come. */
  String silence() throws InterruptedException {
    return words(arrived.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Returns the message that a late subscriber gets; "none" for none. */
  String late() throws IOException {
    RawClient late = subscriber("late" + id, topic, false);
    try {
      late.send(
          new Subscribe(2, List.of(Subscription.of("none", Qos.AT_MOST_ONCE)), Properties.NONE));
      return words(take(late));
    } catch (AssertionError suback) {
      return "none";
    } finally {
      late.close();
    }
  }

  static String words(Message message) {
    return message == null
        ? "none"
        : new String(message.payload())
            + " q"
            + message.qos().level()
            + (message.retain() ? " retained" : "");
  }

  @Override
  public void close() throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }
}
