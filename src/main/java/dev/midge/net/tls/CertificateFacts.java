package dev.midge.net.tls;

import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Facts of a certificate in OpenSSL's words, for those who are told why it is refused. */
final class CertificateFacts {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final String NETSCAPE_TYPE = "2.16.840.1.113730.1.1";
  private static final int DIGITAL_SIGNATURE = 0;

  private static final Map<String, String> PURPOSES =
      Map.of(
          SERVER_AUTH,
          "serverAuth",
          "1.3.6.1.5.5.7.3.2",
          "clientAuth",
          "1.3.6.1.5.5.7.3.3",
          "codeSigning",
          "1.3.6.1.5.5.7.3.4",
          "emailProtection",
          "1.3.6.1.5.5.7.3.8",
          "timeStamping",
          "1.3.6.1.5.5.7.3.9",
          "OCSPSigning");

  private static final String[] USAGES = {
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly"
  };

  /** The critical extensions that Java understands. */
  private static final Set<String> KNOWN =
      Set.of(
          "2.5.29.15",
          "2.5.29.17",
          "2.5.29.19",
          "2.5.29.30",
          "2.5.29.32",
          "2.5.29.33",
          "2.5.29.36",
          "2.5.29.37",
          "2.5.29.54",
          NETSCAPE_TYPE);

  private CertificateFacts() {}

  /** Returns why it is not for a TLS server; null when it is, by its extended key usage. */
  static @Nullable String wrongPurpose(X509Certificate broker) {
    try {
      List<String> purposes = broker.getExtendedKeyUsage();
      if (purposes == null || purposes.contains(SERVER_AUTH) || purposes.contains(ANY_PURPOSE)) {
        return null;
      }
      List<String> names = new ArrayList<>();
      for (String purpose : purposes) {
        names.add(PURPOSES.getOrDefault(purpose, purpose));
      }
      return "its extendedKeyUsage is " + String.join(", ", names) + ", not serverAuth";
    } catch (CertificateParsingException e) {
      return "its extendedKeyUsage is malformed";
    }
  }

  /** Returns the same for the key usage and the older extension, which Java heeds too. */
  static @Nullable String wrongUsage(X509Certificate broker) {
    boolean[] usage = broker.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < Math.min(usage.length, USAGES.length); i++) {
        if (usage[i]) {
          names.add(USAGES[i]);
        }
      }
      return "its keyUsage is "
          + (names.isEmpty() ? "empty" : String.join(", ", names))
          + ", without digitalSignature";
    }
    return broker.getExtensionValue(NETSCAPE_TYPE) == null ? null : "its nsCertType is not server";
  }

  /** Returns how it was signed, and with which key it signs. */
  static String algorithms(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    int bits = bits(key);
    return "signed with "
        + certificate.getSigAlgName()
        + ", its own key is "
        + key.getAlgorithm()
        + (bits > 0 ? " of " + bits + " bits" : "");
  }

  /** Returns whether it was signed with a hash whose collisions can be found: MD5 or SHA-1. */
  static boolean hasWeakSignature(X509Certificate certificate) {
    String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    return algorithm.startsWith("SHA1WITH") || algorithm.startsWith("MD");
  }

  /** Returns whether its key is worth less than 112 bits: of RSA or DSA 2048, of EC 224. */
  static boolean hasWeakKey(X509Certificate certificate) {
    PublicKey key = certificate.getPublicKey();
    int bits = bits(key);
    return bits > 0 && bits < (key instanceof ECPublicKey ? 224 : 2048);
  }

  private static int bits(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength();
    }
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getOrder().bitLength();
    }
    return key instanceof DSAPublicKey dsa && dsa.getParams() != null
        ? dsa.getParams().getP().bitLength()
        : 0;
  }

  /** Returns the critical extensions that Java does not understand; null for none. */
  static @Nullable String unknownExtensions(X509Certificate certificate) {
    Set<String> unknown = new TreeSet<>(certificate.getCriticalExtensionOIDs());
    unknown.removeAll(KNOWN);
    return unknown.isEmpty() ? null : "extension " + String.join(", ", unknown);
  }
}
