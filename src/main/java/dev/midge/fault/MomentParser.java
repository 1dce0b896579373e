package dev.midge.fault;

import dev.midge.mqtt.Topics;
import dev.midge.mqtt.packet.PacketType;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the moment of a fault. */
final class MomentParser {
  static final String MOMENTS =
      "end, connected, connack, subscribed, after:DURATION (5s, 300ms), every:DURATION,"
          + " bytes[-in|-out]:N, eof, KIND[-in|-out]:N, :N..M, :* or :every/N with the kind of a"
          + " packet (publish-out:3), topic:FILTER, random:P";
  private static final Pattern PACKETS =
      Pattern.compile("([a-z]+)(-in|-out)?:(?:([0-9]+)(?:\\.\\.([0-9]+))?|(\\*)|every/([0-9]+))");
  private static final Pattern BYTES = Pattern.compile("bytes(-in|-out)?:([0-9]+)");

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
    throw wrong.because("the moment '" + word + "' is not one of " + MOMENTS + ".");
  }

  private @Nullable Moment withArgument(String word) throws FaultSyntaxException {
    int colon = word.indexOf(':');
    String argument = word.substring(colon + 1);
    return switch (colon < 0 ? "" : word.substring(0, colon)) {
      case "after" -> {
        Duration time = Durations.parse(argument);
        yield time == null ? null : new Moment.After(time);
      }
      case "every" -> {
        Duration time = Durations.parse(argument);
        yield time == null || time.isZero() ? null : new Moment.Every(time);
      }
      case "topic" -> topic(argument);
      case "random" -> random(argument);
      case "bytes", "bytes-in", "bytes-out" -> bytes(word);
      default -> packets(word);
    };
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

  private @Nullable Moment bytes(String word) throws FaultSyntaxException {
    Matcher form = BYTES.matcher(word);
    return form.matches()
        ? new Moment.Bytes(direction(form.group(1)), counted(form.group(2), "bytes:N"))
        : null;
  }

  private @Nullable Moment packets(String word) throws FaultSyntaxException {
    int colon = word.indexOf(':');
    String name = colon < 0 ? "" : word.substring(0, colon);
    PacketType type = packet(name.replaceFirst("-(in|out)$", ""));
    if (type == null) {
      return null;
    }
    Matcher form = PACKETS.matcher(word);
    if (!form.matches()) {
      throw wrong.because("packets are counted from 1: " + name + ":3, :2..5, :* or :every/10.");
    }
    Direction direction = direction(form.group(2));
    if (side == FaultSide.CLIENT && direction == Direction.BOTH && type == PacketType.PUBLISH) {
      direction = Direction.OUT;
    }
    String what = name + ":N";
    long first = form.group(3) == null ? 1 : counted(form.group(3), what);
    long step = form.group(6) == null ? 1 : counted(form.group(6), what);
    long last = form.group(4) == null ? first : counted(form.group(4), what);
    if (last < first) {
      throw wrong.because("the range " + first + ".." + last + " is empty.");
    }
    return new Moment.Packets(
        type,
        direction,
        form.group(6) == null ? first : step,
        form.group(3) == null ? Long.MAX_VALUE : last,
        step);
  }

  private long counted(String digits, String what) throws FaultSyntaxException {
    return EffectParser.number(
        digits,
        1,
        Integer.MAX_VALUE * 1024L,
        () -> wrong.because(what + " counts from 1, such as " + what.replace("N", "3") + "."));
  }

  private static Direction direction(@Nullable String suffix) {
    return suffix == null ? Direction.BOTH : suffix.equals("-in") ? Direction.IN : Direction.OUT;
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
