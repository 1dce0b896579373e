package dev.midge.broker.battery;

import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client that is connected, answers as it should, and writes down what comes. */
final class Guest {
  private static final int FAILURE = 0x80;

  private final Door.Link link;
  private int packetId = 100;

  Guest(Door.Link link) {
    this.link = link;
  }

  private void send(Packet packet) {
    try {
      link.client().send(packet);
    } catch (IOException e) {
      // The end is seen when it is read.
    }
  }

  /** Subscribes, and returns what comes. */
  List<String> subscribe(Qos qos, String... filters) {
    List<Subscription> all = new ArrayList<>();
    for (String filter : filters) {
      all.add(Subscription.of(filter, qos));
    }
    send(new Subscribe(++packetId, all, Properties.NONE));
    return drain();
  }

  List<String> publish(String topic, String payload, Qos qos) {
    return publish(Message.of(topic, payload.getBytes(), qos, false));
  }

  /** Publishes, and returns what comes. */
  List<String> publish(Message message) {
    post(message);
    return drain();
  }

  /** Publishes, and waits for nothing. */
  void post(Message message) {
    boolean qos0 = message.qos() == Qos.AT_MOST_ONCE;
    send(new Publish(message, false, qos0 ? 0 : ++packetId));
  }

  /** Returns all that comes until the broker has no more, and acknowledges it. */
  List<String> drain() {
    List<String> all = new ArrayList<>();
    boolean more = true;
    while (more) {
      more = false;
      send(Ping.REQUEST);
      Packet packet;
      while (!((packet = link.client().take()) instanceof Ping)) {
        all.add(PacketText.of(packet));
        if (packet == null) {
          return all;
        }
        more |= answer(packet);
      }
    }
    return all;
  }

  /** Waits for the next packet, and acknowledges it. */
  String next() {
    Packet packet = link.client().take();
    answer(packet);
    return PacketText.of(packet);
  }

  private boolean answer(Packet packet) {
    if (packet instanceof Publish publish && publish.packetId() != 0) {
      boolean q1 = publish.message().qos() == Qos.AT_LEAST_ONCE;
      send(Ack.of(q1 ? PacketType.PUBACK : PacketType.PUBREC, publish.packetId()));
      return true;
    }
    if (packet instanceof Ack ack && ack.reasonCode() < FAILURE) {
      if (ack.type() == PacketType.PUBREC) {
        send(Ack.of(PacketType.PUBREL, ack.packetId()));
        return true;
      }
      if (ack.type() == PacketType.PUBREL) {
        send(Ack.of(PacketType.PUBCOMP, ack.packetId()));
        return true;
      }
    }
    return false;
  }

  /** Returns all that comes until the broker has no more, and acknowledges nothing. */
  List<String> look() {
    List<String> all = new ArrayList<>();
    send(Ping.REQUEST);
    Packet packet;
    while (!((packet = link.client().take()) instanceof Ping)) {
      all.add(PacketText.of(packet));
      if (packet == null) {
        break;
      }
    }
    return all;
  }

  /** Says DISCONNECT, and waits until the broker has closed the connection. */
  void leave() throws IOException {
    send(Disconnect.NORMAL);
    while (link.client().take() != null) {
      // What came before does not matter.
    }
    link.client().close();
  }

  /** Tears the connection. */
  void reset() throws IOException {
    link.reset().close();
  }
}
