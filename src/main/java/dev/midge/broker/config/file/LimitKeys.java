package dev.midge.broker.config.file;

import java.time.Duration;
import java.util.List;

/** The keys of what clients may do, and of what is kept for them. */
final class LimitKeys {
  private static final int LARGEST_PAYLOAD = 268_435_455;

  /** Days of the longest time that sessions are kept, which is no shorter than for ever. */
  private static final long LONGEST = 36_500;

  private LimitKeys() {}

  static List<Key> all() {
    return List.of(
        Key.broker(
            "global_max_connections",
            ValueKind.limit(),
            "-1",
            "Connections at once, at all listeners; -1 for no limit.",
            (draft, count) -> draft.globalMaxConnections = count),
        Key.broker(
            "global_max_clients",
            ValueKind.limit(),
            "-1",
            "Sessions, connected or kept; -1 for no limit.",
            (draft, count) -> draft.globalMaxClients = count),
        Key.broker(
            "max_inflight_messages",
            ValueKind.number(Integer.MIN_VALUE, 65535, "Error: '{K}' must be <= 65535.")
                .said("0 to 65535"),
            "20",
            "QoS 1 and 2 messages on their way at once, for each client and direction; 0 for no"
                + " limit.",
            (draft, count) ->
                draft.limits.maxInflightMessages(count < 0 || count == 65535 ? 0 : count)),
        Key.broker(
            "max_inflight_bytes",
            ValueKind.bytes(),
            "0",
            "The same in bytes of payload; 0 for no limit.",
            (draft, bytes) -> draft.limits.maxInflightBytes(bytes)),
        Key.broker(
            "max_queued_messages",
            ValueKind.count(),
            "1000",
            "QoS 1 and 2 messages that wait for each client beyond those on their way; 0 for no"
                + " limit.",
            (draft, count) -> draft.limits.maxQueuedMessages(count)),
        Key.broker(
            "max_queued_bytes",
            ValueKind.bytes(),
            "0",
            "The same in bytes of payload; 0 for no limit.",
            (draft, bytes) -> draft.limits.maxQueuedBytes(bytes)),
        Key.broker(
            "queue_qos0_messages",
            ValueKind.flag(),
            "`false`",
            "Keep QoS 0 messages for absent clients too.",
            (draft, yes) -> draft.limits.queueQos0Messages(yes)),
        Key.broker(
            "max_packet_size",
            ValueKind.number(20, Integer.MAX_VALUE, "Error: '{K}' must be >= 20.")
                .said("bytes, 20 or more"),
            "2000000",
            "The largest packet that is taken from a client.",
            (draft, bytes) -> draft.limits.maxPacketSize(bytes)),
        Key.broker(
                "message_size_limit",
                ValueKind.number(0, LARGEST_PAYLOAD, BadValue.INVALID)
                    .said("bytes, 0 to 268435455"),
                "0",
                "The largest payload that is taken from a client; 0 for no limit.",
                (draft, bytes) -> draft.limits.messageSizeLimit(bytes))
            .onReload(),
        Key.broker(
            "max_keepalive",
            ValueKind.number(0, 65535, BadValue.INVALID).said("seconds, 0 to 65535"),
            "0",
            "The longest keep alive of a client; 0 for no limit.",
            (draft, seconds) -> draft.limits.maxKeepAlive(seconds)),
        Key.broker(
            "retain_available",
            ValueKind.flag(),
            "`true`",
            "Take retained messages.",
            (draft, yes) -> draft.limits.retainAvailable(yes)),
        Key.broker(
            "check_retain_source",
            ValueKind.flag(),
            "`true`",
            "Deliver a retained message only while its publisher may write its topic.",
            (draft, yes) -> draft.checkRetainSource = yes),
        Key.broker(
            "retain_expiry_interval",
            ValueKind.number(1, Integer.MAX_VALUE, BadValue.INVALID).said("minutes, 1 or more"),
            "as the broker sees fit",
            "The time between two searches for expired retained messages; none is delivered.",
            (draft, minutes) -> draft.retainExpiryInterval = minutes),
        Key.broker(
                "upgrade_outgoing_qos",
                ValueKind.flag(),
                "`false`",
                "Deliver with the QoS of the subscription, even above the message's.",
                (draft, yes) -> draft.limits.upgradeOutgoingQos(yes))
            .onReload(),
        Key.broker(
                "allow_duplicate_messages",
                ValueKind.flag(),
                "`true`",
                "One copy for each overlapping subscription of an MQTT 3 client.",
                (draft, yes) -> draft.limits.allowDuplicateMessages(yes))
            .onReload(),
        Key.broker(
                "persistent_client_expiration",
                duration(),
                "never",
                "The time for which the session of an absent client is kept at most.",
                (draft, time) -> draft.limits.persistentClientExpiration(time))
            .onReload());
  }

  private static ValueKind<Duration> duration() {
    return new ValueKind<>(
        "a number and one of `s` `h` `d` `w` `m` `y`",
        (key, value) -> {
          String word = ValueKind.firstWord(value);
          long seconds =
              switch (word.charAt(word.length() - 1)) {
                case 's' -> 1;
                case 'h' -> 3600;
                case 'd' -> 86_400;
                case 'w' -> 7 * 86_400;
                case 'm' -> 30 * 86_400;
                case 'y' -> 365 * 86_400;
                default -> throw BadValue.invalid(key, word);
              };
          long count;
          try {
            count = ValueKind.integer(key, word.substring(0, word.length() - 1));
          } catch (BadValue e) {
            throw BadValue.invalid(key, word);
          }
          if (count < 1) {
            throw BadValue.invalid(key, word);
          }
          long longest = LONGEST * 86_400;
          return Duration.ofSeconds(count > longest / seconds ? longest : count * seconds);
        });
  }
}
