package dev.midge.cli.control;

import dev.midge.broker.inspect.ConnectionSnapshot;
import dev.midge.broker.inspect.SessionSnapshot;
import dev.midge.control.Facts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The sessions of a broker as facts. */
final class SessionFacts {
  private final Instant now;

  /**
   * @param now the time of the snapshots
   */
  SessionFacts(Instant now) {
    this.now = now;
  }

  /** Returns a line of the connected clients. */
  Facts client(SessionSnapshot session, ConnectionSnapshot connection) {
    Facts facts = connection(new Facts().with("client_id", session.clientId()), connection);
    counts(facts, session);
    return facts.with("will_topic", session.will() == null ? null : topic(session.will()));
  }

  /** Returns a line of the sessions. */
  static Facts session(SessionSnapshot session) {
    Facts facts =
        new Facts()
            .with("client_id", session.clientId())
            .with("connected", session.connection() != null);
    lifetime(facts, session);
    counts(facts, session);
    return facts.with(
        "delayed_will_topic", session.delayedWill() == null ? null : topic(session.delayedWill()));
  }

  /** Returns all about a client. */
  Facts whole(SessionSnapshot session) {
    ConnectionSnapshot connection = session.connection();
    Facts facts =
        new Facts().with("client_id", session.clientId()).with("connected", connection != null);
    if (connection != null) {
      connection(facts, connection);
    }
    lifetime(facts, session);
    SessionSnapshot.Waiting waiting = session.waiting();
    return facts
        .with("subscriptions", subscriptions(session))
        .with("inflight", waiting.inflight())
        .with("inflight_bytes", waiting.inflightBytes())
        .with("queued", waiting.queued())
        .with("queued_bytes", waiting.queuedBytes())
        .with("unreleased", session.unreleased())
        .with("will", MessageFacts.of(session.will()))
        .with("delayed_will", MessageFacts.of(session.delayedWill()))
        .with("delayed_will_in", MessageFacts.seconds(session.delayedWillIn()));
  }

  private Facts connection(Facts facts, ConnectionSnapshot connection) {
    return facts
        .with("address", connection.address())
        .with("port", connection.port())
        .with("protocol_version", connection.version().level())
        .with("username", connection.username())
        .with("keep_alive", connection.keepAlive())
        .with("clean_start", connection.cleanStart())
        .with("since", now.minus(connection.age()).truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static void lifetime(Facts facts, SessionSnapshot session) {
    facts
        .with("session_expiry", MessageFacts.seconds(session.kept()))
        .with("session_ends_in", MessageFacts.seconds(session.endsIn()));
  }

  private static void counts(Facts facts, SessionSnapshot session) {
    facts
        .with("subscription_count", session.subscriptions().size())
        .with("inflight", session.waiting().inflight())
        .with("queued", session.waiting().queued());
  }

  private static List<Facts> subscriptions(SessionSnapshot session) {
    return session.subscriptions().stream()
        .map(
            each ->
                new Facts()
                    .with("filter", each.options().filter())
                    .with("qos", each.options().qos().level())
                    .with("no_local", each.options().noLocal())
                    .with("retain_as_published", each.options().retainAsPublished())
                    .with("retain_handling", each.options().retainHandling())
                    .with("identifier", each.identifier() == 0 ? null : each.identifier()))
        .toList();
  }

  private static String topic(dev.midge.mqtt.Will will) {
    return will.message().topic();
  }
}
