package dev.midge.cli.failure;

import dev.midge.mqtt.ProtocolVersion;
import dev.midge.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/** The next thing to try; each is the end of a line. */
final class Advice {
  private static final int SERVER_BUSY = 0x89;
  private static final int BANNED = 0x8A;
  private static final int USE_ANOTHER_SERVER = 0x9C;
  private static final int SERVER_MOVED = 0x9D;
  private static final int CONNECTION_RATE_EXCEEDED = 0x9F;

  private Advice() {}

  /**
   * Returns the advice where the broker cannot be connected to; null where none is known.
   *
   * @param what the system's text
   */
  static @Nullable String toReach(String what, ConnectAttempt attempt) {
    if (attempt.isUnix()) {
      return switch (what) {
        case "No such file or directory" ->
            "is that the path of the broker's socket (--unix)? The broker makes it when it starts.";
        case "Permission denied" ->
            "the user who runs midge must be allowed to write to the socket.";
        default -> "does the broker still listen on that socket?";
      };
    }
    if (what.startsWith("Cannot assign requested address")) {
      return attempt.endpoint().bindAddress() == null
          ? "an address of this machine or of another one, and a port from 1."
          : "an address of this machine for -A, of the same kind as the broker's.";
    }
    if (what.startsWith("Connection refused")) {
      return refused(attempt);
    }
    if (what.startsWith("Too many open files")) {
      return "fewer connections at once, or a higher limit of the system for files (ulimit -n).";
    }
    if (what.startsWith("Connection reset") || what.startsWith("Broken pipe")) {
      return "is that the right port (-p)? Does it want TLS (--cafile FILE, -L mqtts:// or wss://), or none?";
    }
    if (what.contains("timed out")) {
      return "is the host up, and does a firewall let the port through? --connect-timeout SECONDS waits less.";
    }
    return what.contains("unreachable") || what.contains("No route")
        ? "is this machine's network up, and is the address right?"
        : null;
  }

  private static String refused(ConnectAttempt attempt) {
    if (attempt.endpoint().proxy() != null) {
      return "is the proxy running there? --proxy names its host and port.";
    }
    int port = attempt.endpoint().port();
    return attempt.isHere() && attempt.endpoint().tls() == null
        ? "is a broker listening there? 'midge broker -p " + port + "' starts one."
        : "is a broker running there, and is " + port + " its port (-p)?";
  }

  /** Returns the advice after a CONNACK that refuses the connection. */
  static String toBeLetIn(int code, ConnectAttempt attempt) {
    return switch (code) {
      case ReasonCode.UNSUPPORTED_PROTOCOL_VERSION -> version(attempt);
      case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID ->
          "another client id: -i ID, short and of letters and digits.";
      case ReasonCode.BAD_USER_NAME_OR_PASSWORD ->
          "another user name or password: -u NAME and -P, --pw-file FILE or MIDGE_PASSWORD.";
      case ReasonCode.NOT_AUTHORIZED ->
          "-u NAME and -P for a user whom the broker lets in, or -i ID if it goes by that.";
      case ReasonCode.BAD_AUTHENTICATION_METHOD ->
          "-u NAME and -P, without -D connect authentication-method.";
      case ReasonCode.SERVER_UNAVAILABLE, SERVER_BUSY, CONNECTION_RATE_EXCEEDED -> "again later.";
      case BANNED -> "another client id (-i) or user (-u), or ask who runs the broker.";
      case ReasonCode.TOPIC_NAME_INVALID -> "another topic for the will: --will-topic.";
      case ReasonCode.PACKET_TOO_LARGE -> "a smaller will or fewer properties.";
      case ReasonCode.QUOTA_EXCEEDED -> "fewer connections or sessions for this user.";
      case ReasonCode.RETAIN_NOT_SUPPORTED -> "a will without --will-retain.";
      case ReasonCode.QOS_NOT_SUPPORTED -> "a lower --will-qos.";
      case USE_ANOTHER_SERVER, SERVER_MOVED -> "the other server, which the reason may name.";
      case ReasonCode.MALFORMED_PACKET, ReasonCode.PROTOCOL_ERROR -> version(attempt);
      default -> "the broker's log may tell why.";
    };
  }

  private static String version(ConnectAttempt attempt) {
    return attempt.version() == ProtocolVersion.V5
        ? "an older version of MQTT: -V 311."
        : "a newer version of MQTT: -V 5.";
  }

  /** Returns the advice after a DISCONNECT of the broker. */
  static String toStay(int code, ConnectAttempt attempt) {
    return switch (code) {
      case ReasonCode.SESSION_TAKEN_OVER -> "an id of its own for each client: -i ID.";
      case ReasonCode.NOT_AUTHORIZED -> "a user who may do that: -u NAME and -P.";
      case ReasonCode.KEEP_ALIVE_TIMEOUT -> "a longer keep alive: -k SECONDS.";
      case ReasonCode.PACKET_TOO_LARGE -> "a smaller message.";
      case ReasonCode.SERVER_SHUTTING_DOWN, SERVER_BUSY, CONNECTION_RATE_EXCEEDED -> "again later.";
      case ReasonCode.TOPIC_NAME_INVALID, ReasonCode.TOPIC_FILTER_INVALID -> "another topic: -t.";
      case ReasonCode.QOS_NOT_SUPPORTED -> "a lower QoS: -q.";
      case ReasonCode.RETAIN_NOT_SUPPORTED -> "without -r.";
      case USE_ANOTHER_SERVER, SERVER_MOVED -> "the other server, which the reason may name.";
      default -> "the broker's log may tell why.";
    };
  }
}
