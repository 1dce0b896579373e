package dev.midge.broker.core.router;

import dev.midge.broker.config.ListenerRules.Identity;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The user name that a certificate gives, as mosquitto reads it. */
final class CertificateName {
  /** The names of OpenSSL for parts of a subject that Java would write as numbers. */
  private static final Map<String, String> NAMES =
      Map.of(
          "1.2.840.113549.1.9.1", "emailAddress",
          "2.5.4.4", "SN",
          "2.5.4.5", "serialNumber",
          "2.5.4.9", "street",
          "2.5.4.12", "title",
          "2.5.4.42", "GN");

  private CertificateName() {}

  /** Returns null if the certificate does not have the part that is wanted. */
  static @Nullable String of(X509Certificate certificate, Identity wanted) {
    X500Principal subject = certificate.getSubjectX500Principal();
    return switch (wanted) {
      case NONE -> null;
      case COMMON_NAME -> commonName(subject);
      case SUBJECT -> likeOpenSsl(subject.getName(X500Principal.RFC2253, NAMES));
    };
  }

  /** Returns the first common name; null if there is none, or an empty one. */
  private static @Nullable String commonName(X500Principal subject) {
    try {
      List<Rdn> parts = new LdapName(subject.getName(X500Principal.RFC2253)).getRdns();
      for (Rdn part : parts) { // LdapName has them in the order of the certificate
        Object value = part.getType().equalsIgnoreCase("CN") ? part.getValue() : null;
        if (value != null) {
          boolean isName = value instanceof String text && isUsable(text);
          return isName ? (String) value : null;
        }
      }
      return null;
    } catch (InvalidNameException e) {
      return null;
    }
  }

  private static boolean isUsable(String name) {
    return !name.isEmpty() && name.indexOf('\0') < 0;
  }

  /**
   * Returns a name as OpenSSL writes it: characters beyond ASCII as the bytes of their UTF-8, and
   * no backslash before an equals sign, nor before a number sign that does not begin a value.
   */
  private static String likeOpenSsl(String name) {
    StringBuilder text = new StringBuilder(name.length());
    boolean beginsValue = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isEscaped = c == '\\';
      char next = isEscaped ? name.charAt(++i) : c;
      boolean isPlain = next == '=' || next == '#' && !beginsValue;
      text.append(isEscaped && !isPlain ? "\\" : "").append(next);
      beginsValue = c == '=';
    }
    return ascii(text.toString());
  }

  private static String ascii(String name) {
    StringBuilder ascii = new StringBuilder(name.length());
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b < 0) {
        ascii.append(String.format("\\%02X", b & 0xFF));
      } else {
        ascii.append((char) b);
      }
    }
    return ascii.toString();
  }
}
