package dev.midge.net.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The alert of a client that does not take the server's certificate, as OpenSSL sends it in TLS
 * 1.3: not encrypted yet, where Java waits for what is, and complains of the length alone.
 */
public final class PlainAlert {
  private static final int ALERT = 21;
  private static final int HEAD_BYTES = 5;
  private static final int ALERT_BYTES = 2;

  private PlainAlert() {}

  /**
   * Returns the text for such an alert among the records of a handshake, in Java's form for others;
   * null where there is none.
   *
   * @param records from the first byte of one to the limit; not changed
   */
  public static @Nullable String text(ByteBuffer records) {
    int at = 0;
    while (at + HEAD_BYTES + ALERT_BYTES <= records.limit()) {
      int length = Short.toUnsignedInt(records.getShort(at + 3));
      if (records.get(at) == ALERT && length == ALERT_BYTES) {
        return "Received fatal alert: " + name(records.get(at + HEAD_BYTES + 1));
      }
      at += HEAD_BYTES + length;
    }
    return null;
  }

  /** RFC 8446 6.2: those by which a client refuses. */
  private static String name(int description) {
    return switch (description) {
      case 40 -> "handshake_failure";
      case 42 -> "bad_certificate";
      case 43 -> "unsupported_certificate";
      case 44 -> "certificate_revoked";
      case 45 -> "certificate_expired";
      case 46 -> "certificate_unknown";
      case 47 -> "illegal_parameter";
      case 48 -> "unknown_ca";
      case 49 -> "access_denied";
      case 50 -> "decode_error";
      case 51 -> "decrypt_error";
      case 70 -> "protocol_version";
      case 71 -> "insufficient_security";
      case 80 -> "internal_error";
      case 90 -> "user_canceled";
      default -> "number " + (description & 0xFF);
    };
  }
}
