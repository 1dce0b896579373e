package dev.midge.net.tls.pem;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Compares a private key with the certificate that it is given with. For any thread. */
public final class KeyPair {
  private static final byte[] SIGNED = {1, 2, 3};

  private KeyPair() {}

  /**
   * Tells whether the key is the one that the certificate speaks of. A key of RSASSA-PSS counts as
   * right: its signatures need parameters, and a handshake would tell.
   *
   * @throws GeneralSecurityException when Java cannot sign with the key, as with one on a curve
   *     that it has not
   */
  public static boolean fits(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    if (algorithm.equals("RSASSA-PSS")) {
      return true;
    }
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(SIGNED);
    byte[] signed = signature.sign();
    try {
      signature.initVerify(certificate.getPublicKey());
      signature.update(SIGNED);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // The algorithms differ.
    }
  }
}
