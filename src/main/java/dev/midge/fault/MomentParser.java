package dev.midge.fault;

import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the moment of a fault. */
final class MomentParser {
  static final String MOMENTS =
      "end, connected, connack, subscribed, after:DURATION (5s, 300ms), every:DURATION,"
          + " bytes[-in|-out]:N, eof, KIND[-in|-out]:N, :N..M, :* or :every/N with the kind of a"
          + " packet (publish-out:3), topic:FILTER, random:P";

  /** The same in short, for a complaint. */
  private static final String SOME =
      "end, connected, connack, subscribed, after:5s, every:5s, bytes:N, eof, publish-out:3 and the"
          + " like, topic:FILTER, random:P";

  private static final String EVERY = "every/";

  private final FaultSide side;
  private final FaultComplaint wrong;

  MomentParser(FaultSide side, FaultComplaint wrong) {
    this.side = side;
    this.wrong = wrong;
  }

  Moment parse(String word) throws FaultSyntaxException {
    Moment plain =
        switch (word) {
          case "end" -> new Moment.End();
          case "connected" -> new Moment.Connected();
          case "connack" -> new Moment.Connack();
          case "subscribed" -> new Moment.Subscribed();
          case "eof" -> new Moment.Eof();
          default -> withArgument(word);
        };
    if (plain != null) {
      return plain;
    }
    throw wrong.because("the moment '" + word + "' is not one of " + SOME + ".");
  }

  private @Nullable Moment withArgument(String word) throws FaultSyntaxException {
    int colon = word.indexOf(':');
    String argument = word.substring(colon + 1);
    return switch (colon < 0 ? "" : word.substring(0, colon)) {
      case "after" -> new Moment.After(time("after", argument));
      case "every" -> {
        Duration time = time("every", argument);
        if (time.isZero()) {
          throw wrong.because("every takes a time above 0, such as every:5s.");
        }
        yield new Moment.Every(time);
      }
      case "topic" -> topic(argument);
      case "random" -> random(argument);
      case "bytes", "bytes-in", "bytes-out" -> bytes(word.substring(0, colon), argument);
      default -> packets(word.substring(0, Math.max(colon, 0)), argument);
    };
  }

  private Duration time(String moment, String argument) throws FaultSyntaxException {
    Duration time = Durations.parse(argument);
    if (time == null) {
      throw wrong.because(
          moment + " takes a time with a unit, such as " + moment + ":300ms or " + moment + ":5s.");
    }
    return time;
  }

  private Moment topic(String filter) throws FaultSyntaxException {
    if (!Topics.isValidFilter(filter)) {
      throw wrong.because("'" + filter + "' is not a topic filter.");
    }
    return new Moment.Topic(filter);
  }

  private Moment random(String word) throws FaultSyntaxException {
    double probability =
        word.matches("[01]|[01]?\\.[0-9]{1,15}|1\\.0+") ? Double.parseDouble(word) : -1;
    if (probability < 0 || probability > 1) {
      throw wrong.because("random:P is a probability from 0 to 1, such as random:0.01.");
    }
    return new Moment.Random(probability);
  }

  private @Nullable Moment bytes(String name, String argument) throws FaultSyntaxException {
    return Digits.are(argument, argument.length())
        ? new Moment.Bytes(direction(name), counted(argument, "bytes:N"))
        : null;
  }

  private @Nullable Moment packets(String name, String argument) throws FaultSyntaxException {
    Direction direction = direction(name);
    PacketType type =
        packet(direction == Direction.BOTH ? name : name.substring(0, name.lastIndexOf('-')));
    if (type == null) {
      return null;
    }
    boolean isShort =
        side == FaultSide.CLIENT && direction == Direction.BOTH && type == PacketType.PUBLISH;
    if (isShort) {
      direction = Direction.OUT;
    }
    String what = name + ":N";
    if (argument.equals("*")) {
      return new Moment.Packets(type, direction, 1, Long.MAX_VALUE, 1, isShort);
    }
    boolean isEvery = argument.startsWith(EVERY);
    int dots = isEvery ? -1 : argument.indexOf("..");
    String from =
        dots < 0 ? argument.substring(isEvery ? EVERY.length() : 0) : argument.substring(0, dots);
    String to = dots < 0 ? from : argument.substring(dots + 2);
    if (!Digits.are(from, from.length()) || !Digits.are(to, to.length())) {
      throw wrong.because("packets are counted from 1: " + name + ":3, :2..5, :* or :every/10.");
    }
    long first = counted(from, what);
    if (isEvery) {
      return new Moment.Packets(type, direction, first, Long.MAX_VALUE, first, isShort);
    }
    long last = counted(to, what);
    if (last < first) {
      throw wrong.because("the range " + first + ".." + last + " is empty.");
    }
    return new Moment.Packets(type, direction, first, last, 1, isShort);
  }

  private long counted(String digits, String what) throws FaultSyntaxException {
    return EffectParser.number(
        digits,
        1,
        Integer.MAX_VALUE * 1024L,
        () -> wrong.because(what + " counts from 1, such as " + what.replace("N", "3") + "."));
  }

  private static Direction direction(String name) {
    return name.endsWith("-in")
        ? Direction.IN
        : name.endsWith("-out") ? Direction.OUT : Direction.BOTH;
  }

  /** Returns the kind of packets of that word; null for none. */
  private static @Nullable PacketType packet(String word) {
    for (PacketType type : PacketType.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(word) && type.ordinal() > 0) {
        return type;
      }
    }
    return null;
  }
}
