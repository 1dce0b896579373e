package dev.midge.net.tls.make;

import dev.midge.net.tls.pem.CertificateFile;
import dev.midge.net.tls.pem.Pem;
import dev.midge.net.tls.pem.PrivateKeyFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * An authority that makes certificates for tests and trials, all in memory. Its key is not
 * protected: nobody should trust it for more than that. For any thread.
 */
public final class TestAuthority {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127; // RFC 5280 4.1.2.2: 20 bytes at most
  private static final Duration UNTIL_NEXT_LIST = Duration.ofDays(30);
  private static final Duration EARLIER = Duration.ofHours(1);

  private final TestCertificate own;
  private final boolean isRoot;

  private TestAuthority(TestCertificate own, boolean isRoot) {
    this.own = own;
    this.isRoot = isRoot;
  }

  /** Makes a root with a key for EC, valid for ten years. */
  public static TestAuthority create() {
    return create(CertificateSpec.authority("midge test CA"));
  }

  /**
   * Makes a root.
   *
   * @param spec of an authority
   */
  public static TestAuthority create(CertificateSpec spec) {
    KeyPair keys = spec.keys().generate();
    X509Certificate certificate =
        certificate(spec, keys.getPublic(), spec.subject(), keys.getPublic(), keys.getPrivate());
    return new TestAuthority(new TestCertificate(List.of(certificate), keys.getPrivate()), true);
  }

  /**
   * Reads a root that was written before.
   *
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when a file is no good
   */
  public static TestAuthority read(Path certificateFile, Path keyFile)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> certificates = CertificateFile.read(certificateFile);
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    PrivateKey key = PrivateKeyFile.read(keyFile, null);
    if (!dev.midge.net.tls.pem.KeyPair.fits(key, certificates.get(0))) {
      throw new CertificateException("the key is not the certificate's");
    }
    return new TestAuthority(new TestCertificate(certificates.subList(0, 1), key), true);
  }

  /** Makes an authority that this one vouches for. */
  public TestAuthority intermediate(String commonName) {
    return intermediate(CertificateSpec.authority(commonName));
  }

  /**
   * Makes an authority that this one vouches for.
   *
   * @param spec of an authority
   */
  public TestAuthority intermediate(CertificateSpec spec) {
    return new TestAuthority(issue(spec), false);
  }

  /**
   * Makes a certificate for a server.
   *
   * @param names DNS names and addresses, one at least
   */
  public TestCertificate server(List<String> names) {
    return issue(CertificateSpec.server(names));
  }

  /** Makes a certificate for a client. */
  public TestCertificate client(String commonName) {
    return issue(CertificateSpec.client(commonName));
  }

  /** Makes a certificate with a new key. */
  public TestCertificate issue(CertificateSpec spec) {
    KeyPair keys = spec.keys().generate();
    X509Certificate mine = own.certificate();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(
        certificate(
            spec,
            keys.getPublic(),
            mine.getSubjectX500Principal(),
            mine.getPublicKey(),
            own.key()));
    if (!isRoot) {
      chain.addAll(own.chain());
    }
    return new TestCertificate(chain, keys.getPrivate());
  }

  /** Returns a revocation list as PEM, in force for a month, with these certificates on it. */
  public String crl(X509Certificate... revoked) {
    Instant now = Instant.now();
    return crl(now.minus(EARLIER), now.plus(UNTIL_NEXT_LIST), List.of(revoked));
  }

  /**
   * Returns a revocation list as PEM.
   *
   * @param next when it is out of date
   */
  public String crl(Instant made, Instant next, List<X509Certificate> revoked) {
    ByteArrayOutputStream entries = new ByteArrayOutputStream();
    for (X509Certificate each : revoked) {
      entries.writeBytes(Asn1.sequence(Asn1.integer(each.getSerialNumber()), Asn1.time(made)));
    }
    X509Certificate mine = own.certificate();
    KeyKind keys = KeyKind.of(own.key());
    byte[] number =
        Extensions.extension("2.5.29.20", Asn1.integer(BigInteger.valueOf(made.getEpochSecond())));
    byte[] content =
        Asn1.sequence(
            Asn1.integer(BigInteger.ONE), // version 2
            keys.identifier(),
            mine.getSubjectX500Principal().getEncoded(),
            Asn1.time(made),
            Asn1.time(next),
            // RFC 5280 5.1.2.6: no list of entries is better than an empty one.
            revoked.isEmpty() ? new byte[0] : Asn1.sequence(entries.toByteArray()),
            Asn1.explicit(0, Asn1.sequence(Extensions.authorityKey(mine.getPublicKey()), number)));
    return Pem.text("X509 CRL", keys.signed(content, own.key()));
  }

  public X509Certificate certificate() {
    return own.certificate();
  }

  /** Returns its certificate: what others are to trust. */
  public String pem() {
    return own.pem();
  }

  /** Returns its certificate with the key, to be written and read again. */
  public TestCertificate own() {
    return own;
  }

  private static X509Certificate certificate(
      CertificateSpec spec,
      PublicKey key,
      X500Principal issuer,
      PublicKey issuerKey,
      PrivateKey signing) {
    KeyKind signer = KeyKind.of(signing);
    byte[] content =
        Asn1.sequence(
            Asn1.explicit(0, Asn1.integer(BigInteger.TWO)), // version 3
            Asn1.integer(new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE)),
            signer.identifier(),
            issuer.getEncoded(),
            Asn1.sequence(Asn1.time(spec.validFrom()), Asn1.time(spec.validUntil())),
            spec.subject().getEncoded(),
            key.getEncoded(),
            Asn1.explicit(3, Extensions.of(spec, key, issuerKey)));
    byte[] der = signer.signed(content, signing);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new IllegalStateException(e); // It was made by the standard.
    }
  }
}
