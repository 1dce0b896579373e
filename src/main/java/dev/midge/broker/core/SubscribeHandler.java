package dev.midge.broker.core;

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

/** SUBSCRIBE and UNSUBSCRIBE of one connection. Router thread only. */
final class SubscribeHandler {
  private static final int FAILURE = 0x80; // of MQTT 3

  private final Router router;
  private final Client client;

  SubscribeHandler(Router router, Client client) {
    this.router = router;
    this.client = client;
  }

  void subscribe(Subscribe packet, long now) {
    router.observer.received(client.clientId(), packet);
    Session session = client.session();
    int identifier = (int) packet.properties().number(Property.SUBSCRIPTION_IDENTIFIER, 0);
    List<Integer> granted = new ArrayList<>(packet.subscriptions().size());
    List<SessionSubscription> wantRetained = new ArrayList<>();
    for (Subscription asked : packet.subscriptions()) {
      if (!session.subscriptions.containsKey(asked.filter()) && router.memoryGuard.refuses(now)) {
        granted.add(client.version().isV5() ? ReasonCode.QUOTA_EXCEEDED : FAILURE);
        continue;
      }
      Qos qos = asked.qos().min(router.limits.maxQos());
      boolean shared = ShareName.of(asked.filter()).isShared();
      Subscription subscription =
          new Subscription(
              asked.filter(),
              qos,
              asked.noLocal() || client.isBridge() && !shared,
              asked.retainAsPublished() || client.isBridge(),
              asked.retainHandling());
      SessionSubscription added = new SessionSubscription(session, subscription, identifier);
      boolean isNew = session.subscriptions.put(asked.filter(), added) == null;
      router.subscriptions.add(added); // [MQTT-3.8.4-3]
      router.observer.subscribed(client.clientId(), subscription);
      granted.add(qos.level());
      if (!shared && wantsRetained(subscription, isNew)) {
        wantRetained.add(added);
      } else {
        session.outbox.fetches().replace(added);
      }
    }
    client.outgoing().send(new Suback(packet.packetId(), granted, Properties.NONE));
    for (SessionSubscription subscription : wantRetained) {
      session.outbox.fetch(new RetainedFetch(router.retained, subscription), now);
    }
  }

  private static boolean wantsRetained(Subscription subscription, boolean isNew) {
    return switch (subscription.retainHandling()) {
      case 0 -> true; // [MQTT-3.3.1-9]
      case 1 -> isNew; // [MQTT-3.3.1-10]
      default -> false; // [MQTT-3.3.1-11]
    };
  }

  void unsubscribe(Unsubscribe packet) {
    router.observer.received(client.clientId(), packet);
    Session session = client.session();
    List<Integer> results = new ArrayList<>(packet.filters().size());
    for (String filter : packet.filters()) {
      boolean existed = session.subscriptions.remove(filter) != null;
      if (existed) {
        router.subscriptions.remove(session, filter); // [MQTT-3.10.4-1]
        session.outbox.fetches().forget(filter);
        router.observer.unsubscribed(client.clientId(), filter);
      }
      results.add(existed ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED);
    }
    client
        .outgoing()
        .send(
            new Unsuback(
                packet.packetId(), client.version().isV5() ? results : List.of(), Properties.NONE));
  }
}
