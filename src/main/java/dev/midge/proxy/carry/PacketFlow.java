package dev.midge.proxy.carry;

import dev.midge.fault.Direction;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.packet.Connack;
import dev.midge.mqtt.packet.Connect;
import dev.midge.mqtt.packet.PacketType;
import dev.midge.mqtt.packet.Suback;
import dev.midge.proxy.event.PassedPacket;
import dev.midge.proxy.packet.PacketHeader;
import dev.midge.proxy.packet.PacketReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one direction, packet by packet. Bytes pass as they are, in as few writes as
 * possible, but where a fault is due; what is no MQTT passes as well. For one thread.
 */
final class PacketFlow {
  /** A larger PUBLISH passes while it comes, when its topic is known. */
  private static final int LARGE = 64 * 1024;

  /** Another packet is larger than that only if somebody tries it. */
  private static final int HUGE = 1024 * 1024;

  private static final int MOST_TELLING = 5;

  /** The beginning of an alert, or of a handshake, of any version. */
  private static final Pattern TLS = Pattern.compile("[\\x15\\x16]\\x03");

  private final Direction direction;
  private final LinkState state;
  private final Gate gate;
  private final Decider decider;
  private final EffectCarrier effects;
  private final ProxyContext around;
  private final PacketReading reading;
  private final PacketReading opposite;
  private final Runnable onConnected;

  private long passing; // bytes of a packet of which no more has to be known
  private @Nullable Decision atItsEnd;
  private @Nullable ByteArrayOutputStream collecting;
  private byte @Nullable [] movedBack;
  private boolean opaque;
  private boolean holding;
  private boolean begun;

  /**
   * @param reading of this direction
   * @param opposite that of the other one
   * @param onConnected called when CONNACK has told the client that it is connected
   */
  PacketFlow(
      Direction direction,
      LinkState state,
      Gate gate,
      Decider decider,
      EffectCarrier effects,
      ProxyContext around,
      PacketReading reading,
      PacketReading opposite,
      Runnable onConnected) {
    this.direction = direction;
    this.state = state;
    this.gate = gate;
    this.decider = decider;
    this.effects = effects;
    this.around = around;
    this.reading = reading;
    this.opposite = opposite;
    this.onConnected = onConnected;
  }

  /**
   * Passes on what has come.
   *
   * @return how many bytes at the end are kept, for the packet that they begin
   */
  int pass(byte[] bytes, int end) throws IOException {
    gate.refresh();
    int from = 0; // not written yet
    int at = 0; // not looked at yet
    while (at < end) {
      if (passing > 0) {
        int step = (int) Math.min(passing, end - at);
        passing -= opaque ? 0 : step;
        if (collecting != null) {
          collecting.write(bytes, at, step);
          from = at + step;
        }
        at += step;
        if (passing == 0) {
          from = completed(bytes, from, at);
        }
        continue;
      }
      PacketHeader header = PacketHeader.at(bytes, at, end);
      if (isBeforeConnect(bytes[at])
          || isOther(bytes, at, end)
          || header != null && !header.isMqtt()) {
        notUnderstood("no MQTT" + insteadOf(bytes, at, end));
        opaque = true;
        passing = Long.MAX_VALUE;
        continue;
      }
      if (header == null || isIncomplete(header, bytes, at, end)) {
        break;
      }
      state.countPacket(direction);
      begun = true;
      if (!isLookedAt(header)) {
        passing = header.length();
        continue;
      }
      Decision decision = decide(header, bytes, at, end);
      if (decision.isPlain() && !decision.connects() && movedBack == null) {
        passing = header.length();
        continue;
      }
      write(bytes, from, at);
      from = at;
      effects.carry(decision.before(), direction, decision);
      gate.refresh();
      holdAnswers(decision);
      atItsEnd = decision;
      passing = header.length();
      collecting = decision.changesPacket() ? new ByteArrayOutputStream() : null;
    }
    write(bytes, from, at);
    return end - at;
  }

  /** Returns where the bytes begin that are not written yet. */
  private int completed(byte[] bytes, int from, int at) throws IOException {
    Decision decision = atItsEnd;
    if (decision == null) {
      return from;
    }
    atItsEnd = null;
    byte[] back = movedBack;
    boolean moves = false;
    if (collecting == null) {
      write(bytes, from, at);
    } else {
      byte[] changed = decision.changed(collecting.toByteArray());
      collecting = null;
      moves = decision.movesBack() && back == null;
      if (moves) {
        movedBack = changed;
      } else {
        gate.write(changed, 0, changed.length, true, dues -> effects.carry(dues, direction));
      }
    }
    if (back != null) {
      movedBack = null;
      gate.write(back, 0, back.length, true, dues -> effects.carry(dues, direction));
    }
    happen(decision);
    return at;
  }

  private void happen(Decision decision) throws IOException {
    if (!decision.after().isEmpty() || decision.connects()) {
      gate.settle();
    }
    effects.carry(decision.after(), direction, decision);
    if (decision.connects()) {
      state.connected(); // Before it is told: whoever hears of it may ask.
      around.listener().connected(state.name());
      effects.carry(state.faults().connected(), direction);
      onConnected.run();
    }
    release();
    state.awaitPassage(direction);
    gate.refresh();
  }

