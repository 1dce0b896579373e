package dev.midge.net.tls.make;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** The kinds of key that can be made, each with the way in which it signs. */
public enum KeyKind {
  /** The curve P-256, which all peers know; made in less than a millisecond. */
  EC("EC", "SHA256withECDSA", Asn1.sequence(Asn1.oid("1.2.840.10045.4.3.2"))),
  /** 2048 bits; made in some tenths of a second. */
  RSA("RSA", "SHA256withRSA", Asn1.sequence(Asn1.oid("1.2.840.113549.1.1.11"), Asn1.nothing()));

  private final String algorithm;
  private final String signature;
  private final byte[] identifier;

  KeyKind(String algorithm, String signature, byte[] identifier) {
    this.algorithm = algorithm;
    this.signature = signature;
    this.identifier = identifier;
  }

  /**
   * Returns the kind of a key.
   *
   * @throws IllegalArgumentException when it is neither EC nor RSA
   */
  static KeyKind of(PrivateKey key) {
    for (KeyKind each : values()) {
      if (each.algorithm.equals(key.getAlgorithm())) {
        return each;
      }
    }
    throw new IllegalArgumentException("a key for " + key.getAlgorithm() + ", not for EC or RSA");
  }

  KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (this == EC) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // Every Java has both.
    }
  }

  /** Returns the DER of the signature's algorithm. */
  byte[] identifier() {
    return identifier;
  }

  /** Returns the DER of what was signed, with its signature: certificates and lists alike. */
  byte[] signed(byte[] content, PrivateKey key) {
    try {
      Signature signer = Signature.getInstance(signature);
      signer.initSign(key);
      signer.update(content);
      return Asn1.sequence(content, identifier, Asn1.bits(signer.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // The key was made, or read, for that.
    }
  }
}
