package dev.midge.fault;

import static dev.midge.fault.FaultSide.BROKER;
import static dev.midge.fault.FaultSide.CLIENT;
import static dev.midge.fault.FaultSide.PROXY;

import java.util.Set;

/** The effects of faults: their words, whose they are, and what they do to a connection. */
public enum EffectKind {
  CLOSE("close", "", "TCP FIN without DISCONNECT", Nature.END, CLIENT, BROKER, PROXY),
  RESET("reset", "", "TCP RST", Nature.END, CLIENT, BROKER, PROXY),
  FREEZE(
      "freeze",
      "[:in|:out]",
      "nothing is read or written any more, or in one direction only; the socket stays open",
      Nature.END,
      CLIENT,
      BROKER,
      PROXY),
  KILL("kill", "", "the process is gone, status 137", Nature.END, CLIENT),
  WILL(
      "will",
      "",
      "DISCONNECT 0x04, which asks the broker to publish the will; MQTT 5 only",
      Nature.END,
      CLIENT),
  REASON(
      "reason",
      ":NN",
      "DISCONNECT with that reason code; at connack a CONNACK with it, at an acknowledgement that packet with it",
      Nature.PACKET_OR_END,
      CLIENT,
      BROKER,
      PROXY),
  TRUNCATE(
      "truncate",
      "",
      "half of the moment's packet, then FIN; or truncate+reset, truncate+freeze",
      Nature.PACKET,
      CLIENT,
      BROKER,
      PROXY),
  GARBAGE(
      "garbage",
      "",
      "a malformed packet in place of the moment's packet",
      Nature.PACKET_OR_STATE,
      CLIENT,
      BROKER,
      PROXY),
  TAKEOVER(
      "takeover", "", "a second connection with the same client id", Nature.END, CLIENT, PROXY),
  REFUSE(
      "refuse",
      "[:tcp]",
      "CONNACK 0x88 (MQTT 3: 3); with tcp, a RST before anything is read",
      Nature.PACKET,
      BROKER,
      PROXY),
  NACK(
      "nack",
      "[:NN]",
      "the moment's packet is answered with a refusal: CONNACK, PUBACK, PUBREC, SUBACK, ...",
      Nature.PACKET,
      BROKER),
  SILENT("silent", "", "the moment's packet is never answered", Nature.PACKET, BROKER),
  BLACKOUT(
      "blackout",
      ":DURATION",
      "no bytes pass for that time, then all that have waited",
      Nature.STATE,
      CLIENT,
      BROKER,
      PROXY),
  DELAY(
      "delay",
      ":DURATION[±JITTER]",
      "latency, from the moment on",
      Nature.STATE,
      CLIENT,
      BROKER,
      PROXY),
  THROTTLE(
      "throttle",
      ":BYTES/s",
      "bandwidth of each direction, from the moment on",
      Nature.STATE,
      CLIENT,
      BROKER,
      PROXY),
  SLICE(
      "slice",
      ":BYTES[:DURATION]",
      "small writes with pauses, from the moment on",
      Nature.STATE,
      CLIENT,
      BROKER,
      PROXY),
  DROP(
      "drop",
      "",
      "the moment's packet is swallowed; " + Nature.BREAKS,
      Nature.PACKET,
      BROKER,
      PROXY),
  DUPLICATE(
      "duplicate",
      "",
      "the moment's packet comes twice; " + Nature.BREAKS,
      Nature.PACKET,
      BROKER,
      PROXY),
  CORRUPT(
      "corrupt",
      "",
      "the moment's packet has a flipped bit; " + Nature.BREAKS,
      Nature.PACKET,
      BROKER,
      PROXY),
  REORDER(
      "reorder",
      "",
      "the moment's packet changes places with the next; " + Nature.BREAKS,
      Nature.PACKET,
      BROKER,
      PROXY);

  /** An effect concerns a packet, the state of a connection, or its end. */
  public enum Nature {
    /** The connection ends, or is not usable any more. */
    END,
    /** The moment's packet is changed, so that there has to be one. */
    PACKET,
    /** At an answer, that is changed; at any other moment, the connection ends. */
    PACKET_OR_END,
    /** At a packet, that is replaced; at any other moment, a packet is added. */
    PACKET_OR_STATE,
    /** The connection goes on, in another way. */
    STATE;

    /** Said of effects that no network has on TCP. */
    static final String BREAKS = "breaks the protocol, not the network";
  }

  private final String word;
  private final String argument;
  private final String description;
  private final Nature nature;
  private final Set<FaultSide> sides;

  EffectKind(String word, String argument, String description, Nature nature, FaultSide... sides) {
    this.word = word;
    this.argument = argument;
    this.description = description;
    this.nature = nature;
    this.sides = Set.of(sides);
  }

  /** Returns the word of {@code --fault}. */
  public String word() {
    return word;
  }

  /** Returns the form of the argument with its colon; empty for none. */
  public String argument() {
    return argument;
  }

  /** Returns what happens, for help and docs. */
  public String description() {
    return description;
  }

  public Nature nature() {
    return nature;
  }

  /** Returns whether that side can make it happen. */
  public boolean isOf(FaultSide side) {
    return sides.contains(side);
  }
}
