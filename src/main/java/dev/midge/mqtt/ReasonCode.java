package dev.midge.mqtt;

import java.util.Locale;

/**
 * Reason codes of MQTT 5 as plain numbers, since a peer may send any byte, with the words
 * mosquitto's tools use for them.
 */
public final class ReasonCode {
  public static final int SUCCESS = 0x00;
  public static final int NORMAL_DISCONNECTION = 0x00;
  public static final int DISCONNECT_WITH_WILL_MESSAGE = 0x04;
  public static final int NO_MATCHING_SUBSCRIBERS = 0x10;
  public static final int NO_SUBSCRIPTION_EXISTED = 0x11;
  public static final int UNSPECIFIED_ERROR = 0x80;
  public static final int MALFORMED_PACKET = 0x81;
  public static final int PROTOCOL_ERROR = 0x82;
  public static final int UNSUPPORTED_PROTOCOL_VERSION = 0x84;
  public static final int CLIENT_IDENTIFIER_NOT_VALID = 0x85;
  public static final int BAD_USER_NAME_OR_PASSWORD = 0x86;
  public static final int NOT_AUTHORIZED = 0x87;
  public static final int SERVER_UNAVAILABLE = 0x88;
  public static final int SERVER_SHUTTING_DOWN = 0x8B;
  public static final int BAD_AUTHENTICATION_METHOD = 0x8C;
  public static final int KEEP_ALIVE_TIMEOUT = 0x8D;
  public static final int SESSION_TAKEN_OVER = 0x8E;
  public static final int TOPIC_FILTER_INVALID = 0x8F;
  public static final int TOPIC_NAME_INVALID = 0x90;
  public static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;
  public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
  public static final int TOPIC_ALIAS_INVALID = 0x94;
  public static final int PACKET_TOO_LARGE = 0x95;
  public static final int SERVER_BUSY = 0x89;
  public static final int QUOTA_EXCEEDED = 0x97;
  public static final int ADMINISTRATIVE_ACTION = 0x98;
  public static final int RETAIN_NOT_SUPPORTED = 0x9A;
  public static final int QOS_NOT_SUPPORTED = 0x9B;

  /** The last of the CONNACK return codes of MQTT 3 that are refusals; they start with 1. */
  public static final int LAST_REFUSAL_V3 = 5;

  private static final String[] FAILURES = {
    "Unspecified error",
    "Malformed Packet",
    "Protocol Error",
    "Implementation specific error",
    "Unsupported Protocol Version",
    "Client Identifier not valid",
    "Bad User Name or Password",
    "Not authorized",
    "Server unavailable",
    "Server busy",
    "Banned",
    "Server shutting down",
    "Bad authentication method",
    "Keep Alive timeout",
    "Session taken over",
    "Topic Filter invalid",
    "Topic Name invalid",
    "Packet Identifier in use",
    "Packet Identifier not found",
    "Receive Maximum exceeded",
    "Topic Alias invalid",
    "Packet too large",
    "Message rate too high",
    "Quota exceeded",
    "Administrative action",
    "Payload format invalid",
    "Retain not supported",
    "QoS not supported",
    "Use another server",
    "Server moved",
    "Shared Subscriptions not supported",
    "Connection rate exceeded",
    "Maximum connect time",
    "Subscription identifiers not supported",
    "Wildcard Subscriptions not supported",
  };

  private static final String[] CONNACK_V3 = {
    "Connection Refused: unacceptable protocol version",
    "Connection Refused: identifier rejected",
    "Connection Refused: broker unavailable",
    "Connection Refused: bad user name or password",
    "Connection Refused: not authorised",
  };

  private ReasonCode() {}

  /** Tells whether the code is of a failure: 0x80 and above. */
  public static boolean isFailure(int code) {
    return code >= 0x80;
  }

  /**
   * Returns a failure in mosquitto's words; {@code Unknown reason} when MQTT 5 has no such failure.
   */
  public static String text(int code) {
    int index = code - 0x80;
    return index >= 0 && index < FAILURES.length ? FAILURES[index] : "Unknown reason";
  }

  /** Returns a code as the standard writes it: {@code 0x87}. */
  public static String hex(int code) {
    return (code < 0x10 ? "0x0" : "0x") + Integer.toHexString(code).toUpperCase(Locale.ROOT);
  }

  /** Returns a CONNACK return code of MQTT 3 in mosquitto's words. */
  public static String connackTextV3(int code) {
    return code >= 1 && code <= CONNACK_V3.length
        ? CONNACK_V3[code - 1]
        : "Connection Refused: unknown reason";
  }
}
