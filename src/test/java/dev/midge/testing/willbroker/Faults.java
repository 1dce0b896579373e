package dev.midge.testing.willbroker;

import static dev.midge.testing.willbroker.ConnectionEnd.Kind.CLOSE_FRAME;
import static dev.midge.testing.willbroker.ConnectionEnd.Kind.CLOSE_NOTIFY;
import static dev.midge.testing.willbroker.ConnectionEnd.Kind.FIN;
import static dev.midge.testing.willbroker.ConnectionEnd.Kind.MALFORMED;
import static dev.midge.testing.willbroker.ConnectionEnd.Kind.RESET;
import static dev.midge.testing.willbroker.ConnectionEnd.Kind.SECOND_CONNECT;
import static dev.midge.testing.willbroker.ConnectionEnd.Kind.TLS_CUT;

import dev.midge.mqtt.Will;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rule that a broker breaks, asked wherever a rule about wills is kept. Without a breach every
 * answer is the rule itself. Guarded by the lock of the broker.
 */
final class Faults {
  private static final Optional<Duration> LOST = Optional.empty();
  private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);
  private static final Duration LATE = Duration.ofSeconds(4);
  private static final int MOST_WILLS = 150;

  private final Behaviour behaviour;
  private final Map<String, Will> thrownAway = new HashMap<>();
  private final Map<String, Will> publishedAtCut = new HashMap<>();
  private final Set<String> published = new HashSet<>();
  private final Map<String, Integer> connections = new HashMap<>();
  private final Set<String> resetTopics = new HashSet<>();

  Faults(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  private boolean breaks(Breach breach) {
    return behaviour.breaks(breach);
  }

  /** A client id has connected: the will to keep for it, of those that were there before. */
  Will kept(String clientId, Will will, long held) {
    connections.merge(clientId, 1, Integer::sum);
    return breaks(Breach.STORM) && held >= MOST_WILLS ? null : will;
  }

  int connections(String clientId) {
    return connections.getOrDefault(clientId, 0);
  }

  /** The will to judge at the end of a connection; null for none. */
  Will chosen(Session session, ConnectionEnd ending) {
    String id = session.clientId;
    if (breaks(Breach.REPLACED) && ending.isCut() && session.will != null) {
      return thrownAway.getOrDefault(id, session.will);
    }
    if (breaks(Breach.NONE_LEFT) && ending.isCut() && session.will == null) {
      return thrownAway.get(id);
    }
    if (breaks(Breach.ONCE) && ending.isClean() && publishedAtCut.containsKey(id)) {
      return publishedAtCut.remove(id);
    }
    return session.will;
  }

  /** Returns the time that a will has to wait; empty if it is thrown away. */
  Optional<Duration> due(
      Session session, Will will, ConnectionEnd ending, Optional<Duration> rule, boolean plain) {
    if (behaviour.breach() == null) {
      return rule;
    }
    boolean delayed = isOnlyDelayed(will);
    boolean atOnce = will.delay().isZero();
    boolean takenOver = ending.isTakeOver();
    boolean ends = !session.isKept();
    boolean own = session.subscribesTo(will.message().topic());
    boolean broken =
        switch (behaviour.breach()) {
          case REASON_04 ->
              ending.isDisconnect() && ending.reason() == 0x04 && !ending.properties();
          case REASON_ERROR -> ending.isDisconnect() && ending.reason() >= 0x80;
          case REASON_EXPIRY_0 -> ending.isDisconnect() && ends && delayed;
          case CLOSE -> ending.isWhole(FIN, CLOSE_NOTIFY);
          case KILL -> ending.isWhole(FIN, TLS_CUT);
          case TLS_CUT -> ending.isWhole(TLS_CUT, TLS_CUT);
          case WS_CLOSE -> ending.isWhole(CLOSE_FRAME, CLOSE_FRAME);
          case HALF_PACKET_LOST -> ending.partial();
          case RESET -> ending.isReset() && plain && isQos(will, 0) && isFirstReset(will);
          case RESET_EACH -> ending.kind() == RESET;
          case MALFORMED -> ending.kind() == MALFORMED;
          case SECOND_CONNECT -> ending.kind() == SECOND_CONNECT;
          case TAKEOVER -> takenOver && ends && atOnce;
          case TAKEOVER_KEPT -> takenOver && !ends && atOnce && !ending.cleanStart();
          case TAKEOVER_EXPIRY_0 -> takenOver && ends && delayed;
          case TAKEOVER_CLEAN_START -> takenOver && !ends && delayed && ending.cleanStart();
          case KEPT -> ending.isCut() && !ends && atOnce && !own;
          case DELAY_EXPIRY_0 -> ending.isCut() && ends && delayed;
          default -> false;
        };
    if (broken) {
      return LOST;
    }
    return switch (behaviour.breach()) {
      case REASON_EXPIRY_0_WAITS ->
          ending.isDisconnect() && ends && delayed ? Optional.of(will.delay()) : rule;
      case TAKEOVER_RESUME -> takenOver && rule.isEmpty() ? AT_ONCE : rule;
      case DELAY -> delayed ? rule.map(delay -> delay.dividedBy(2)) : rule;
      case DELAY_LATE ->
          delayed ? rule.map(delay -> delay.isZero() ? delay : delay.plus(LATE)) : rule;
      case DELAY_EXPIRY_0_WAITS ->
          ending.isCut() && ends && delayed ? Optional.of(will.delay()) : rule;
      case ONCE -> ending.isClean() && will != session.will ? AT_ONCE : rule;
      default -> rule;
    };
  }

  /** Tells whether a will has a delay and no other property, which keeps the breaches narrow. */
  private static boolean isOnlyDelayed(Will will) {
    return !will.delay().isZero() && will.message().properties().entries().size() == 1;
  }

  /** A row that is played again has another topic. */
  private boolean isFirstReset(Will will) {
    String topic = will.message().topic();
    return topic.matches("(.*/)?reset/.*") && resetTopics.add(topic);
  }

  private static boolean isQos(Will will, int level) {
    return will.message().qos().level() == level;
  }

  /** Takes note of what became of a will. */
  void remember(Session session, Will will, ConnectionEnd ending, boolean due) {
    String id = session.clientId;
    if (due) {
      published.add(id);
      if (ending.isCut() && !session.isKept()) {
        publishedAtCut.put(id, will);
      }
    } else if (ending.isClean()) {
      thrownAway.put(id, will);
    }
  }

  /** Judges a will that DISCONNECT has thrown away once more, when the client has hung up too. */
  Optional<Duration> dueAfterCleanEnd(Session session, boolean reset, boolean oneWrite) {
    boolean first = !published.contains(session.clientId);
    if (breaks(Breach.CLEAN) && !reset && first) {
      return Optional.of(Duration.ofMillis(500));
    }
    return breaks(Breach.CLEAN_RESET) && reset && !oneWrite
            || breaks(Breach.CLEAN_UNREAD) && reset && oneWrite
        ? AT_ONCE
        : LOST;
  }

  /** Tells whether a kept session is deleted at such an end. */
  boolean forgets(Session session, Will will, ConnectionEnd ending) {
    return breaks(Breach.KEPT_FORGOTTEN)
        && ending.isCut()
        && will != null
        && will.delay().isZero()
        && !session.subscribesTo(will.message().topic());
  }

  boolean publishesWhenBack(boolean cleanStart) {
    return cleanStart ? !breaks(Breach.DELAY_CLEAN_START) : breaks(Breach.DELAY_RESUME);
  }

  boolean waitsBeyondSession() {
    return breaks(Breach.DELAY_EXPIRY_WAITS);
  }

  boolean losesWithSession() {
    return breaks(Breach.DELAY_EXPIRY);
  }

  boolean losesAfterDelay(Will will) {
    return breaks(Breach.DELAY_LOST) && isOnlyDelayed(will);
  }
}
