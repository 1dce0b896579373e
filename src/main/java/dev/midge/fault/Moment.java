package dev.midge.fault;

import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The moment at which a fault happens. Directions are those of {@link Direction}. */
public sealed interface Moment {

  /** Returns the moment as a user may write it, its direction included. */
  String text();

  /** Returns the moment as its user has written it. */
  default String words() {
    return text();
  }

  /** In place of the client's DISCONNECT. */
  record End() implements Moment {
    @Override
    public PacketType packet() {
      return PacketType.DISCONNECT;
    }

    @Override
    public String text() {
      return "end";
    }
  }

  /** Behind CONNACK, when that is a success. */
  record Connected() implements Moment {
    @Override
    public String text() {
      return "connected";
    }
  }

  /** CONNACK. */
  record Connack() implements Moment {
    @Override
    public PacketType packet() {
      return PacketType.CONNACK;
    }

    @Override
    public String text() {
      return "connack";
    }
  }

  /** SUBACK. */
  record Subscribed() implements Moment {
    @Override
    public PacketType packet() {
      return PacketType.SUBACK;
    }

    @Override
    public String text() {
      return "subscribed";
    }
  }

  /** Once, some time after CONNACK. */
  record After(Duration time) implements Moment {
    @Override
    public String text() {
      return "after:" + Durations.text(time);
    }
  }

  /** Again and again, counted from CONNACK. */
  record Every(Duration time) implements Moment {
    @Override
    public String text() {
      return "every:" + Durations.text(time);
    }
  }

  /**
   * The arrival of the last of so many bytes.
   *
   * @param count at least 1
   */
  record Bytes(Direction direction, long count) implements Moment {
    @Override
    public String text() {
      return "bytes" + suffix(direction) + ":" + count;
    }
  }

  /** The end of standard input; at a client only. */
  record Eof() implements Moment {
    @Override
    public String text() {
      return "eof";
    }
  }

  /**
   * Packets of one kind, counted from 1 on each connection.
   *
   * @param first at least 1
   * @param last {@link Long#MAX_VALUE} for no end
   * @param step 1 for each, n for each n-th, beginning with {@code first}
   * @param isShort whether the user left the direction out, as a client's may
   */
  record Packets(
      PacketType packet, Direction direction, long first, long last, long step, boolean isShort)
      implements Moment {
    /** Makes the moment of packets whose direction is written. */
    public Packets(PacketType packet, Direction direction, long first, long last, long step) {
      this(packet, direction, first, last, step, false);
    }

    /** Makes the moment of one packet. */
    public Packets(PacketType packet, Direction direction, long number) {
      this(packet, direction, number, number, 1);
    }

    /** Returns whether the packet of that number, from 1, is one of them. */
    public boolean has(long number) {
      return number >= first && number <= last && (number - first) % step == 0;
    }

    @Override
    public String text() {
      return text(direction);
    }

    @Override
    public String words() {
      return isShort ? text(Direction.BOTH) : text();
    }

    private String text(Direction written) {
      String which =
          first == last
              ? String.valueOf(first)
              : last < Long.MAX_VALUE ? first + ".." + last : step == 1 ? "*" : "every/" + step;
      return packet.name().toLowerCase(Locale.ROOT) + suffix(written) + ":" + which;
    }
  }

  /** A PUBLISH whose topic matches. */
  record Topic(String filter) implements Moment {
    @Override
    public PacketType packet() {
      return PacketType.PUBLISH;
    }

    @Override
    public String text() {
      return "topic:" + filter;
    }
  }

  /**
   * Any packet, by chance.
   *
   * @param probability 0 (never) to 1 (always)
   */
  record Random(double probability) implements Moment {
    @Override
    public String text() {
      return "random:" + probability;
    }
  }

  /** Returns the packet that is always in its place; null where there is none, or any. */
  default @Nullable PacketType packet() {
    return null;
  }

  /** Returns whether a packet is in its place. */
  default boolean hasPacket() {
    return packet() != null || this instanceof Random;
  }

  private static String suffix(Direction direction) {
    return switch (direction) {
      case IN -> "-in";
      case OUT -> "-out";
      case BOTH -> "";
    };
  }
}
