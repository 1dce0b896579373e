package dev.midge.testing.willbroker;

import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.packet.Packet;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says how a {@link WillBroker} behaves. It is set up before the broker starts, and left alone
 * then.
 */
public final class Behaviour {

  /** Names the things that a client may not do below a prefix. */
  public enum Denial {
    /** PUBLISH is refused with 0x87 in MQTT 5 and dropped in MQTT 3; wills are dropped. */
    PUBLISH,
    /** SUBSCRIBE is refused with 0x87 in MQTT 5 and 0x80 in MQTT 3. */
    SUBSCRIBE,
    /** SUBSCRIBE is granted, and no message is ever delivered. */
    READ
  }

  private static final int KEEP_ALIVE_LIMIT = 120;
  private static final int KEEP_ALIVE_ABOVE_IT = 2;

  private final Breach breach;
  private final Set<Denial> denials = EnumSet.noneOf(Denial.class);
  private final Properties.Builder announced = Properties.builder();
  private String deniedPrefix = "";
  private int refusal;
  private boolean silent;
  private Predicate<Packet> death = packet -> false;
  private int keepAliveLimit = KEEP_ALIVE_LIMIT;
  private int keepAliveAboveIt = KEEP_ALIVE_ABOVE_IT;

  private Behaviour(Breach breach) {
    this.breach = breach;
  }

  /** Keeps every rule. */
  public static Behaviour honest() {
    return new Behaviour(null);
  }

  /** Keeps every rule but that one. */
  public static Behaviour breaking(Breach breach) {
    return new Behaviour(breach);
  }

  /** Denies that below a prefix of topics, to every client. */
  public Behaviour denying(String topicPrefix, Denial denial, Denial... more) {
    deniedPrefix = topicPrefix;
    denials.addAll(EnumSet.of(denial, more));
    return this;
  }

  /** Refuses every CONNECT with that code in CONNACK. */
  public Behaviour refusing(int connackCode) {
    refusal = connackCode;
    return this;
  }

  /** Accepts connections and says nothing, ever. */
  public Behaviour silentAfterAccept() {
    silent = true;
    return this;
  }

  /** Dies (see {@link WillBroker#die}) once a packet like that from a client was handled. */
  public Behaviour dyingAfter(Predicate<Packet> packet) {
    death = packet;
    return this;
  }

  /**
   * Announces something in every CONNACK of MQTT 5, such as Maximum QoS 1. Only Session Expiry
   * Interval also changes what the broker does.
   */
  public Behaviour announcing(Property property, long value) {
    announced.add(property, value);
    return this;
  }

  /**
   * Sends a Server Keep Alive to clients of MQTT 5 that ask for more than the limit. Unless this
   * says otherwise, it is 2 seconds for those that ask for more than 120; for those that ask for
   * none (0) it is never sent.
   */
  public Behaviour serverKeepAlive(int limit, int seconds) {
    keepAliveLimit = limit;
    keepAliveAboveIt = seconds;
    return this;
  }

  /** The rule that is broken; null for none. */
  Breach breach() {
    return breach;
  }

  boolean breaks(Breach rule) {
    return breach == rule;
  }

  boolean denies(Denial denial, String topicOrFilter) {
    return denials.contains(denial) && topicOrFilter.startsWith(deniedPrefix);
  }

  /** The code for every CONNACK; 0 unless all are refused. */
  int refusal() {
    return refusal;
  }

  boolean isSilent() {
    return silent;
  }

  boolean diesAfter(Packet packet) {
    return death.test(packet);
  }

  Properties announced() {
    return announced.build();
  }

  /** The keep alive in force for a client of MQTT 5 that asks for so much. */
  int keepAlive(int asked) {
    return asked > keepAliveLimit ? keepAliveAboveIt : asked;
  }
}
