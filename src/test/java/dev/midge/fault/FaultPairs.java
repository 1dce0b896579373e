package dev.midge.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Every effect × moment: the pairs that a side can carry out, by its rules, for tests and docs. */
public final class FaultPairs {
  /** One form of each effect and of each of its variants. */
  public static final List<String> EFFECTS =
      List.of(
          "close",
          "reset",
          "freeze",
          "freeze:in",
          "freeze:out",
          "kill",
          "will",
          "reason:0x82",
          "truncate",
          "truncate+reset",
          "truncate+freeze",
          "garbage",
          "takeover",
          "refuse",
          "refuse:tcp",
          "nack",
          "silent",
          "blackout:300ms",
          "delay:300ms",
          "throttle:2000",
          "slice:3:1ms",
          "drop",
          "duplicate",
          "corrupt",
          "reorder");

  /** One form of each moment, with packets of each kind in the directions in which they go. */
  public static final List<String> MOMENTS =
      List.of(
          "end",
          "connected",
          "connack",
          "subscribed",
          "after:200ms",
          "every:200ms",
          "bytes:100",
          "bytes-in:30",
          "bytes-out:60",
          "eof",
          "connect-out:1",
          "connack-in:1",
          "publish-out:2",
          "publish-in:2",
          "publish-out:1..2",
          "publish-out:*",
          "publish-out:every/2",
          "puback-out:1",
          "puback-in:1",
          "pubrec-out:1",
          "pubrec-in:1",
          "pubrel-out:1",
          "pubrel-in:1",
          "pubcomp-out:1",
          "pubcomp-in:1",
          "subscribe-out:1",
          "suback-in:1",
          "unsubscribe-out:1",
          "unsuback-in:1",
          "pingreq-out:1",
          "pingresp-in:1",
          "disconnect-out:1",
          "disconnect-in:1",
          "auth-out:1",
          "auth-in:1",
          "topic:a/#",
          "random:1");

  private FaultPairs() {}

  /**
   * A fault that a side can carry out.
   *
   * @param words {@code effect@moment}
   */
  public record Pair(String effect, String moment, String words) {
    @Override
    public String toString() {
      return words;
    }
  }

  /** Returns the pairs that the parser accepts on that side. */
  public static List<Pair> possible(FaultSide side) {
    List<Pair> pairs = new ArrayList<>();
    for (String effect : EFFECTS) {
      for (String moment : MOMENTS) {
        if (refusal(effect + "@" + moment, side) == null) {
          pairs.add(new Pair(effect, moment, effect + "@" + moment));
        }
      }
    }
    return pairs;
  }

  /** Returns why there is no such fault; null when there is. */
  static String refusal(String words, FaultSide side) {
    try {
      FaultParser.parse(words, side);
      return null;
    } catch (FaultSyntaxException e) {
      return e.getMessage();
    }
  }

  /** Returns the words of the effects that are in the list. */
  static TreeSet<String> covered() {
    TreeSet<String> words = new TreeSet<>();
    for (String effect : EFFECTS) {
      for (String part : effect.split("\\+")) {
        words.add(part.replaceFirst(":.*", ""));
      }
    }
    return words;
  }
}
