package dev.midge.broker.core.router;

import dev.midge.broker.config.Limits;
import dev.midge.broker.core.BrokerObserver;
import dev.midge.broker.core.MemoryGuard;
import dev.midge.broker.core.delivery.SessionJournal;
import dev.midge.broker.core.session.Session;
import dev.midge.broker.core.topics.Retained;
import dev.midge.broker.core.topics.RetainedFetch;
import dev.midge.broker.core.topics.SessionSubscription;
import dev.midge.broker.core.topics.ShareName;
import dev.midge.broker.core.topics.Subscriptions;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Subscription;
import dev.midge.mqtt.packet.Suback;
import dev.midge.mqtt.packet.Subscribe;
import dev.midge.mqtt.packet.Unsuback;
import dev.midge.mqtt.packet.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Handles SUBSCRIBE and UNSUBSCRIBE of clients. Router thread only. */
record SubscribeHandler(
    Limits limits,
    BrokerObserver observer,
    MemoryGuard memoryGuard,
    Subscriptions subscriptions,
    Retained retained,
    boolean checkRetainSource) {
  private static final int FAILURE = 0x80; // of MQTT 3

  void subscribe(ConnectedClient client, Subscribe packet, long now) {
    observer.received(client.clientId(), packet);
    Session session = client.session();
    int identifier = (int) packet.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0);
    List<Integer> granted = new ArrayList<>(packet.subscriptions().size());
    List<String> toFetch = new ArrayList<>();
    for (Subscription asked : packet.subscriptions()) {
      String filter = asked.filter();
      if (!session.subscriptions().containsKey(filter) && memoryGuard.refuses(now)) {
        granted.add(client.version().isV5() ? ReasonCode.QUOTA_EXCEEDED : FAILURE);
        continue;
      }
      int scripted = observer.subscribing(client.clientId(), asked);
      if (scripted != 0) {
        granted.add(client.version().isV5() ? scripted : FAILURE);
        continue;
      }
      Qos qos = asked.qos().min(client.limits().maxQos());
      boolean shared = ShareName.of(filter).isShared();
      Subscription options =
          new Subscription(
              filter,
              qos,
              asked.noLocal() || client.isBridge() && !shared,
              asked.retainAsPublished() || client.isBridge(),
              asked.retainHandling());
      SessionSubscription added = new SessionSubscription(session.outbox(), options, identifier);
      boolean isNew = session.subscriptions().put(filter, added) == null;
      subscriptions.add(added); // [MQTT-3.8.4-3]
      SessionJournal journal = session.journal();
      if (journal != null) {
        journal.journal().subscribed(journal.session(), options, identifier);
      }
      observer.subscribed(client.clientId(), options);
      granted.add(qos.level());
      if (!shared && wantsRetained(options, isNew)) {
        toFetch.add(filter);
      }
    }
    client.outgoing().send(new Suback(packet.packetId(), granted, Properties.NONE));
    for (String filter : toFetch) {
      session.outbox().sendRetained(fetch(session.subscriptions(), filter), now);
    }
  }

  private static boolean wantsRetained(Subscription subscription, boolean isNew) {
    return switch (subscription.retainHandling()) {
      case 0 -> true; // [MQTT-3.3.1-9]
      case 1 -> isNew; // [MQTT-3.3.1-10]
      default -> false; // [MQTT-3.3.1-11]
    };
  }

  /** The fetch ends with the subscription; a new SUBSCRIBE may change the options before. */
  private RetainedFetch fetch(Map<String, SessionSubscription> subscriptions, String filter) {
    return new RetainedFetch(
        retained,
        () -> Objects.requireNonNull(subscriptions.get(filter)),
        limits,
        checkRetainSource);
  }

  void unsubscribe(ConnectedClient client, Unsubscribe packet) {
    observer.received(client.clientId(), packet);
    Session session = client.session();
    List<Integer> results = new ArrayList<>(packet.filters().size());
    for (String filter : packet.filters()) {
      boolean existed = session.subscriptions().remove(filter) != null;
      if (existed) {
        subscriptions.remove(session.outbox(), filter); // [MQTT-3.10.4-1]
        session.outbox().stopRetained(filter);
        SessionJournal journal = session.journal();
        if (journal != null) {
          journal.journal().unsubscribed(journal.session(), filter);
        }
        observer.unsubscribed(client.clientId(), filter);
      }
      results.add(existed ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }
    List<Integer> reasonCodes = client.version().isV5() ? results : List.of();
    client.outgoing().send(new Unsuback(packet.packetId(), reasonCodes, Properties.NONE));
  }
}
