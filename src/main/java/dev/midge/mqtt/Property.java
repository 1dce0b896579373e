package dev.midge.mqtt;

import org.jspecify.annotations.Nullable;

/**
 * The properties of MQTT 5: identifier, name as {@code -D} and JSON spell it, type, and the packets
 * (or the will) that may carry each. This table is all that parsing, decoding, encoding and
 * printing need to know.
 *
 * <p>Source: MQTT 5.0, 2.2.2.2.
 */
public enum Property {
  PAYLOAD_FORMAT_INDICATOR(0x01, "payload-format-indicator", Type.BYTE, Place.PUBLISH | Place.WILL),
  MESSAGE_EXPIRY_INTERVAL(
      0x02, "message-expiry-interval", Type.FOUR_BYTE_INTEGER, Place.PUBLISH | Place.WILL),
  CONTENT_TYPE(0x03, "content-type", Type.UTF8_STRING, Place.PUBLISH | Place.WILL),
  RESPONSE_TOPIC(0x08, "response-topic", Type.UTF8_STRING, Place.PUBLISH | Place.WILL),
  CORRELATION_DATA(0x09, "correlation-data", Type.BINARY, Place.PUBLISH | Place.WILL),
  SUBSCRIPTION_IDENTIFIER(
      0x0B, "subscription-identifier", Type.VARIABLE_BYTE_INTEGER, Place.PUBLISH | Place.SUBSCRIBE),
  SESSION_EXPIRY_INTERVAL(
      0x11,
      "session-expiry-interval",
      Type.FOUR_BYTE_INTEGER,
      Place.CONNECT | Place.CONNACK | Place.DISCONNECT),
  ASSIGNED_CLIENT_IDENTIFIER(0x12, "assigned-client-identifier", Type.UTF8_STRING, Place.CONNACK),
  SERVER_KEEP_ALIVE(0x13, "server-keep-alive", Type.TWO_BYTE_INTEGER, Place.CONNACK),
  AUTHENTICATION_METHOD(
      0x15, "authentication-method", Type.UTF8_STRING, Place.CONNECT | Place.CONNACK | Place.AUTH),
  AUTHENTICATION_DATA(
      0x16, "authentication-data", Type.BINARY, Place.CONNECT | Place.CONNACK | Place.AUTH),
  REQUEST_PROBLEM_INFORMATION(0x17, "request-problem-information", Type.BYTE, Place.CONNECT),
  WILL_DELAY_INTERVAL(0x18, "will-delay-interval", Type.FOUR_BYTE_INTEGER, Place.WILL),
  REQUEST_RESPONSE_INFORMATION(0x19, "request-response-information", Type.BYTE, Place.CONNECT),
  RESPONSE_INFORMATION(0x1A, "response-information", Type.UTF8_STRING, Place.CONNACK),
  SERVER_REFERENCE(0x1C, "server-reference", Type.UTF8_STRING, Place.CONNACK | Place.DISCONNECT),
  REASON_STRING(
      0x1F,
      "reason-string",
      Type.UTF8_STRING,
      Place.CONNACK | Place.ACK | Place.SUBACK | Place.UNSUBACK | Place.DISCONNECT | Place.AUTH),
  RECEIVE_MAXIMUM(0x21, "receive-maximum", Type.TWO_BYTE_INTEGER, Place.CONNECT | Place.CONNACK),
  TOPIC_ALIAS_MAXIMUM(
      0x22, "topic-alias-maximum", Type.TWO_BYTE_INTEGER, Place.CONNECT | Place.CONNACK),
  TOPIC_ALIAS(0x23, "topic-alias", Type.TWO_BYTE_INTEGER, Place.PUBLISH),
  MAXIMUM_QOS(0x24, "maximum-qos", Type.BYTE, Place.CONNACK),
  RETAIN_AVAILABLE(0x25, "retain-available", Type.BYTE, Place.CONNACK),
  USER_PROPERTY(0x26, "user-property", Type.UTF8_STRING_PAIR, Place.EVERYWHERE),
  MAXIMUM_PACKET_SIZE(
      0x27, "maximum-packet-size", Type.FOUR_BYTE_INTEGER, Place.CONNECT | Place.CONNACK),
  WILDCARD_SUBSCRIPTION_AVAILABLE(
      0x28, "wildcard-subscription-available", Type.BYTE, Place.CONNACK),
  SUBSCRIPTION_IDENTIFIER_AVAILABLE(
      0x29, "subscription-identifier-available", Type.BYTE, Place.CONNACK),
  SHARED_SUBSCRIPTION_AVAILABLE(0x2A, "shared-subscription-available", Type.BYTE, Place.CONNACK);

