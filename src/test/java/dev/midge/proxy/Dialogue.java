package dev.midge.proxy;

import dev.midge.fault.Direction;
import dev.midge.fault.Moment;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Auth;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dialogue of client and broker in which every kind of packet goes each way that it can. */
final class Dialogue {
  static final ProtocolVersion VERSION = ProtocolVersion.V5;
  static final String CLIENT = "victim";

  /** One packet of the dialogue. */
  record Step(Direction direction, Packet packet, byte[] bytes) {
    boolean isOut() {
      return direction == Direction.OUT;
    }
  }

  private Dialogue() {}

  static List<Step> steps(boolean brokerDisconnects) {
    List<Step> steps = new ArrayList<>();
    out(steps, connect(CLIENT));
    in(steps, new Connack(false, 0, Properties.NONE));
    out(
        steps,
        new Subscribe(1, List.of(Subscription.of("in/#", Qos.EXACTLY_ONCE)), Properties.NONE));
    in(steps, new Suback(1, List.of(2), Properties.NONE));
    out(steps, publish("out/1", Qos.AT_LEAST_ONCE, 2));
    in(steps, Ack.of(PacketType.PUBACK, 2));
    out(steps, publish("out/2", Qos.EXACTLY_ONCE, 3));
    in(steps, Ack.of(PacketType.PUBREC, 3));
    out(steps, Ack.of(PacketType.PUBREL, 3));
    in(steps, Ack.of(PacketType.PUBCOMP, 3));
    in(steps, publish("in/1", Qos.AT_LEAST_ONCE, 1));
    out(steps, Ack.of(PacketType.PUBACK, 1));
    in(steps, publish("in/2", Qos.EXACTLY_ONCE, 2));
    out(steps, Ack.of(PacketType.PUBREC, 2));
    in(steps, Ack.of(PacketType.PUBREL, 2));
    out(steps, Ack.of(PacketType.PUBCOMP, 2));
    out(steps, new Unsubscribe(4, List.of("in/#"), Properties.NONE));
    in(steps, new Unsuback(4, List.of(0), Properties.NONE));
    out(steps, Ping.REQUEST);
    in(steps, Ping.RESPONSE);
    out(steps, new Auth(0x18, Properties.NONE));
    in(steps, new Auth(0x18, Properties.NONE));
    if (brokerDisconnects) {
      in(steps, new Disconnect(0x8B, Properties.NONE));
    } else {
      out(steps, Disconnect.NORMAL);
    }
    return steps;
  }

  static Connect connect(String clientId) {
    Will will = new Will(Message.of("will", "gone".getBytes(), Qos.AT_LEAST_ONCE, false));
    return new Connect(
        VERSION, true, 60, clientId, will, "user", "secret".getBytes(), Properties.NONE);
  }

  private static Publish publish(String topic, Qos qos, int id) {
    byte[] payload = "the payload of a message".getBytes();
    return new Publish(Message.of(topic, payload, qos, false), false, id);
  }

  private static void out(List<Step> steps, Packet packet) {
    steps.add(new Step(Direction.OUT, packet, bytes(packet)));
  }

  private static void in(List<Step> steps, Packet packet) {
    steps.add(new Step(Direction.IN, packet, bytes(packet)));
  }

  static byte[] bytes(Packet packet) {
    ByteBuffer encoded = PacketEncoder.encode(packet, VERSION);
    return Arrays.copyOfRange(encoded.array(), encoded.position(), encoded.limit());
  }

  /**
   * Returns the first step at which the moment comes, and which is its packet or its last bytes.
   */
  static int indexOf(List<Step> steps, Moment moment) {
    long bytes = 0;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      if (moment instanceof Moment.Bytes counted) {
        bytes += counted.direction().covers(step.direction()) ? step.bytes().length : 0;
        if (bytes >= counted.count()) {
          return i;
        }
      } else if (isAt(moment, step)) {
        return i;
      }
    }
    throw new AssertionError("the dialogue has no " + moment.text());
  }

  private static boolean isAt(Moment moment, Step step) {
    PacketType type = step.packet().type();
    if (moment instanceof Moment.Packets packets) {
      return packets.packet() == type && packets.direction().covers(step.direction());
    }
    if (moment instanceof Moment.Topic topic) {
      return step.packet() instanceof Publish publish
          && publish.message().topic().equals(topic.filter());
    }
    if (moment instanceof Moment.Random) {
      return true;
    }
    if (moment instanceof Moment.End) {
      return type == PacketType.DISCONNECT;
    }
    if (moment instanceof Moment.Subscribed) {
      return type == PacketType.SUBACK;
    }
    return type == PacketType.CONNACK; // connack, connected, after, every
  }
}
