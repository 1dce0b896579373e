package dev.midge.net.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A TLS alert that is not encrypted. OpenSSL sends such where it does not trust a server of TLS
 * 1.3; JSSE has begun to decrypt by then, and takes it for ciphertext that is too short.
 */
public final class PlainAlert {
  /** The bytes of the record. */
  static final int LENGTH = 7;

  private static final int ALERT = 21;
  private static final int VERSION = 3; // of all of TLS, and of SSL 3
  private static final int LENGTH_OF_CONTENT = 2;

  private PlainAlert() {}

  /**
   * Returns the name of the alert whose record begins at a position, as JSSE has it; null where
   * there is none.
   */
  public static @Nullable String at(ByteBuffer bytes, int position) {
    if (bytes.limit() - position < LENGTH
        || bytes.get(position) != ALERT
        || bytes.get(position + 1) != VERSION
        || bytes.getShort(position + 3) != LENGTH_OF_CONTENT) {
      return null;
    }
    return name(bytes.get(position + 6) & 0xFF);
  }

  /** Returns the name of RFC 8446, 6, or 5246, 7.2. */
  private static String name(int description) {
    return switch (description) {
      case 0 -> "close_notify";
      case 10 -> "unexpected_message";
      case 20 -> "bad_record_mac";
      case 22 -> "record_overflow";
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
      case 109 -> "missing_extension";
      case 110 -> "unsupported_extension";
      case 112 -> "unrecognized_name";
      case 116 -> "certificate_required";
      case 120 -> "no_application_protocol";
      default -> "number " + description;
    };
  }
}
