package dev.midge.client;

import dev.midge.mqtt.packet.PacketType;
import dev.midge.testing.ObservedBroker.Observed;
import dev.midge.testing.ObservedBroker.Step;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells, from a conversation without a fault, what a broker has to see of the same with one: in
 * words of its own, so that a test compares two opinions.
 */
final class FaultStory {
  private static final String GARBAGE = "00ffffffffff";
  private static final Pattern COUNTED =
      Pattern.compile("([a-z]+)-(in|out):(?:([0-9]+)(?:\\.\\.[0-9]+)?|(\\*)|every/([0-9]+))");
  private static final Set<PacketType> ACKS =
      Set.of(PacketType.PUBACK, PacketType.PUBREC, PacketType.PUBREL, PacketType.PUBCOMP);

  private final String effect;
  private final String moment;
  private final List<Step> steps;

  private FaultStory(String effect, String moment, List<Step> steps) {
    this.effect = effect;
    this.moment = moment;
    this.steps = steps;
  }

  /**
   * All that the broker sees.
   *
   * @param bytes of the client
   * @param ending FIN, RST, or empty where the client does not end
   * @param nanos how long it takes at least
   */
  record Expected(
      byte[] bytes, String ending, ConnectionOutcome.Kind outcome, boolean takenOver, long nanos) {
    boolean tookAsLong(Observed seen) {
      return nanos == 0 || seen.lastByte() - seen.steps().get(0).nanos() >= nanos;
    }
  }

  static Expected expected(String fault, List<Step> baseline) {
    String words = fault.replaceFirst(" ?x1$", "");
    int at = words.indexOf('@');
    return new FaultStory(words.substring(0, at), words.substring(at + 1), baseline).tell();
  }

  private Expected tell() {
    boolean end = moment.equals("end");
    int index = index();
    Step step = steps.get(index);
    boolean out = step.out();
    boolean clock = moment.startsWith("after") || moment.startsWith("every");
    boolean bytes = moment.startsWith("bytes");
    boolean state = moment.equals("connected") || moment.equals("eof") || clock || bytes;
    boolean packet = !state;
    byte[] before = out(index, false);
    byte[] behind = end || !out ? before : out(index, true);
    if (bytes) {
      behind = cut(index, false);
    }
    byte[] whole = bytes ? cut(index, true) : behind;
    switch (effect.replaceFirst(":.*", "")) {
      case "will":
        return struck(join(whole, "e00104"), "FIN");
      case "reason":
        if (packet && out && ACKS.contains(step.type())) {
          byte[] all = out(steps.size(), false);
          byte[] changed =
              HexFormat.of()
                  .parseHex(
                      HexFormat.of()
                          .formatHex(step.bytes())
                          .replaceFirst("^(..)02(....)$", "$103$282"));
          return asked(
              join(before, changed, Arrays.copyOfRange(all, behind.length, all.length)), 0);
        }
        return struck(join(whole, "e00182"), "FIN");
      case "close", "kill":
        return struck(behind, "FIN");
      case "reset", "delay":
        if (effect.startsWith("delay") && !effect.endsWith("+reset")) {
          return all(index, end);
        }
        return struck(behind, "RST");
      case "freeze":
        return frozen(index, before, behind, end, bytes);
      case "truncate", "truncate+reset", "truncate+freeze":
        byte[] half = Arrays.copyOf(step.bytes(), Math.max(1, step.bytes().length / 2));
        return struck(
            join(before, half),
            effect.endsWith("reset") ? "RST" : effect.endsWith("freeze") ? "" : "FIN");
      case "garbage", "garbage+reset":
        byte[] garbage = join(packet && out ? before : whole, GARBAGE);
        return struck(garbage, effect.endsWith("reset") ? "RST" : "");
      case "takeover":
        return new Expected(behind, "FIN", ConnectionOutcome.Kind.STRUCK, true, 0);
      default:
        return all(index, end);
    }
  }

  private Expected frozen(int index, byte[] before, byte[] behind, boolean end, boolean bytes) {
    if (effect.equals("freeze")) {
      return struck(behind, "");
    }
    if (effect.equals("freeze:out")) {
      return struck(behind, isEndOfBroker(index) ? "RST" : "");
    }
    // The client goes on until it would have to hear something.
    int next = index + 1;
    while (next < steps.size() && steps.get(next).out()) {
      next++;
    }
    if (isEndOfBroker(index)) {
      return struck(behind, "FIN");
    }
    boolean deaf = next < steps.size();
    boolean first = moment.startsWith("bytes") && !steps.get(index).out();
    if (bytes && first && cutInside(index)) {
      return struck(out(index, false), "");
    }
    return deaf ? struck(out(next, false), "") : asked(out(steps.size(), false), 0);
  }