  /** The form of a value in a packet and, beside it, in {@link Properties}. */
  public enum Type {
    /** One byte; a {@link Long} from 0 to 255. */
    BYTE,
    /** A {@link Long} from 0 to 65535. */
    TWO_BYTE_INTEGER,
    /** A {@link Long} from 0 to 4294967295. */
    FOUR_BYTE_INTEGER,
    /** A {@link Long} from 0 to 268435455. */
    VARIABLE_BYTE_INTEGER,
    /** A {@link String} of at most 65535 bytes. */
    UTF8_STRING,
    /** A {@code byte[]} of at most 65535 bytes. */
    BINARY,
    /** A {@link Properties.Pair}. */
    UTF8_STRING_PAIR
  }

  /** The packets in which a property may stand, as bits that can be combined. */
  public static final class Place {
    public static final int CONNECT = 1;
    public static final int CONNACK = 1 << 1;
    public static final int PUBLISH = 1 << 2;
    public static final int WILL = 1 << 3;

    /** PUBACK, PUBREC, PUBREL and PUBCOMP. */
    public static final int ACK = 1 << 4;

    public static final int SUBSCRIBE = 1 << 5;
    public static final int SUBACK = 1 << 6;
    public static final int UNSUBSCRIBE = 1 << 7;
    public static final int UNSUBACK = 1 << 8;
    public static final int DISCONNECT = 1 << 9;
    public static final int AUTH = 1 << 10;
    static final int EVERYWHERE = (1 << 11) - 1;

    private Place() {}
  }

  private static final Property[] BY_IDENTIFIER = new Property[0x2B];

  static {
    for (Property property : values()) {
      BY_IDENTIFIER[property.identifier] = property;
    }
  }

  private final int identifier;
  private final String propertyName;
  private final Type type;
  private final int places;

  Property(int identifier, String propertyName, Type type, int places) {
    this.identifier = identifier;
    this.propertyName = propertyName;
    this.type = type;
    this.places = places;
  }

  /** Returns the identifier that packets have. */
  public int identifier() {
    return identifier;
  }

  /** Returns the name that {@code -D} and JSON use, such as {@code will-delay-interval}. */
  public String propertyName() {
    return propertyName;
  }

  public Type type() {
    return type;
  }

  /**
   * Tells whether the property may stand there.
   *
   * @param place one of the bits of {@link Place}
   */
  public boolean allowedIn(int place) {
    return (places & place) != 0;
  }

  /** Tells whether the property may stand more than once in one packet. */
  public boolean repeatable(int place) {
    return this == USER_PROPERTY || (this == SUBSCRIPTION_IDENTIFIER && place == Place.PUBLISH);
  }

  /** Returns the property of an identifier; null when MQTT 5 has none. */
  public static @Nullable Property ofIdentifier(int identifier) {
    return identifier >= 0 && identifier < BY_IDENTIFIER.length ? BY_IDENTIFIER[identifier] : null;
  }

  /** Returns the property of a name in any case; null when MQTT 5 has none. */
  public static @Nullable Property ofName(String name) {
    for (Property property : values()) {
      if (property.propertyName.equalsIgnoreCase(name)) {
        return property;
      }
    }
    return null;
  }
}
