package dev.midge.broker.fault;

import static dev.midge.broker.fault.Seen.alive;
import static dev.midge.broker.fault.Seen.and;
import static dev.midge.broker.fault.Seen.closed;
import static dev.midge.broker.fault.Seen.silent;

import dev.midge.broker.fault.Observer.End;
import dev.midge.broker.fault.Script.Bytes;
import dev.midge.broker.fault.Script.Send;
import dev.midge.broker.fault.Seen.WillComes;
import dev.midge.fault.FaultPairs.Pair;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import dev.midge.mqtt.packet.PacketType;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a client should see of a fault at the broker. It is taken from a conversation with a broker
 * without faults, in which the client itself drops, repeats or spoils its packet where the fault
 * would.
 */
final class Expectations {
  static final String GARBAGE = "00ffffffffff";
  private static final String DISCONNECT = "e00182";

  /** Acknowledgements, which carry a reason themselves. */
  private static final Set<PacketType> ACKS =
      Set.of(PacketType.PUBACK, PacketType.PUBREC, PacketType.PUBREL, PacketType.PUBCOMP);

  private final Scene clean;
  private final Pair pair;
  private final Script script;

  /**
   * @param clean has no faults
   */
  Expectations(Scene clean, Pair pair, Script script) {
    this.clean = clean;
    this.pair = pair;
    this.script = script;
  }

  Seen seen() throws Exception {
    Seen plain = play(script);
    Seen before = play(new Script(script.acts().subList(0, script.acts().size() - 1), null));
    return switch (script.direction()) {
      case IN -> in(plain, before.packets(), plain.packets().get(before.packets().size()));
      case OUT -> out(plain, before.packets());
      case BOTH -> behind(plain.packets());
    };
  }

  /** Plays a conversation with a broker without faults. */
  Seen play(Script other) throws Exception {
    try (Observer observer = clean.observer(ProtocolVersion.V5)) {
      List<String> packets = other.play(clean, observer);
      return observer.end() == End.OPEN
          ? alive(packets)
          : closed(packets, observer.end(), WillComes.NOW);
    }
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(pair + ": a pair without an expectation");
  }

  /** Behind CONNACK, without a packet. */
  private Seen behind(List<String> all) {
    return switch (pair.effect()) {
      case "close" -> closed(all, End.FIN, WillComes.NOW);
      case "reset" -> closed(all, End.RST, WillComes.NOW);
      case "freeze", "freeze:in", "freeze:out" -> silent(all, WillComes.LATER);
      case "reason:0x82" -> closed(and(all, DISCONNECT), End.FIN, WillComes.NOW);
      case "garbage" -> alive(and(all, GARBAGE));
      case "blackout:300ms", "delay:300ms", "throttle:2000", "slice:3:1ms" -> alive(all);
      default -> throw unknown();
    };
  }

  /** At a packet that comes to the client. */
  private Seen in(Seen plain, List<String> before, String packet) {
    boolean connack = packet.startsWith("20");
    boolean bytes = pair.moment().startsWith("bytes");
    List<String> with = and(before, packet);
    // A client that is taken over: its will is out, and its connection ends.
    boolean over = pair.moment().equals("disconnect-in:1");
    WillComes later = over ? WillComes.NOW : WillComes.LATER;
    return switch (pair.effect()) {
      case "close" -> closed(with, End.FIN, WillComes.NOW);
      case "reset" -> closed(with, End.RST, WillComes.NOW);
      case "freeze", "freeze:in" -> silent(with, later);
      case "freeze:out" -> over ? closed(with, End.FIN, later) : silent(with, later);
      case "reason:0x82" -> reason(before, packet, bytes);
      case "truncate" -> closed(and(before, half(packet)), End.FIN, WillComes.NOW);
      case "truncate+reset" -> closed(and(before, half(packet)), End.RST, WillComes.NOW);
      case "truncate+freeze" -> silent(and(before, half(packet)), later);
      case "refuse" -> closed(List.of("2003008800"), End.FIN, WillComes.NEVER);
      case "nack" ->
          connack
              ? closed(List.of("2003008700"), End.FIN, WillComes.NEVER)
              : alive(and(before, refusal(packet)));
      case "garbage" -> goesOn(over, bytes ? and(with, GARBAGE) : and(before, GARBAGE));
      case "silent", "drop" -> goesOn(over, before);
      case "reorder" -> goesOn(over, over ? before : and(before, Script.PINGRESP, packet));
      case "duplicate" -> goesOn(over, and(with, packet));
      case "corrupt", "blackout:300ms", "delay:300ms", "throttle:2000", "slice:3:1ms" ->
          goesOn(over, plain.packets());
      default -> throw unknown();
    };
  }

  private static Seen goesOn(boolean over, List<String> packets) {
    return over ? closed(packets, End.FIN, WillComes.NOW) : alive(packets);
  }

