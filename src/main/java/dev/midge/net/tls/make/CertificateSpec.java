package dev.midge.net.tls.make;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The facts of a certificate that is to be made.
 *
 * @param names of a server: DNS names, also with {@code *}, and addresses
 * @param validFrom whole seconds count
 * @param validUntil the same
 */
public record CertificateSpec(
    X500Principal subject,
    Purpose purpose,
    List<String> names,
    KeyKind keys,
    Instant validFrom,
    Instant validUntil) {

  /** The uses of a certificate. */
  public enum Purpose {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  // Clocks of test machines differ.
  private static final Duration EARLIER = Duration.ofHours(1);
  private static final Duration LEAF = Duration.ofDays(365);
  private static final Duration AUTHORITY = Duration.ofDays(3650);

  // RFC 5280 Appendix A: a common name has no more characters.
  private static final int LONGEST_COMMON_NAME = 64;

  public CertificateSpec {
    names = List.copyOf(names);
    if (!validFrom.isBefore(validUntil)) {
      throw new IllegalArgumentException("valid from " + validFrom + " until " + validUntil);
    }
  }

  private CertificateSpec(String commonName, Purpose purpose, List<String> names, Duration life) {
    this(
        commonName(commonName),
        purpose,
        names,
        KeyKind.EC,
        Instant.now().minus(EARLIER),
        Instant.now().plus(life));
  }

  /** Describes an authority, valid for ten years. */
  public static CertificateSpec authority(String commonName) {
    return new CertificateSpec(commonName, Purpose.AUTHORITY, List.of(), AUTHORITY);
  }

  /**
   * Describes a server with these names, the first of which is its common name, too; valid for a
   * year.
   *
   * @param names one at least
   */
  public static CertificateSpec server(List<String> names) {
    String first = names.get(0);
    String name = first.length() <= LONGEST_COMMON_NAME ? first : "server";
    return new CertificateSpec(name, Purpose.SERVER, names, LEAF);
  }

  /** Describes a client, valid for a year. */
  public static CertificateSpec client(String commonName) {
    return new CertificateSpec(commonName, Purpose.CLIENT, List.of(), LEAF);
  }

  /** Returns the subject that consists of a common name, whatever characters it has. */
  private static X500Principal commonName(String name) {
    byte[] value = Asn1.utf8(name);
    byte[] attribute = Asn1.sequence(Asn1.oid("2.5.4.3"), value);
    return new X500Principal(Asn1.sequence(Asn1.set(attribute)));
  }

  /**
   * Returns a copy with another subject.
   *
   * @param name as RFC 2253 writes it, such as {@code CN=sensor,O=Works,C=AT}
   */
  public CertificateSpec withSubject(String name) {
    return new CertificateSpec(
        new X500Principal(name), purpose, names, keys, validFrom, validUntil);
  }

  /** Returns a copy with keys of another kind. */
  public CertificateSpec withKeys(KeyKind other) {
    return new CertificateSpec(subject, purpose, names, other, validFrom, validUntil);
  }

  /** Returns a copy with other dates. */
  public CertificateSpec valid(Instant from, Instant until) {
    return new CertificateSpec(subject, purpose, names, keys, from, until);
  }

  /** Returns a copy that was valid, and has not been since a day ago. */
  public CertificateSpec expired() {
    Instant now = Instant.now();
    return valid(now.minus(Duration.ofDays(30)), now.minus(Duration.ofDays(1)));
  }

  /** Returns a copy that will be valid in a day. */
  public CertificateSpec notYetValid() {
    Instant now = Instant.now();
    return valid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(30)));
  }
}
