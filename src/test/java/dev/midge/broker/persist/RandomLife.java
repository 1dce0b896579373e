package dev.midge.broker.persist;

import dev.midge.broker.persist.KeptRouter.KeptClient;
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
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Clients that do what comes to a seeded mind. */
final class RandomLife {
  private static final List<String> FILTERS =
      List.of("a", "a/#", "+/b", "#", "$share/g/a", "$share/g/#", "$share/h/a/+");
  private static final List<String> TOPICS = List.of("a", "a/b", "a/c", "b/b", "$SYS/x");

  private final Random random;
  private final KeptRouter router;
  private final Map<String, KeptClient> clients = new TreeMap<>();
  private int published;

  RandomLife(long seed, KeptRouter router) {
    this.random = new Random(seed);
    this.router = router;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Qos qos() {
    return Qos.values()[random.nextInt(3)];
  }

  void step() {
    String name = "c" + random.nextInt(4);
    KeptClient client = clients.get(name);
    if (client == null || client.peer.isClosed() || chance(3)) {
      clients.put(name, connect(name));
      return;
    }
    switch (random.nextInt(12)) {
      case 0, 1 -> client.send(subscribe());
      case 2 -> client.send(new Unsubscribe(7, List.of(one(FILTERS)), Properties.NONE));
      case 3, 4, 5 -> client.send(publish());
      case 6 -> client.send(Ack.of(PacketType.PUBREL, 1 + random.nextInt(5)));
      case 7, 8, 9 -> acknowledge(client);
      case 10 -> leave(client);
      default -> {
        router.time.advance(Duration.ofMillis(random.nextInt(5_000)));
        router.endTurn();
      }
    }
  }

  void dropAll() {
    clients.values().stream().filter(each -> !each.peer.isClosed()).forEach(KeptClient::drop);
  }

  private void leave(KeptClient client) {
    if (chance(50)) {
      client.drop();
    } else {
      client.send(new Disconnect(chance(50) ? 0 : 4, Properties.NONE));
    }
  }

  private KeptClient connect(String name) {
    boolean v5 = chance(70);
    Properties.Builder properties = Properties.builder();
    if (v5) {
      properties.add(Property.SESSION_EXPIRY_INTERVAL, one(List.of(0L, 3L, 20L, 0xFFFFFFFFL)));
      properties.add(Property.RECEIVE_MAXIMUM, 1 + random.nextInt(3));
    }
    KeptClient client = router.open();
    client.send(
        new Connect(
            v5 ? ProtocolVersion.V5 : ProtocolVersion.V3_1_1,
            chance(20),
            0,
            name,
            chance(40) ? will(v5) : null,
            chance(50) ? "user" : null,
            null,
            properties.build()));
    return client;
  }

  private Will will(boolean v5) {
    Properties.Builder properties = Properties.builder();
    if (v5 && chance(70)) {
      properties.add(Property.WILL_DELAY_INTERVAL, random.nextInt(8));
    }
    if (v5 && chance(30)) {
      properties.add(Property.MESSAGE_EXPIRY_INTERVAL, 30).add(Property.CONTENT_TYPE, "text/ü");
    }
    return new Will(new Message("a/b", "will".getBytes(), qos(), chance(30), properties.build()));
  }

  private Packet subscribe() {
    String filter = one(FILTERS);
    boolean noLocal = !filter.startsWith("$") && chance(20);
    Properties properties =
        chance(50)
            ? Properties.NONE
            : Properties.of(Property.SUBSCRIPTION_IDENTIFIER, 1 + random.nextInt(300));
    Subscription subscription =
        new Subscription(filter, qos(), noLocal, chance(50), random.nextInt(3));
    return new Subscribe(9, List.of(subscription), properties);
  }

  private Packet publish() {
    Qos qos = qos();
    Properties.Builder properties = Properties.builder();
    if (chance(30)) {
      properties.add(Property.MESSAGE_EXPIRY_INTERVAL, random.nextInt(20));
    }
    if (chance(30)) {
      properties.userProperty("k", "ä").add(Property.CORRELATION_DATA, new byte[] {0, 1});
      properties.add(Property.RESPONSE_TOPIC, "r").add(Property.PAYLOAD_FORMAT_INDICATOR, 1);
    }
    int length = chance(5) ? 5000 : 4;
    byte[] payload =
        chance(10) ? new byte[0] : String.format("%0" + length + "d", published++).getBytes();
    Message message = new Message(one(TOPICS), payload, qos, chance(40), properties.build());
    return new Publish(message, false, qos == Qos.AT_MOST_ONCE ? 0 : 1 + random.nextInt(5));
  }

  /** Answers one of the packets that have come. */
  private void acknowledge(KeptClient client) {
    List<Packet> wanting = new ArrayList<>();
    for (Packet each : client.peer.all()) {
      boolean publish = each instanceof Publish got && got.packetId() != 0;
      if (publish || each.type() == PacketType.PUBREL) {
        wanting.add(each);
      }
    }
    for (Packet each : wanting) {
      if (client.peer.isClosed() || chance(30)) {
        continue;
      }
      if (each instanceof Publish got) {
        boolean once = got.message().qos() == Qos.AT_LEAST_ONCE;
        client.send(Ack.of(once ? PacketType.PUBACK : PacketType.PUBREC, got.packetId()));
      } else {
        client.send(Ack.of(PacketType.PUBCOMP, ((Ack) each).packetId()));
      }
    }
  }
}
