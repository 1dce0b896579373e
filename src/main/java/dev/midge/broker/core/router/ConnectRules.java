package dev.midge.broker.core.router;

import dev.midge.broker.config.Limits;
import dev.midge.broker.config.ListenerRules;
import dev.midge.broker.core.ListenerSettings;
import dev.midge.mqtt.Properties;
import dev.midge.mqtt.Property;
import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import dev.midge.mqtt.Will;
import dev.midge.mqtt.packet.Connect;
import org.jspecify.annotations.Nullable;

/**
 * The rules for which a listener refuses a CONNECT before its client logs in. Each method returns a
 * reason code of the client's version, and 0 for no refusal. A refused CONNECT neither disturbs a
 * connection with the same identifier nor leaves a will.
 */
final class ConnectRules {
  private static final int UNACCEPTABLE_VERSION = 1; // of MQTT 3, as the other small ones
  private static final int IDENTIFIER_REJECTED = 2;
  private static final int BAD_USER_NAME_OR_PASSWORD = 4;
  private static final int NOT_AUTHORISED = 5;

  private ConnectRules() {}

  /** Judges all but the names that the client gives. */
  static int refusal(Connect connect, ListenerSettings listener) {
    Limits limits = listener.limits();
    boolean v5 = connect.version().isV5();
    int badVersion = refusalOfVersion(connect.version(), listener);
    if (badVersion != 0) {
      return badVersion;
    }
    Properties properties = connect.properties();
    if (properties.has(Property.AUTHENTICATION_METHOD)) {
      return ReasonCode.BAD_AUTHENTICATION_METHOD; // [MQTT-4.12.0-1]
    }
    if (properties.has(Property.AUTHENTICATION_DATA)) {
      return ReasonCode.PROTOCOL_ERROR;
    }
    int badOptions = connect.will() == null ? 0 : refusalOfOptions(connect.will(), limits, v5);
    if (badOptions != 0) {
      return badOptions;
    }
    if (connect.clientId().isEmpty()) {
      boolean mayBeAssigned =
          limits.allowZeroLengthClientId()
              && connect.version() != ProtocolVersion.V3_1
              && (v5 || connect.cleanStart()); // 3.1.1 [MQTT-3.1.3-8]
      if (!mayBeAssigned) {
        return v5 ? ReasonCode.UNSPECIFIED_ERROR : IDENTIFIER_REJECTED;
      }
    }
    int sizeLimit = limits.messageSizeLimit();
    if (connect.will() != null
        && sizeLimit != 0
        && connect.will().message().payload().length > sizeLimit) {
      return v5 ? ReasonCode.PACKET_TOO_LARGE : NOT_AUTHORISED;
    }
    boolean tooLong =
        limits.maxKeepAlive() != 0
            && (connect.keepAlive() == 0 || connect.keepAlive() > limits.maxKeepAlive());
    return tooLong && !v5 ? IDENTIFIER_REJECTED : 0;
  }

  static int refusalOfVersion(ProtocolVersion version, ListenerSettings listener) {
    if (listener.rules().versions().contains(version)) {
      return 0;
    }
    return version.isV5() ? ReasonCode.UNSUPPORTED_PROTOCOL_VERSION : UNACCEPTABLE_VERSION;
  }

  private static int refusalOfOptions(Will will, Limits limits, boolean v5) {
    if (will.message().qos().compareTo(limits.maxQos()) > 0) {
      return v5 ? ReasonCode.QOS_NOT_SUPPORTED : NOT_AUTHORISED; // [MQTT-3.2.2-12]
    }
    if (will.message().retain() && !limits.retainAvailable()) {
      return v5 ? ReasonCode.RETAIN_NOT_SUPPORTED : NOT_AUTHORISED; // [MQTT-3.2.2-13]
    }
    return 0;
  }

  /**
   * Judges the names that the listener has its client go by.
   *
   * @param credentials null for a client that should have shown a certificate with a name
   */
  static int refusalOfNames(
      Connect connect, @Nullable Credentials credentials, ListenerRules rules) {
    boolean v5 = connect.version().isV5();
    if (credentials == null) {
      return v5 ? ReasonCode.BAD_USER_NAME_OR_PASSWORD : BAD_USER_NAME_OR_PASSWORD;
    }
    if (rules.usernameAsClientId() && credentials.username() == null) {
      return notAuthorised(connect.version());
    }
    Will will = connect.will();
    boolean hasRoom =
        will == null || new MountedPackets(rules.mountPoint()).hasRoomFor(will.message().topic());
    return hasRoom ? 0 : v5 ? ReasonCode.TOPIC_NAME_INVALID : NOT_AUTHORISED;
  }

  /** Returns the code for a client that is not let in. */
  static int notAuthorised(ProtocolVersion version) {
    return version.isV5() ? ReasonCode.NOT_AUTHORIZED : NOT_AUTHORISED;
  }
}
