package dev.midge.broker.fault;

import dev.midge.fault.Direction;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Disconnect;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Ping;
import dev.midge.mqtt.packet.Publish;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsubscribe;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A conversation in which a moment comes, by the last of its acts.
 *
 * @param direction of the moment's packet; BOTH for a moment without one, behind the last act
 */
record Script(List<Act> acts, Direction direction) {
  private static final ProtocolVersion V5 = ProtocolVersion.V5;
  static final String PINGRESP = "d000";

  /** Something that happens next. */
  interface Act {
    void play(Scene scene, Observer observer) throws Exception;
  }

  /** A packet that the client sends. */
  record Send(Packet packet) implements Act {
    @Override
    public void play(Scene scene, Observer observer) {
      observer.send(packet);
    }
  }

  /** Bytes that the client sends. */
  record Bytes(ByteBuffer bytes) implements Act {
    @Override
    public void play(Scene scene, Observer observer) {
      observer.send(bytes.duplicate());
    }
  }

  static final Act PING = new Send(Ping.REQUEST);

  private static final Packet FENCE = new Unsubscribe(0x7F7F, List.of("-"), Properties.NONE);
  private static final String FENCED = "b0047f7f0011"; // UNSUBACK: no such subscription

  private static final Act LEAVE = new Send(Disconnect.NORMAL);

  private static Act subscribe(Qos qos) {
    return new Send(new Subscribe(9, List.of(Subscription.of("a/#", qos)), Properties.NONE));
  }

  private static Act publish(int id, Qos qos) {
    return new Send(new Publish(Message.of("b/" + id, new byte[] {'m'}, qos, false), false, id));
  }

  private static Act get(String topic, Qos qos) {
    return (scene, observer) -> scene.publish(topic, qos);
  }

  private static Act ack(PacketType type, int id) {
    return new Send(Ack.of(type, id));
  }

  private static Script out(Act... acts) {
    return new Script(List.of(acts), Direction.OUT);
  }

  private static Script in(Act... acts) {
    return new Script(List.of(acts), Direction.IN);
  }

  private static Script behind(Act... acts) {
    return new Script(List.of(acts), Direction.BOTH);
  }

  private static Act[] pings(Act connect, int count) {
    List<Act> acts = new ArrayList<>(List.of(connect));
    acts.addAll(Collections.nCopies(count, PING));
    return acts.toArray(new Act[0]);
  }

  /**
   * Returns whether the moment ever comes at the broker: it offers no method, and takes no AUTH.
   */
  static boolean comes(String moment) {
    return !moment.startsWith("auth");
  }

  /**
   * Returns the conversation for a moment.
   *
   * @param id of the client, seven characters
   */
  static Script of(String moment, String id) {
    Act connect = new Send(Scene.connect(V5, id));
    Qos q0 = Qos.AT_MOST_ONCE;
    Qos q1 = Qos.AT_LEAST_ONCE;
    Qos q2 = Qos.EXACTLY_ONCE;
    Act pubrec = ack(PacketType.PUBREC, 1);
    Act pubrel = ack(PacketType.PUBREL, 2);
    Act get2 = get("a/1", q2);
    Act unsubscribe = new Send(new Unsubscribe(8, List.of("a/#"), Properties.NONE));
    return switch (moment) {
      case "connect-out:1", "random:1" -> out(connect);
      case "connack", "connack-in:1" -> in(connect);
      case "connected", "after:200ms", "every:200ms" -> behind(connect);
      case "subscribe-out:1" -> out(connect, subscribe(q1));
      case "subscribed", "suback-in:1" -> in(connect, subscribe(q1));
      case "unsubscribe-out:1" -> out(connect, subscribe(q1), unsubscribe);
      case "unsuback-in:1" -> in(connect, subscribe(q1), unsubscribe);
      case "publish-out:1..2", "publish-out:*" -> out(connect, publish(2, q1));
      case "publish-out:2", "publish-out:every/2" -> out(connect, publish(1, q1), publish(2, q1));
      case "publish-in:2" -> in(connect, subscribe(q0), get("a/1", q0), get("a/2", q0));
      case "topic:a/#" -> in(connect, subscribe(q0), get("a/1", q0));
      case "puback-in:1" -> in(connect, publish(2, q1));
      case "puback-out:1" -> out(connect, subscribe(q1), get("a/1", q1), ack(PacketType.PUBACK, 1));
      case "pubrec-in:1" -> in(connect, publish(2, q2));
      case "pubrel-out:1" -> out(connect, publish(2, q2), pubrel);
      case "pubcomp-in:1" -> in(connect, publish(2, q2), pubrel);
      case "pubrec-out:1" -> out(connect, subscribe(q2), get2, pubrec);
      case "pubrel-in:1" -> in(connect, subscribe(q2), get2, pubrec);
      case "pubcomp-out:1" -> out(connect, subscribe(q2), get2, pubrec, ack(PacketType.PUBCOMP, 1));
      case "pingreq-out:1" -> out(connect, PING);
      case "pingresp-in:1" -> in(connect, PING);
      case "end", "disconnect-out:1" -> out(connect, LEAVE);
      case "disconnect-in:1" -> in(connect, (scene, observer) -> scene.client(id));
      case "bytes-out:60" -> out(pings(connect, 9)); // CONNECT has 42 bytes, PINGREQ 2
      case "bytes-in:30" -> in(pings(connect, 7)); // CONNACK has 16 bytes, PINGRESP 2
      case "bytes:100" -> out(pings(connect, 11));
      default -> throw new IllegalArgumentException(moment + ": a moment without a script");
    };
  }

  /** Returns the moment's packet, if the client sends it. */
  Packet packet() {
    return ((Send) last()).packet();
  }

  Act last() {
    return acts.get(acts.size() - 1);
  }

  /** Returns the same conversation with another end. */
  Script ending(Act... other) {
    List<Act> changed = new ArrayList<>(acts.subList(0, acts.size() - 1));
    changed.addAll(List.of(other));
    return new Script(changed, direction);
  }

  /** Returns the conversation in which the client sends the last packet twice. */
  Script doubled() {
    return ending(
        (scene, observer) -> {
          last().play(scene, observer);
          last().play(scene, observer);
        });
  }

  /** Returns the conversation with a bit flipped in the last packet. */
  Script flipped(int bit) {
    ByteBuffer bytes = PacketEncoder.encode(packet(), V5);
    bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ 1 << bit % 8));
    return ending(new Bytes(bytes));
  }

  /** Returns the number of bytes of the last packet. */
  int size() {
    return PacketEncoder.size(packet(), V5);
  }

  /** Plays all acts but the last; each has an answer. */
  void begin(Scene scene, Observer observer) throws Exception {
    for (int i = 0; i < acts.size() - 1; i++) {
      int before = observer.packets().size();
      acts.get(i).play(scene, observer);
      Scene.until(() -> observer.packets().size() > before);
    }
  }

  /**
   * Plays all acts with a broker without faults.
   *
   * @return what has come, the end apart
   */
  List<String> play(Scene scene, Observer observer) throws Exception {
    if (acts.isEmpty()) {
      return List.of();
    }
    begin(scene, observer);
    last().play(scene, observer);
    observer.send(FENCE);
    // Behind the answer, whatever there was to come has come. No other act has such an answer.
    Scene.until(() -> observer.end() != Observer.End.OPEN || observer.endsIn(FENCED, 0));
    List<String> packets = observer.packets();
    return observer.end() == Observer.End.OPEN ? packets.subList(0, packets.size() - 1) : packets;
  }
}
