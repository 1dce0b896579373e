package dev.midge.broker.config;

import dev.midge.mqtt.Qos;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of what clients may do and of what is kept for them, under the names and with the
 * defaults of mosquitto's configuration keys.
 *
 * @param maxInflightMessages inflight QoS 1 and 2 messages per client and direction, 0 to 65535; 0
 *     and 65535: no limit
 * @param maxInflightBytes payload bytes of inflight QoS 1 and 2 messages per client and direction;
 *     0: no limit
 * @param maxQueuedMessages QoS 1 and 2 messages kept per client beyond the inflight ones, and
 *     packets kept for a slow reader before QoS 0 is dropped; 0: no limit
 * @param maxQueuedBytes the same in payload bytes of QoS 1 and 2; 0: no limit
 * @param queueQos0Messages keep QoS 0 messages for a kept session too
 * @param maxPacketSize bytes of a whole packet from a client, 20 or more
 * @param messageSizeLimit payload bytes of a message from a client; 0: no limit
 * @param maxKeepAlive seconds, 0 to 65535; 0: no limit
 * @param maxTopicAlias aliases that a client may use, 0 to 65535
 * @param maxTopicAliasBroker aliases that the broker uses towards a client, 0 to 65535
 * @param autoIdPrefix start of assigned client identifiers
 * @param upgradeOutgoingQos deliver with the subscription's QoS, even above the message's
 * @param allowDuplicateMessages one copy per matching subscription for MQTT 3 clients too
 * @param persistentClientExpiration how long the session of an absent client is kept at most; null:
 *     no limit
 */
public record Limits(
    int maxInflightMessages,
    long maxInflightBytes,
    int maxQueuedMessages,
    long maxQueuedBytes,
    boolean queueQos0Messages,
    int maxPacketSize,
    int messageSizeLimit,
    int maxKeepAlive,
    int maxTopicAlias,
    int maxTopicAliasBroker,
    Qos maxQos,
    boolean retainAvailable,
    boolean allowZeroLengthClientId,
    String autoIdPrefix,
    boolean upgradeOutgoingQos,
    boolean allowDuplicateMessages,
    @Nullable Duration persistentClientExpiration) {

  public static final Limits DEFAULT = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that begins with these. */
  public Builder toBuilder() {
    Builder builder =
        new Builder()
            .maxInflightMessages(maxInflightMessages)
            .maxInflightBytes(maxInflightBytes)
            .maxQueuedMessages(maxQueuedMessages)
            .maxQueuedBytes(maxQueuedBytes)
            .queueQos0Messages(queueQos0Messages)
            .maxPacketSize(maxPacketSize)
            .messageSizeLimit(messageSizeLimit)
            .maxKeepAlive(maxKeepAlive)
            .maxTopicAlias(maxTopicAlias)
            .maxTopicAliasBroker(maxTopicAliasBroker)
            .maxQos(maxQos)
            .retainAvailable(retainAvailable)
            .allowZeroLengthClientId(allowZeroLengthClientId)
            .autoIdPrefix(autoIdPrefix)
            .upgradeOutgoingQos(upgradeOutgoingQos)
            .allowDuplicateMessages(allowDuplicateMessages);
    builder.persistentClientExpiration = persistentClientExpiration;
    return builder;
  }

  /** Returns a copy with those of others that change when the configuration is read again. */
  public Limits reread(Limits others) {
    Builder builder =
        toBuilder()
            .messageSizeLimit(others.messageSizeLimit)
            .allowZeroLengthClientId(others.allowZeroLengthClientId)
            .upgradeOutgoingQos(others.upgradeOutgoingQos)
            .allowDuplicateMessages(others.allowDuplicateMessages);
    builder.persistentClientExpiration = others.persistentClientExpiration;
    return builder.build();
  }

  /** Returns the limit on inflight messages, 1 to 65535. */
  public int inflight() {
    return maxInflightMessages == 0 ? 65535 : maxInflightMessages;
  }

  /** Collects the limits that differ from the defaults. */
  public static final class Builder {
    private int maxInflightMessages = 20;
    private long maxInflightBytes = 0;
    private int maxQueuedMessages = 1000;
    private long maxQueuedBytes = 0;
    private boolean queueQos0Messages = false;
    private int maxPacketSize = 2_000_000;
    private int messageSizeLimit = 0;
    private int maxKeepAlive = 0;
    private int maxTopicAlias = 10;
    private int maxTopicAliasBroker = 10;
    private Qos maxQos = Qos.EXACTLY_ONCE;
    private boolean retainAvailable = true;
    private boolean allowZeroLengthClientId = true;
    private String autoIdPrefix = "auto-";
    private boolean upgradeOutgoingQos = false;
    private boolean allowDuplicateMessages = true;
    private @Nullable Duration persistentClientExpiration = null;

    private Builder() {}

    public Builder maxInflightMessages(int count) {
      maxInflightMessages = count;
      return this;
    }

    public Builder maxInflightBytes(long bytes) {
      maxInflightBytes = bytes;
      return this;
    }

    public Builder maxQueuedMessages(int count) {
      maxQueuedMessages = count;
      return this;
    }

    public Builder maxQueuedBytes(long bytes) {
      maxQueuedBytes = bytes;
      return this;
    }

    public Builder queueQos0Messages(boolean yes) {
      queueQos0Messages = yes;
      return this;
    }

    public Builder maxPacketSize(int bytes) {
      maxPacketSize = bytes;
      return this;
    }

    public Builder messageSizeLimit(int bytes) {
      messageSizeLimit = bytes;
      return this;
    }

    public Builder maxKeepAlive(int seconds) {
      maxKeepAlive = seconds;
      return this;
    }

    public Builder maxTopicAlias(int aliases) {
      maxTopicAlias = aliases;
      return this;
    }

    public Builder maxTopicAliasBroker(int aliases) {
      maxTopicAliasBroker = aliases;
      return this;
    }

    public Builder maxQos(Qos qos) {
      maxQos = qos;
      return this;
    }

    public Builder retainAvailable(boolean yes) {
      retainAvailable = yes;
      return this;
    }

    public Builder allowZeroLengthClientId(boolean yes) {
      allowZeroLengthClientId = yes;
      return this;
    }

    public Builder autoIdPrefix(String prefix) {
      autoIdPrefix = prefix;
      return this;
    }

    public Builder upgradeOutgoingQos(boolean yes) {
      upgradeOutgoingQos = yes;
      return this;
    }

    public Builder allowDuplicateMessages(boolean yes) {
      allowDuplicateMessages = yes;
      return this;
    }

    public Builder persistentClientExpiration(Duration limit) {
      persistentClientExpiration = limit;
      return this;
    }

    public Limits build() {
      return new Limits(
          maxInflightMessages,
          maxInflightBytes,
          maxQueuedMessages,
          maxQueuedBytes,
          queueQos0Messages,
          maxPacketSize,
          messageSizeLimit,
          maxKeepAlive,
          maxTopicAlias,
          maxTopicAliasBroker,
          maxQos,
          retainAvailable,
          allowZeroLengthClientId,
          autoIdPrefix,
          upgradeOutgoingQos,
          allowDuplicateMessages,
          persistentClientExpiration);
    }
  }
}