  /** All of it, be it later. */
  private Expected all(int index, boolean end) {
    long nanos = 0;
    long exchanges = steps.stream().skip(index + 1).filter(step -> !step.out()).count();
    if (effect.startsWith("blackout") && index < steps.size() - 1) {
      nanos = 100_000_000;
    } else if (effect.startsWith("delay")) {
      nanos = exchanges * 10_000_000;
    } else if (effect.startsWith("slice")) {
      nanos = Math.max(0, (left(index) / 3 - 2) * 1_000_000L);
    } else if (effect.startsWith("throttle")) {
      nanos = Math.max(0, (left(index) - 110) * 500_000L);
    }
    boolean disconnected = isEndOfBroker(steps.size() - 1);
    byte[] bytes = out(steps.size(), false);
    return disconnected
        ? new Expected(
            bytes,
            "FIN",
            effect.startsWith("blackout")
                ? ConnectionOutcome.Kind.STRUCK
                : ConnectionOutcome.Kind.FAILED,
            false,
            nanos)
        : asked(bytes, end ? 0 : nanos);
  }

  private boolean isEndOfBroker(int index) {
    return steps.get(index).type() == PacketType.DISCONNECT && !steps.get(index).out();
  }

  private long left(int index) {
    return out(steps.size(), false).length - out(index, true).length;
  }

  private Expected struck(byte[] bytes, String ending) {
    return new Expected(bytes, ending, ConnectionOutcome.Kind.STRUCK, false, 0);
  }

  private Expected asked(byte[] bytes, long nanos) {
    return new Expected(bytes, "FIN", ConnectionOutcome.Kind.ASKED, false, nanos);
  }

  /** The step that is the moment, or behind which it is. */
  private int index() {
    switch (moment) {
      case "end":
        return steps.size() - 1;
      case "connected", "connack", "after:50ms", "every:50ms":
        return find(PacketType.CONNACK, false, 1);
      case "subscribed":
        return find(PacketType.SUBACK, false, 1);
      case "eof":
        return find(PacketType.PUBCOMP, true, 1);
      case "topic:a/#":
        return find(PacketType.PUBLISH, true, 1);
      case "random:1":
        return effect.equals("takeover") ? 1 : 0;
      default:
        return moment.startsWith("bytes") ? byBytes() : counted();
    }
  }

  private int counted() {
    Matcher form = COUNTED.matcher(moment);
    if (!form.matches()) {
      throw new AssertionError(moment);
    }
    String number =
        form.group(5) != null ? form.group(5) : form.group(4) != null ? "1" : form.group(3);
    PacketType type = PacketType.valueOf(form.group(1).toUpperCase(Locale.ROOT));
    return find(type, form.group(2).equals("out"), Integer.parseInt(number));
  }

  private int find(PacketType type, boolean out, int number) {
    int count = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).type() == type && steps.get(i).out() == out && ++count == number) {
        return i;
      }
    }
    throw new AssertionError("no " + number + ". " + type);
  }

  private boolean counts(Step step) {
    return moment.startsWith("bytes:") || moment.startsWith("bytes-out") == step.out();
  }

  private int limit() {
    return Integer.parseInt(moment.substring(moment.indexOf(':') + 1));
  }

  /** The packet in which the number is reached. */
  private int byBytes() {
    int sum = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (counts(steps.get(i))) {
        sum += steps.get(i).bytes().length;
        if (sum >= limit()) {
          return i;
        }
      }
    }
    throw new AssertionError("not so many bytes");
  }

  private boolean cutInside(int index) {
    int sum = 0;
    for (int i = 0; i <= index; i++) {
      sum += counts(steps.get(i)) ? steps.get(i).bytes().length : 0;
    }
    return sum > limit();
  }

  /** The bytes of the client up to the number, or to the end of the packet in which it is. */
  private byte[] cut(int index, boolean whole) {
    if (!steps.get(index).out()) {
      return out(index, false);
    }
    byte[] all = out(index, true);
    int sum = 0;
    for (int i = 0; i <= index; i++) {
      sum += counts(steps.get(i)) ? steps.get(i).bytes().length : 0;
    }
    return whole ? all : Arrays.copyOf(all, all.length - (sum - limit()));
  }

  private byte[] out(int until, boolean inclusive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<Step> part =
        new ArrayList<>(steps.subList(0, Math.min(steps.size(), until + (inclusive ? 1 : 0))));
    part.stream().filter(Step::out).forEach(step -> bytes.writeBytes(step.bytes()));
    return bytes.toByteArray();
  }

  private static byte[] join(byte[] first, String hex) {
    return join(first, HexFormat.of().parseHex(hex));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
