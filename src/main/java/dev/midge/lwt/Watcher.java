package dev.midge.lwt;

import dev.midge.client.ClientEvents;
import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.client.LinkListener;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Received;
import dev.midge.mqtt.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber to the topic of the wills, which notes what comes and when. */
final class Watcher implements LinkListener, AutoCloseable {

  /**
   * A message and the time of its arrival.
   *
   * @param nanos by {@link System#nanoTime}
   */
  record Arrival(Received received, long nanos) {
    String payload() {
      return new String(received.message().payload(), StandardCharsets.UTF_8);
    }

    Duration since(long earlier) {
      return Duration.ofNanos(Math.max(0, nanos - earlier));
    }

    /** The message in words. */
    String words() {
      String payload =
          received.message().payload().length == 0 ? "empty message" : "\"" + payload() + "\"";
      return payload
          + " QoS "
          + received.message().qos().level()
          + (received.message().retain() ? " retained" : "");
    }
  }

  private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private final String name;
  private final String topic;
  private final Story story;
  private volatile boolean lost;
  private Link link;
  private Qos granted;

  private Watcher(String name, String topic, Story story) {
    this.name = name;
    this.topic = topic;
    this.story = story;
  }

  /**
   * Connects and subscribes.
   *
   * @throws LinkFailure when the broker refuses the connection or the subscription
   */
  static Watcher open(Target target, String name, Story story, String... moreTopics)
      throws LinkFailure, InterruptedException {
    Watcher watcher = new Watcher(name, target.topic(), story);
    watcher.link = Link.open(target.client(name, null), ClientEvents.NONE, watcher);
    List<Subscription> subscriptions = new ArrayList<>();
    subscriptions.add(subscription(target, target.topic()));
    for (String topic : moreTopics) {
      subscriptions.add(subscription(target, topic));
    }
    int code = watcher.link.subscribe(subscriptions, Properties.NONE).reasonCodes().get(0);
    if (ReasonCode.isFailure(code)) {
      watcher.close();
      throw new LinkFailure(
          LinkFailure.Kind.UNREACHABLE,
          "the broker lets nobody subscribe to "
              + target.topic()
              + " ("
              + ReasonCode.text(code)
              + ")");
    }
    watcher.granted = Qos.of(code);
    return watcher;
  }

  private static Subscription subscription(Target target, String topic) {
    // Retain As Published: so that the retain flag of a will is seen as the broker took it.
    return new Subscription(topic, Qos.EXACTLY_ONCE, false, target.version().isV5(), 0);
  }

  Link link() {
    return link;
  }

  /** The QoS that the broker granted to the subscription. */
  Qos granted() {
    return granted;
  }

  boolean isLost() {
    return lost;
  }

  /** The next message, or null when none comes in time. */
  Arrival next(Duration limit) throws InterruptedException {
    return arrivals.poll(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Forgets what has come so far. */
  void forget() {
    arrivals.clear();
  }

  @Override
  public void received(Received message) {
    Arrival arrival = new Arrival(message, System.nanoTime());
    if (message.message().topic().equals(topic)) {
      story.watcher(name, topic + " " + arrival.words());
    }
    arrivals.add(arrival);
  }

  @Override
  public void lost(LinkFailure failure) {
    lost = true;
  }

  @Override
  public void close() {
    try {
      link.end(0, Properties.NONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      link.close();
    }
  }
}
