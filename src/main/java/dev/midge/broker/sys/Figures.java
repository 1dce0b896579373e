package dev.midge.broker.sys;

import dev.midge.broker.core.router.Router;
import dev.midge.broker.inspect.Holdings;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The topics under {@code $SYS/broker/} with their texts, as they were last published. */
final class Figures {
  private static final String ROOT = "$SYS/broker/";
  private static final long SECOND = 1_000_000_000L;

  private final Map<String, String> published = new HashMap<>();
  private final Map<String, LoadAverage> loads = new LinkedHashMap<>();
  private final SysSource source;
  private final Counts counts;
  private long heapMaximum;
  private long startedAt = -1;
  private long updatedAt;

  Figures(SysSource source) {
    this.source = source;
    this.counts = source.counts();
  }

  /** Publishes what has changed since the last call; the first time, everything. */
  void publish(Router router, Traffic traffic, long now) {
    if (startedAt < 0) {
      startedAt = now;
      updatedAt = now;
    }
    texts(router.holdings(), traffic, now)
        .forEach((topic, text) -> publish(router, topic, text, now));
  }

  private void publish(Router router, String topic, String text, long now) {
    if (!text.equals(published.put(topic, text))) {
      byte[] payload = text.getBytes(StandardCharsets.UTF_8);
      router.publish(Message.of(ROOT + topic, payload, Qos.EXACTLY_ONCE, true), now);
    }
  }

  private Map<String, String> texts(Holdings holdings, Traffic traffic, long now) {
    Map<String, String> texts = new LinkedHashMap<>(128);
    texts.put("version", source.version());
    texts.put("uptime", (now - startedAt) / SECOND + " seconds");
    clients(texts, holdings);
    load(texts, traffic, (double) (now - updatedAt) / SECOND);
    updatedAt = now;
    messages(texts, holdings);
    heap(texts);
    put(texts, "publish/messages/dropped", counts.publishDropped);
    put(texts, "publish/messages/received", counts.publishReceived);
    put(texts, "publish/messages/sent", counts.publishSent);
    put(texts, "publish/bytes/received", counts.publishBytesReceived);
    put(texts, "publish/bytes/sent", counts.publishBytesSent);
    put(texts, "bytes/received", traffic.bytesReceived());
    put(texts, "bytes/sent", traffic.bytesSent());
    put(texts, "connections/socket/count", traffic.open());
    return texts;
  }

  private void clients(Map<String, String> texts, Holdings holdings) {
    int absent = holdings.sessions() - holdings.connected();
    put(texts, "clients/total", holdings.sessions());
    put(texts, "clients/maximum", holdings.mostSessions());
    put(texts, "clients/inactive", absent);
    put(texts, "clients/disconnected", absent);
    put(texts, "clients/active", holdings.connected());
    put(texts, "clients/connected", holdings.connected());
    put(texts, "clients/expired", counts.expired);
  }

  private void load(Map<String, String> texts, Traffic traffic, double seconds) {
    load(texts, "messages/received", counts.received, seconds);
    load(texts, "messages/sent", counts.sent, seconds);
    load(texts, "publish/dropped", counts.publishDropped, seconds);
    load(texts, "publish/received", counts.publishReceived, seconds);
    load(texts, "publish/sent", counts.publishSent, seconds);
    load(texts, "bytes/received", traffic.bytesReceived(), seconds);
    load(texts, "bytes/sent", traffic.bytesSent(), seconds);
    load(texts, "sockets", counts.sockets, seconds);
    load(texts, "connections", counts.connects, seconds);
  }

  private void load(Map<String, String> texts, String name, long count, double seconds) {
    LoadAverage load = loads.computeIfAbsent(name, key -> new LoadAverage());
    if (seconds > 0) {
      load.update(count, seconds);
    }
    for (int i = 0; i < LoadAverage.NAMES.size(); i++) {
      texts.put("load/" + name + "/" + LoadAverage.NAMES.get(i), load.text(i));
    }
  }

  private void messages(Map<String, String> texts, Holdings holdings) {
    long stored = holdings.retained() + holdings.waiting();
    put(texts, "messages/stored", stored);
    put(texts, "messages/received", counts.received);
    put(texts, "messages/sent", counts.sent);
    put(texts, "store/messages/count", stored);
    put(texts, "store/messages/bytes", holdings.retainedBytes() + holdings.waitingBytes());
    put(texts, "subscriptions/count", holdings.subscriptions());
    put(texts, "shared_subscriptions/count", holdings.sharedSubscriptions());
    put(texts, "retained messages/count", holdings.retained());
  }

  private void heap(Map<String, String> texts) {
    long used = source.heapBytes().getAsLong();
    heapMaximum = Math.max(heapMaximum, used);
    put(texts, "heap/current", used);
    put(texts, "heap/maximum", heapMaximum);
  }

  private static void put(Map<String, String> texts, String topic, long number) {
    texts.put(topic, Long.toString(number));
  }
}
