package dev.midge.broker.battery;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A difference between Debian's mosquitto and midge that is meant to be.
 *
 * @param where a regular expression for the configuration file and what was done
 * @param mosquitto a regular expression for what mosquitto shows
 * @param midge what midge shows in its place
 * @param reason for those who read the table
 */
record Difference(Pattern where, Pattern mosquitto, String midge, String reason) {

  private static Difference of(String where, String mosquitto, String midge, String reason) {
    return new Difference(Pattern.compile(where), Pattern.compile(mosquitto), midge, reason);
  }

  private static final String SINCE_2_1 = "mosquitto 2.1 does as midge does";

  /** All of them; docs/mosquitto.md repeats the reasons. */
  static final List<Difference> ALL =
      List.of(
          of(
              "",
              "(CONNACK 00 [^\\[]*\\[(?:(?!MAXIMUM_PACKET_SIZE)[^\\]])*)(RECEIVE_MAXIMUM)",
              "$1MAXIMUM_PACKET_SIZE=2000000, $2",
              "max_packet_size is 2000000 unless set, and announced; " + SINCE_2_1),
          of(
              "limits.conf: .*keep alive",
              "(TOPIC_ALIAS_MAXIMUM=3), (SERVER_KEEP_ALIVE=120)",
              "$2, $1",
              "the order of properties in CONNACK; " + SINCE_2_1),
          of(
              "limits.conf: .*V3_1_1: keep alive (0|121)$",
              "CONNACK 00",
              "CONNACK 02",
              "max_keepalive holds for clients of MQTT 3, too; " + SINCE_2_1),
          of(
              "limits.conf: .*V5: publish [4-8] to somebody|strict.conf: .*V5: over the bytes",
              "PUBACK 00",
              "PUBACK 97",
              "a publisher hears that its message was lost, since the queues of all its subscribers"
                  + " are full"),
          of(
              "strict.conf: .*queued bytes",
              ", PUBLISH 'bytes/2'[^,\\[]*\\[\\]",
              "",
              "max_queued_bytes is never passed; mosquitto's queue takes one message over it"),
          of(
              "mount-point.conf: (?!.*outside)",
              "PUBLISH 'customers/(?:one|two)/",
              "PUBLISH '",
              "the mount point is taken off what clients get, as mosquitto's manual says; 2.0.11"
                  + " leaves it on"),
          of(
              "several.conf: .*V5: the first is taken over",
              "end",
              "DISCONNECT 8e",
              "a client of MQTT 5 is told that it is taken over; " + SINCE_2_1));

  /**
   * Returns what midge should show where mosquitto shows that; the same if this is no row for it.
   */
  String applied(String file, String what, String seen) {
    return where.matcher(file + ": " + what).find()
        ? mosquitto.matcher(seen).replaceAll(midge)
        : seen;
  }
}
