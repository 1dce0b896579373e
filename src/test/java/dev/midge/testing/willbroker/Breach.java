package dev.midge.testing.willbroker;

import java.util.Arrays;
import java.util.List;

/**
 * The one rule about wills that a {@link WillBroker} breaks. Each is a behaviour that the broker
 * has towards every client; none looks at a topic or a client id.
 *
 * <p>A <em>plain</em> will, below, is one that is not retained, has no properties and 1 to 1000
 * bytes of payload, whose client keeps no session and has published nothing, and that exactly one
 * session receives. A <em>delayed</em> will has a delay and no other property. A <em>cut</em> is
 * any end of a connection at which the client goes first and says no DISCONNECT.
 */
public enum Breach {
  /**
   * DISCONNECT 0x00 and then an orderly end publish the will half a second later, unless the client
   * id is connected again by then or had a will published before.
   */
  CLEAN("clean"),
  /** A reset after DISCONNECT publishes the will, unless that came in one write with a PUBLISH. */
  CLEAN_RESET("clean-reset"),
  /** A reset after PUBLISH and DISCONNECT in one write publishes the will. */
  CLEAN_UNREAD("clean-unread"),
  /** DISCONNECT 0x04 without properties throws the will away. */
  REASON_04("reason-04"),
  /** DISCONNECT with a reason of 0x80 or above throws the will away. */
  REASON_ERROR("reason-error"),
  /** DISCONNECT that lowers the session expiry to 0 throws a delayed will away. */
  REASON_EXPIRY_0("reason-expiry-0"),
  /** DISCONNECT that lowers the session expiry to 0 leaves the will's delay as it was. */
  REASON_EXPIRY_0_WAITS("reason-expiry-0"),
  /** An orderly close (FIN, or TLS's close_notify) between two packets throws the will away. */
  // kill: on plain TCP a killed process leaves the same FIN.
  CLOSE("close", "kill"),
  /**
   * The first plain will of QoS 0 on a topic of the row that is due by a reset (RST) is lost; later
   * ones are sent, so that the control arm of the row gets its will.
   */
  RESET("reset"),
  /** Every reset (RST) throws the will away. */
  // All of these take the client away by a reset; every control arm fails as well.
  RESET_EACH(
      "reset",
      "kept",
      "delay",
      "delay-clean-start",
      "delay-expiry",
      "delay-expiry-0",
      "only-topic",
      "qos-1",
      "qos-2",
      "payload-binary",
      "payload-large",
      "properties",
      "expiry",
      "retained",
      "retained-replaces",
      "retained-clears",
      "replaced",
      "once",
      "order",
      "to-absent",
      "to-itself",
      "to-group",
      "to-many",
      "storm"),
  /** A FIN in the middle of PUBLISH publishes the part that has come, filled up with zeros. */
  HALF_PACKET("half-packet"),
  /** A FIN in the middle of a packet throws the will away. */
  HALF_PACKET_LOST("half-packet"),
  /** The end of a socket without a last word (FIN; in TLS without close_notify) loses the will. */
  // close: on plain TCP the same FIN. tls-cut: in TLS the same missing close_notify.
  KILL("kill", "close", "tls-cut"),
  /** A malformed packet closes the connection without the will. */
  MALFORMED("malformed"),
  /** A malformed packet is passed over: the connection stays, and so does the will. */
  MALFORMED_KEPT_OPEN("malformed"),
  /** A second CONNECT closes the connection without the will. */
  SECOND_CONNECT("second-connect"),
  /** A second CONNECT is passed over: the connection stays, and so does the will. */
  SECOND_CONNECT_KEPT_OPEN("second-connect"),
  /**
   * Keep alive is watched only while a packet is unfinished or a message was sent to the client
   * after its last packet, or where the broker has set the keep alive itself.
   */
  FREEZE("freeze"),
  /** The connection is cut four seconds late, where {@link #FREEZE} does not watch at all. */
  FREEZE_LATE("freeze"),
  /**
   * The connection is cut too early, where {@link #FREEZE} does not watch at all: before a client
   * that sends PINGREQ at half the keep alive has sent the next one.
   */
  FREEZE_EARLY("freeze"),
  /** A client is never cut when a message was sent to it after its last packet. */
  FREEZE_DOWNSTREAM("freeze-downstream"),
  /** A message to the client counts as a sign of its life. */
  FREEZE_DOWNSTREAM_LATE("freeze-downstream"),
  /** A client is never cut while a packet of its is unfinished. */
  FREEZE_HALF_PACKET("freeze-half-packet"),
  /** A packet that is unfinished for two seconds cuts its connection. */
  SLOW_PACKET("slow-link"),
  /** The broker announces a Server Keep Alive and goes by what the client had asked for. */
  SERVER_KEEP_ALIVE("server-keep-alive"),
  /** Take-over loses a will without delay whose session ends with the connection. */
  TAKEOVER("takeover"),
  /** Take-over loses a will without delay whose session goes on. */
  TAKEOVER_KEPT("takeover-kept"),
  /** Take-over loses a delayed will whose session ends with the connection. */
  TAKEOVER_EXPIRY_0("takeover-expiry-0"),
  /** Take-over with Clean Start loses a delayed will of a kept session. */
  TAKEOVER_CLEAN_START("takeover-clean-start"),
  /** Take-over publishes a delayed will though the session goes on. */
  TAKEOVER_RESUME("takeover-resume"),
  /**
   * A cut loses a will without delay whose session is kept, unless that session subscribes to the
   * will's topic.
   */
  KEPT("kept"),
  /**
   * A cut with a will without delay deletes the kept session, unless that session subscribes to the
   * will's topic.
   */
  KEPT_FORGOTTEN("kept"),
  /** A will with a delay is published after half of it. */
  DELAY("delay"),
  /** A will with a delay is published four seconds late, or at the end of its session. */
  DELAY_LATE("delay"),
  /** A will whose delay runs out before its session is lost. */
  DELAY_LOST("delay"),
  /** Coming back in time to a kept session publishes the delayed will at once. */
  DELAY_RESUME("delay-resume"),
  /** Coming back in time with Clean Start loses the delayed will. */
  DELAY_CLEAN_START("delay-clean-start"),
  /** The end of a session before the will's delay is over loses the will. */
  DELAY_EXPIRY("delay-expiry"),
  /** The end of a session before the will's delay is over leaves the will waiting. */
  DELAY_EXPIRY_WAITS("delay-expiry"),
  /** A cut loses a delayed will whose session ends with the connection. */
  DELAY_EXPIRY_0("delay-expiry-0"),
  /** A cut lets a delayed will wait although its session ends with the connection. */
  DELAY_EXPIRY_0_WAITS("delay-expiry-0"),
  /** A will with an empty payload that is not retained is published with one blank. */
  ONLY_TOPIC("only-topic"),
  /** A plain will of QoS 1 is delivered with QoS 0. */
  QOS_1("qos-1"),
  /** A plain will of QoS 1 is delivered twice. */
  // storm: its 200 wills are plain ones of QoS 1.
  QOS_1_TWICE("qos-1", "storm"),
  /** A plain will of QoS 2 is delivered with QoS 1. */
  QOS_2("qos-2"),
  /** A plain will of QoS 2 is delivered twice. */
  QOS_2_TWICE("qos-2"),
  /** A payload of up to 1000 bytes goes through a string: what is not UTF-8 is replaced. */
  PAYLOAD_BINARY("payload-binary"),
  /** A payload of more than 60000 bytes loses its last byte. */
  PAYLOAD_LARGE("payload-large"),
  /** A will of more than 60000 bytes is lost. */
  PAYLOAD_LARGE_LOST("payload-large"),
  /** The user properties of a will are published in the reverse order. */
  PROPERTIES("properties"),
  /** The properties of a will, but for message expiry, are dropped. */
  PROPERTIES_DROPPED("properties"),
  /**
   * Will Delay Interval is passed on in PUBLISH beside user properties, which ends the connection
   * of a subscriber that checks.
   */
  PROPERTIES_WILL_DELAY("properties"),
  /** The message expiry of a retained will counts from CONNECT. */
  EXPIRY("expiry"),
  /** A retained will never expires. */
  EXPIRY_NEVER("expiry"),
  /** A will without message expiry is not retained where nothing was retained before. */
  RETAINED("retained"),
  /**
   * A retained will without message expiry, where nothing was retained before, comes with the
   * retain flag to those who did not ask for Retain As Published too.
   */
  RETAINED_FLAG("retained"),
  /** A retained will with a payload does not replace what was retained before. */
  RETAINED_REPLACES("retained-replaces"),
  /** An empty retained will does not remove what was retained before. */
  RETAINED_CLEARS("retained-clears"),
  /** A cut publishes the will that the client id had at its last clean end, not the present one. */
  REPLACED("replaced"),
  /** A cut without a will publishes the will that the client id had at its last clean end. */
  NONE_LEFT("none-left"),
  /**
   * A clean end publishes again the will that the client id's cut had published, when its session
   * was not kept.
   */
  ONCE("once"),
  /**
   * The last QoS 1 message (of more than ten) to the topic of the client's own will is acknowledged
   * and held back until the next packet, so that the will overtakes it.
   */
  ORDER("order"),
  /** A will is not queued for the kept session of another client that is away. */
  TO_ABSENT("to-absent"),
  /** A will is not queued for the kept session of its own client. */
  TO_ITSELF("to-itself"),
  /** A will goes to every member of a shared subscription. */
  TO_GROUP("to-group"),
  /** A will goes to ten subscribers at most. */
  TO_MANY("to-many"),
  /** The broker holds 150 wills of connected clients at most; further ones are lost. */
  STORM("storm"),
  /**
   * CONNECT with a wildcard behind a slash in the will topic is accepted, with a tilde in the
   * wildcard's place.
   */
  WILDCARD_TOPIC("wildcard-topic"),
  /** A TCP FIN without close_notify between two packets loses the will. */
  // kill: a killed process says no close_notify either. Only on a TLS door.
  TLS_CUT("tls-cut", "kill"),
  /** A WebSocket Close frame counts as DISCONNECT. */
  // close, half-packet: over WebSocket an orderly close begins with that frame. Only on a WebSocket
  // door.
  WS_CLOSE("ws-close", "close", "half-packet");

  private final String row;
  private final List<String> alsoBreaks;

  Breach(String row, String... alsoBreaks) {
    this.row = row;
    this.alsoBreaks = List.of(alsoBreaks);
  }

  /** The id of the row that must turn red. */
  public String row() {
    return row;
  }

  /** Returns those of rows that need no network that fails. */
  public static List<Breach> withoutNetwork() {
    return Arrays.stream(values()).filter(breach -> breach != SLOW_PACKET).toList();
  }

  /**
   * The ids of the rows that state the same rule on some transport, and turn red there too; a
   * comment at the constant says why.
   */
  public List<String> alsoBreaks() {
    return alsoBreaks;
  }
}
