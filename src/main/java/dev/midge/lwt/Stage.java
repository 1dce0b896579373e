package dev.midge.lwt;

import dev.midge.client.ClientEvents;
import dev.midge.client.ConnectSpec;
import dev.midge.client.Link;
import dev.midge.client.LinkFailure;
import dev.midge.client.LinkListener;
import dev.midge.mqtt.Message;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.Qos;
import dev.midge.mqtt.Received;
import dev.midge.mqtt.Will;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Where the rows of the drill are played: the broker, the watcher, and clients with wills. */
final class Stage {
  static final String CLIENT = "s1";
  static final String OFFLINE = "offline";

  /** For the process of the kill row to start and to connect. */
  static final Duration START_LIMIT = Duration.ofSeconds(15);

  private static final LinkListener NOBODY =
      new LinkListener() {
        @Override
        public void received(Received message) {}

        @Override
        public void lost(LinkFailure failure) {}
      };

  private final Target target;
  private final Watcher watcher;
  private final Story story;

  Stage(Target target, Watcher watcher, Story story) {
    this.target = target;
    this.watcher = watcher;
    this.story = story;
  }

  Target target() {
    return target;
  }

  Watcher watcher() {
    return watcher;
  }

  Story story() {
    return story;
  }

  boolean isV5() {
    return target.version().isV5();
  }

  /** The highest QoS that the broker offers. */
  Qos maximumQos() {
    long offered = watcher.link().connack().properties().number(Property.MAXIMUM_QOS, 2);
    return Qos.of((int) Math.min(offered, watcher.granted().level()));
  }

  boolean retainAvailable() {
    return watcher.link().connack().properties().number(Property.RETAIN_AVAILABLE, 1) == 1;
  }

  Will will(String payload, Qos qos, boolean retain) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return new Will(Message.of(target.topic(), bytes, qos, retain));
  }

  Will delayedWill(int seconds, Qos qos) {
    Message message = will(OFFLINE, qos, false).message();
    return new Will(message.withProperties(Properties.of(Property.WILL_DELAY_INTERVAL, seconds)));
  }

  /** An ordinary client with a will, connected. */
  Link connect(Will will) throws LinkFailure, InterruptedException {
    return open(target.client(CLIENT, will));
  }

  Link open(ConnectSpec spec) throws LinkFailure, InterruptedException {
    watcher.forget();
    Link link = Link.open(spec, ClientEvents.NONE, NOBODY);
    Will will = spec.will();
    story.client("connected as " + spec.clientId() + (will == null ? "" : ", will " + words(will)));
    return link;
  }

  private static String words(Will will) {
    Message message = will.message();
    String payload = new String(message.payload(), StandardCharsets.UTF_8);
    String delay = will.delay().isZero() ? "" : " delay " + will.delay().toSeconds() + " s";
    return "\""
        + payload
        + "\" QoS "
        + message.qos().level()
        + (message.retain() ? " retained" : "")
        + delay;
  }

  /** Takes a kept session off the broker. */
  void removeSession() throws LinkFailure, InterruptedException {
    Link link = open(target.client(CLIENT, null));
    link.end(0, Properties.NONE);
    link.close();
  }

  /** How long a will may take that is due at once. */
  Duration patience() {
    return Duration.ofSeconds(5);
  }

  /** How long to watch before the absence of a will is believed. */
  Duration doubt() {
    return Duration.ofSeconds(1);
  }

  /** How long to watch for a second copy. */
  Duration echo() {
    return Duration.ofMillis(150);
  }
}
