package dev.midge.fault;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.Topics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code --fault}: one grammar for the client, the broker, the proxy and their control. */
public final class FaultParser {
  private static final String SELECTORS =
      "\\s+(?=(?:client|user|topic|version|share)=|x[0-9]+(?:\\s|$))";

  private final FaultSide side;
  private final String whole;

  private FaultParser(FaultSide side, String whole) {
    this.side = side;
    this.whole = whole;
  }

  /**
   * Reads the words of a fault.
   *
   * @throws FaultSyntaxException when there is no such fault on that side; the message is one line
   */
  public static Fault parse(String words, FaultSide side) throws FaultSyntaxException {
    return new FaultParser(side, words.strip()).fault();
  }

  private Fault fault() throws FaultSyntaxException {
    String[] parts = parts(whole);
    String what = parts[0];
    int at = what.indexOf('@');
    String moment = at < 0 ? "" : what.substring(at + 1);
    String sum = at < 0 ? what : what.substring(0, at);
    long count = 0;
    // A topic may end in x2 itself: there the count is a word of its own.
    int behind = countIn(at < 0 ? sum : moment);
    // Behind an effect its code may be hexadecimal: reason:0x98 has no count.
    boolean isCode = at < 0 && behind >= 0 && sum.startsWith(":0", behind - 2);
    if (behind >= 0 && !isCode && !moment.startsWith("topic:")) {
      count = count((at < 0 ? sum : moment).substring(behind + 1));
      sum = at < 0 ? sum.substring(0, behind) : sum;
      moment = at < 0 ? "" : moment.substring(0, behind);
    }
    TargetParser target = new TargetParser();
    for (String part : Arrays.asList(parts).subList(1, parts.length)) {
      if (part.startsWith("x")) {
        count = count(part.substring(1));
      } else {
        target.take(part);
      }
    }
    if (!moment.startsWith("topic:")) { // A topic may look like one.
      checkSelectors(what);
    }
    List<Effect> effects = effects(sum);
    Moment when =
        at < 0 ? defaultMoment(effects.get(0)) : new MomentParser(side, this::wrong).parse(moment);
    Target who = target.target();
    String impossible = FaultRules.impossible(effects, when, who, side);
    if (impossible != null) {
      throw wrong(impossible);
    }
    return new Fault(effects, when, count > 0 ? count : Fault.UNLIMITED, who);
  }

  /** Returns the effects with their moment, and then the selectors. */
  private static String[] parts(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == ' ' || c >= '\t' && c <= '\r') {
        return words.split(SELECTORS, -1);
      }
    }
    return new String[] {words}; // Nearly always: then regular expressions are not loaded.
  }

  /** Looks for a word that was meant as a selector. */
  private void checkSelectors(String what) throws FaultSyntaxException {
    int space = what.lastIndexOf(' ');
    int equals = what.indexOf('=', space + 1);
    if (space >= 0 && equals > 0) {
      throw wrong(
          "'"
              + what.substring(space + 1, equals)
              + "' is not one of client, user, topic, version, share.");
    }
  }

  /** Returns where the {@code x} of a count is at the end of a word; negative for none. */
  private static int countIn(String word) {
    int x = word.lastIndexOf('x');
    String digits = word.substring(x + 1);
    return x > 0 && Digits.are(digits, digits.length()) ? x : -1;
  }

  /** Returns a fault's default moment: the end, or the beginning for what does not end it. */
  private static Moment defaultMoment(Effect first) {
    return switch (first.kind()) {
      case REFUSE -> new Moment.Connack();
      case BLACKOUT, DELAY, THROTTLE, SLICE -> new Moment.Connected();
      default -> new Moment.End();
    };
  }

  private long count(String digits) throws FaultSyntaxException {
    return EffectParser.number(
        digits, 1, Integer.MAX_VALUE, () -> wrong("xCOUNT is how often at most, such as x2."));
  }

  private List<Effect> effects(String sum) throws FaultSyntaxException {
    List<Effect> effects = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < sum.length(); i++) {
      boolean isJitter = sum.startsWith("+-", i);
      if (sum.charAt(i) == '+' && !isJitter) {
        effects.add(effect(sum.substring(start, i)));
        start = i + 1;
      }
    }
    effects.add(effect(sum.substring(start)));
    return effects;
  }

  private Effect effect(String word) throws FaultSyntaxException {
    return new EffectParser(side, this::wrong).parse(word);
  }

  private FaultSyntaxException wrong(String why) {
    return new FaultSyntaxException("Invalid fault '" + whole + "': " + why);
  }

  /** Gathers {@code client=GLOB} and the like. */
  private final class TargetParser {
    private final Set<String> taken = new HashSet<>();
    private Target target = Target.ALL;

    void take(String part) throws FaultSyntaxException {
      int equals = part.indexOf('=');
      String key = part.substring(0, equals);
      String value = part.substring(equals + 1);
      if (!taken.add(key)) {
        throw wrong(key + "= is given twice.");
      }
      if (value.isEmpty()) {
        throw wrong(key + "= needs a value.");
      }
      Target old = target;
      target =
          switch (key) {
            case "client" -> new Target(value, old.user(), old.topic(), old.version(), old.share());
            case "user" -> new Target(old.client(), value, old.topic(), old.version(), old.share());
            case "topic" ->
                new Target(old.client(), old.user(), filter(value), old.version(), old.share());
            case "version" ->
                new Target(old.client(), old.user(), old.topic(), version(value), old.share());
            default ->
                new Target(old.client(), old.user(), old.topic(), old.version(), share(value));
          };
    }

    Target target() {
      return target;
    }

    private String filter(String value) throws FaultSyntaxException {
      if (!Topics.isValidFilter(value)) {
        throw wrong("'" + value + "' is not a topic filter.");
      }
      return value;
    }

    private ProtocolVersion version(String value) throws FaultSyntaxException {
      for (ProtocolVersion version : ProtocolVersion.values()) {
        if (version.number().replace(".", "").equals(value.replace(".", ""))) {
          return version;
        }
      }
      throw wrong("the version '" + value + "' is not one of 5, 311, 31.");
    }

    private double share(String value) throws FaultSyntaxException {
      String digits = value.endsWith("%") ? value.substring(0, value.length() - 1) : value;
      double share = digits.matches("[0-9]{1,3}(\\.[0-9]{1,9})?") ? Double.parseDouble(digits) : -1;
      if (share < 0 || share > 100) {
        throw wrong("share=PERCENT is 0 to 100.");
      }
      return share;
    }
  }
}