  private static Seen reason(List<String> before, String packet, boolean bytes) {
    String type = packet.substring(0, 1);
    if (!bytes && type.equals("2")) {
      return closed(List.of("2003008200"), End.FIN, WillComes.NEVER);
    }
    if (!bytes && "45679b".contains(type)) {
      String answer = refusal(packet);
      return alive(and(before, answer.substring(0, answer.length() - 2) + "82"));
    }
    return closed(and(before, packet, DISCONNECT), End.FIN, WillComes.NOW);
  }

  /** Returns the same acknowledgement, as a refusal with the reason that suits. */
  private static String refusal(String packet) {
    String first = packet.substring(0, 2);
    String id = packet.substring(4, 8);
    return switch (first.charAt(0)) {
      case '4', '5' -> first + "03" + id + "87";
      case '6', '7' -> first + "03" + id + "92";
      case '9', 'b' -> first + "04" + id + "0087";
      default -> packet; // PUBLISH, which it is not for the broker to answer
    };
  }

  private static String half(String packet) {
    return packet.substring(0, Math.max(1, packet.length() / 4) * 2);
  }

  /** At a packet that the client sends. */
  private Seen out(Seen plain, List<String> before) throws Exception {
    boolean connect = script.acts().size() == 1;
    boolean leave = script.packet().type() == PacketType.DISCONNECT;
    boolean bytes = pair.moment().startsWith("bytes");
    // Before CONNECT is handled there is no will; after DISCONNECT there is none any more.
    WillComes now = connect ? WillComes.NEVER : WillComes.NOW;
    WillComes later = connect ? WillComes.NEVER : WillComes.LATER;
    return switch (pair.effect()) {
      case "close", "truncate" -> closed(before, End.FIN, now);
      case "reset", "truncate+reset" -> closed(before, End.RST, now);
      case "freeze", "freeze:out", "truncate+freeze" -> silent(before, later);
      case "freeze:in" -> silent(before, leave ? WillComes.NEVER : WillComes.LATER);
      case "reason:0x82" ->
          bytes || !ACKS.contains(script.packet().type())
              ? closed(and(before, DISCONNECT), End.FIN, now)
              : play(script.ending(new Send(withReason(script.packet()))));
      case "garbage" ->
          bytes
              ? alive(and(before, GARBAGE, plain.packets().get(before.size())))
              : ended(play(script.ending(new Bytes(garbage()))), now);
      case "nack" -> nack(script.packet(), before);
      case "silent" -> leave ? plain.will(WillComes.NEVER) : unhandled(connect, before);
      case "drop" -> unhandled(connect, before);
      case "duplicate" -> duplicate(leave);
      case "reorder" -> reorder(plain, before, connect, leave);
      case "corrupt" -> plain;
      case "blackout:300ms", "delay:300ms", "throttle:2000", "slice:3:1ms" ->
          ended(plain, WillComes.NEVER);
      default -> throw unknown();
    };
  }

  private Seen duplicate(boolean leave) throws Exception {
    Seen twice = play(script.doubled());
    if (pair.moment().startsWith("random")) { // which concerns CONNACK, too
      return twice.packets(and(twice.packets(), twice.packets().get(0)));
    }
    return ended(twice, leave ? WillComes.NEVER : WillComes.NOW);
  }

  private Seen reorder(Seen plain, List<String> before, boolean connect, boolean leave) {
    if (connect) {
      return closed(before, End.FIN, WillComes.NEVER); // the first packet is PINGREQ
    }
    List<String> swapped = and(before, Script.PINGRESP);
    swapped.addAll(plain.packets().subList(before.size(), plain.packets().size()));
    return leave ? closed(swapped, End.FIN, WillComes.NEVER) : alive(swapped);
  }

  private static Seen unhandled(boolean connect, List<String> before) {
    return connect ? silent(before, WillComes.NEVER) : alive(before);
  }

  private static Seen ended(Seen seen, WillComes will) {
    return seen.end() == End.OPEN ? seen : seen.will(will);
  }

  private static ByteBuffer garbage() {
    return ByteBuffer.wrap(HexFormat.of().parseHex(GARBAGE));
  }

  private static Packet withReason(Packet packet) {
    Ack ack = (Ack) packet;
    return Ack.of(ack.type(), ack.packetId(), 0x82);
  }

  private static Seen nack(Packet packet, List<String> before) {
    return switch (packet.type()) {
      case CONNECT -> closed(List.of("2003008700"), End.FIN, WillComes.NEVER);
      case PUBLISH -> alive(and(before, "4003000287"));
      case SUBSCRIBE -> alive(and(before, "900400090087"));
      case UNSUBSCRIBE -> alive(and(before, "b00400080087"));
      case PUBREC -> alive(and(before, "6203000192"));
      case PUBREL -> alive(and(before, "7003000292"));
      default -> alive(before);
    };
  }
}