  private void holdAnswers(Decision decision) throws IOException {
    // What is due at connected has begun when the client hears that it is.
    if (decision.stopsAnswers() || decision.connects() && !around.plan().isEmpty()) {
      state.holdOpposite(direction);
      holding = true;
    }
  }

  /** Lets the other direction go on, whatever has become of the packet that held it. */
  void release() {
    if (holding) {
      holding = false;
      state.releaseOpposite(direction);
    }
  }

  private void write(byte[] bytes, int from, int to) throws IOException {
    if (to > from) {
      boolean whole = passing == 0;
      gate.write(bytes, from, to - from, whole, dues -> effects.carry(dues, direction));
    }
  }

  /** Passes on what is kept when the sender has ended. */
  void end(byte[] bytes, int kept) throws IOException {
    if (collecting != null) {
      byte[] begun = collecting.toByteArray();
      collecting = null;
      write(begun, 0, begun.length);
    }
    write(bytes, 0, kept);
    if (movedBack != null) {
      write(movedBack, 0, movedBack.length);
      movedBack = null;
    }
  }

  /** Returns whether more has to come before the packet can be looked at. */
  private boolean isIncomplete(PacketHeader header, byte[] bytes, int at, int end) {
    if (header.length() <= end - at || !isLookedAt(header)) {
      return false;
    }
    boolean publish = header.type() == PacketType.PUBLISH;
    int most = publish ? LARGE : HUGE;
    return header.length() <= most
        || end - at < LARGE && publish && reading.head(header, bytes, at, end) == null;
  }

  private boolean isLookedAt(PacketHeader header) {
    return movedBack != null
        || header.type() == PacketType.CONNECT
        || header.type() == PacketType.CONNACK
        || header.type() == PacketType.SUBACK
        || header.type() == PacketType.PUBLISH && reading.hasAliases()
        || decider.wantsPackets();
  }

  private boolean isBeforeConnect(byte first) {
    return state.version() == null && PacketType.ofFirstByte(first) != PacketType.CONNECT;
  }

  /** Returns whether the first bytes are plainly those of another protocol. */
  private boolean isOther(byte[] bytes, int from, int to) {
    return !begun && !insteadOf(bytes, from, to).isEmpty();
  }

  /** Returns words for what comes in place of MQTT, where that is plain to see. */
  private static String insteadOf(byte[] bytes, int from, int to) {
    String start =
        new String(bytes, from, Math.min(to - from, MOST_TELLING), StandardCharsets.ISO_8859_1);
    return start.startsWith("HTTP/") || start.startsWith("GET ")
        ? " but HTTP"
        : TLS.matcher(start).lookingAt() ? " but TLS" : "";
  }

  private Decision decide(PacketHeader header, byte[] bytes, int at, int end) {
    PassedPacket packet = read(header, bytes, at, end);
    if (packet.problem() != null) {
      notUnderstood(packet.type() + ": " + packet.problem());
    }
    if (packet.packet() instanceof Connect connect && state.connect() == null) {
      state.connect(connect);
      reading.version(connect.version());
      opposite.version(connect.version());
      opposite.allowAliases(connect.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0));
    } else if (packet.packet() instanceof Connack connack) {
      opposite.allowAliases(connack.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0));
      String assigned = connack.properties().text(Property.ASSIGNED_CLIENT_IDENTIFIER);
      state.clientId(assigned == null ? "" : assigned);
    } else if (packet.packet() instanceof Suback suback && grants(suback)) {
      state.subscribed();
      around.listener().subscribed(state.name());
    }
    if (around.listener().wantsPackets()) {
      around.listener().packet(state.name(), direction, packet);
    }
    return decider.decide(direction, packet);
  }

  private static boolean grants(Suback suback) {
    return suback.reasonCodes().stream().anyMatch(code -> code < ReasonCode.UNSPECIFIED_ERROR);
  }

  private PassedPacket read(PacketHeader header, byte[] bytes, int at, int end) {
    if (header.length() <= end - at) {
      return reading.whole(header, bytes, at);
    }
    PassedPacket head =
        header.type() == PacketType.PUBLISH ? reading.head(header, bytes, at, end) : null;
    return head == null ? reading.unreadable(header, "too large to be read here") : head;
  }

  private void notUnderstood(String why) {
    if (state.tellOnce()) {
      around.listener().notUnderstood(state.name(), direction, why);
    }
  }

  /** Returns a buffer with room for more, which has the kept bytes at its beginning. */
  byte[] bufferFor(byte[] buffer, int filled, int kept) {
    boolean full = filled == buffer.length;
    if (full && (buffer.length < LARGE || kept == buffer.length)) {
      return Arrays.copyOf(buffer, buffer.length * 2);
    }
    return kept == 0 && buffer.length > LARGE ? new byte[LARGE] : buffer;
  }
}
