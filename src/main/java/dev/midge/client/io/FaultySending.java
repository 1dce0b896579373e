package dev.midge.client.io;

import dev.midge.client.FaultWatch;
import dev.midge.fault.Direction;
import dev.midge.fault.Effect;
import dev.midge.fault.EffectKind;
import dev.midge.fault.MalformedPacket;
import dev.midge.fault.Moment;
import dev.midge.fault.plan.Due;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.codec.PacketEncoder;
import dev.midge.mqtt.packet.Ack;
import dev.midge.mqtt.packet.Packet;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for each packet that is to be sent what is due, changes it where that is the fault, and cuts
 * it where so many bytes have passed. Used by {@link PacketWriter}, under its lock: {@link #begin},
 * {@link #next} until there is none, {@link #end}; {@link #decided} in any case.
 */
final class FaultySending {
  private static final int PIECE_BYTES = 16 * 1024;

  private final FaultWatch watch;
  private final ProtocolVersion version;
  private final AliasedTopics topics = new AliasedTopics();
  private final List<Due> behind = new ArrayList<>();
  private final List<Due> late = new ArrayList<>();
  private final List<Due> ends = new ArrayList<>();
  private @Nullable Packet packet;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int passing;
  private boolean undecided;

  FaultySending(FaultWatch watch, ProtocolVersion version) {
    this.watch = watch;
    this.version = version;
  }

  boolean isStruck() {
    return watch.isStruck();
  }

  /** Begins with a packet; returns it as it is sent, null when it is not. */
  @Nullable Packet begin(Packet toSend) {
    packet = toSend;
    passing = 0;
    behind.clear();
    ends.clear();
    Packet sent = toSend;
    int half = 0;
    boolean swallowed = false;
    boolean garbage = false;
    for (Due due : watch.packet(Direction.OUT, toSend, topics.of(toSend))) {
      boolean before = due.planned().fault().moment() instanceof Moment.End || isDeafness(due);
      if (before && !FaultWatch.isEnd(due, toSend.type())) {
        watch.happen(List.of(due), null);
        continue;
      }
      if (FaultWatch.isEnd(due, toSend.type())) {
        watch.strikeBehind();
        ends.add(due);
      } else {
        watch.willHappen(due, toSend);
        behind.add(due);
      }
      for (Effect effect : due.effects()) {
        if (effect.kind() == EffectKind.TRUNCATE) {
          half = Math.max(1, PacketEncoder.size(toSend, version) / 2);
        }
        garbage |= effect.kind() == EffectKind.GARBAGE;
        if (effect instanceof Effect.Reason reason && due.isInPlace(toSend.type())) {
          sent = refused((Ack) toSend, reason.code());
        }
      }
      swallowed |= due.planned().fault().moment() instanceof Moment.End;
    }
    if (garbage) {
      bytes = ByteBuffer.wrap(MalformedPacket.bytes());
      return null;
    }
    if (half == 0 && swallowed) {
      bytes = ByteBuffer.allocate(0);
      return null;
    }
    bytes = PacketEncoder.encode(sent, version);
    if (half > 0) {
      bytes.limit(half);
    }
    return sent;
  }

  /** The answer to the packet may come at once, and must not be read. */
  private static boolean isDeafness(Due due) {
    return due.planned()
        .fault()
        .hasOnly(e -> e instanceof Effect.Freeze f && f.direction() == Direction.IN);
  }

  private static Ack refused(Ack ack, int code) {
    return new Ack(ack.type(), ack.packetId(), code, ack.properties());
  }

  /** Returns the next bytes to be written; null when there are none. Those before are written. */
  @Nullable ByteBuffer next() {
    if (passing > 0) {
      passed(passing);
    }
    if (!bytes.hasRemaining() || watch.isStruck()) {
      return null;
    }
    long until = watch.untilBytes(Direction.OUT);
    passing = (int) Math.min(Math.min(bytes.remaining(), PIECE_BYTES), until);
    if (passing == until || !behind.isEmpty() && passing == bytes.remaining()) {
      undecided = true;
      watch.undecided();
    }
    ByteBuffer piece = bytes.slice(bytes.position(), passing);
    bytes.position(bytes.position() + passing);
    return piece;
  }

  /** In the middle of a packet nothing but its end can follow: other last words come behind it. */
  private void passed(int count) {
    for (Due due : watch.bytes(Direction.OUT, count)) {
      boolean speaks =
          due.planned()
              .fault()
              .hasAny(
                  effect ->
                      switch (effect.kind()) {
                        case WILL, REASON, GARBAGE -> true;
                        default -> false;
                      });
      if (speaks && bytes.hasRemaining()) {
        late.add(due);
        watch.strikeBehind();
      } else {
        watch.happen(List.of(due), null);
      }
    }
  }

  /** Ends the wait for all that is due behind a piece, also where that could not be written. */
  void decided() {
    if (undecided) {
      undecided = false;
      watch.decided();
    }
  }

  /** The packet was written: what is due behind it happens. */
  void end() {
    behind.forEach(watch::spoil);
    watch.happen(late, null);
    late.clear();
    if (packet != null) {
      watch.happen(ends, packet);
    }
  }
}
