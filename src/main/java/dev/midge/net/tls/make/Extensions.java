package dev.midge.net.tls.make;

import dev.midge.net.IpLiteral;
import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;

/** The extensions of certificates and revocation lists, RFC 5280 4.2 and 5.2, as DER. */
final class Extensions {
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  // Bits of the key usage.
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int SIGN_CERTIFICATES = 5;
  private static final int SIGN_LISTS = 6;

  // Kinds of an alternative name.
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private static final int BYTES_OF_KEY_IDENTIFIER = 20;

  private Extensions() {}

  /** Returns those of a certificate. */
  static byte[] of(CertificateSpec spec, PublicKey subject, PublicKey issuer) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean isAuthority = spec.purpose() == CertificateSpec.Purpose.AUTHORITY;
    all.writeBytes(
        critical(BASIC_CONSTRAINTS, isAuthority ? Asn1.sequence(Asn1.yes()) : Asn1.sequence()));
    all.writeBytes(critical(KEY_USAGE, usage(isAuthority, spec.keys())));
    switch (spec.purpose()) {
      case SERVER -> all.writeBytes(purpose(SERVER_AUTH));
      case CLIENT -> all.writeBytes(purpose(CLIENT_AUTH));
      case AUTHORITY -> {} // for all purposes
    }
    if (!spec.names().isEmpty()) {
      all.writeBytes(extension(ALTERNATIVE_NAMES, alternativeNames(spec.names())));
    }
    all.writeBytes(extension(SUBJECT_KEY, Asn1.octets(identifier(subject))));
    all.writeBytes(authorityKey(issuer));
    return Asn1.sequence(all.toByteArray());
  }

  private static byte[] usage(boolean isAuthority, KeyKind keys) {
    if (isAuthority) {
      return Asn1.namedBits(SIGN_CERTIFICATES, SIGN_LISTS);
    }
    return keys == KeyKind.RSA
        ? Asn1.namedBits(DIGITAL_SIGNATURE, KEY_ENCIPHERMENT)
        : Asn1.namedBits(DIGITAL_SIGNATURE);
  }

  private static byte[] purpose(String oid) {
    return extension(EXTENDED_KEY_USAGE, Asn1.sequence(Asn1.oid(oid)));
  }

  private static byte[] alternativeNames(List<String> names) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      byte[] address = IpLiteral.parse(name);
      all.writeBytes(
          address != null
              ? Asn1.implicit(IP_ADDRESS, address)
              : Asn1.implicit(DNS_NAME, IDN.toASCII(name).getBytes(StandardCharsets.US_ASCII)));
    }
    return Asn1.sequence(all.toByteArray());
  }

  /** Returns the one that names the key that has signed. */
  static byte[] authorityKey(PublicKey issuer) {
    return extension(AUTHORITY_KEY, Asn1.sequence(Asn1.implicit(0, identifier(issuer))));
  }

  /** Returns one that who does not know it may pass over. */
  static byte[] extension(String oid, byte[] value) {
    return Asn1.sequence(Asn1.oid(oid), Asn1.octets(value));
  }

  private static byte[] critical(String oid, byte[] value) {
    return Asn1.sequence(Asn1.oid(oid), Asn1.yes(), Asn1.octets(value));
  }

  /** RFC 7093 2: any 160 bits that the key determines will do. */
  private static byte[] identifier(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return Arrays.copyOf(digest, BYTES_OF_KEY_IDENTIFIER);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }
}
