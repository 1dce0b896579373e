package dev.midge.net.tls.pem;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;
import org.jspecify.annotations.Nullable;

/**
 * Private keys as OpenSSL writes them: PKCS#8, or its older forms for RSA and EC, encrypted or not.
 * Java itself reads PKCS#8 only, so the older forms are wrapped into that. Used by whoever sets TLS
 * up, on either side.
 */
public final class PrivateKeyFile {
  private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};
  private static final byte[] NULL = {5, 0};
  private static final byte[] RSA = oid("2a864886f70d010101");
  private static final byte[] EC = oid("2a8648ce3d0201");

  private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String CIPHER = "DEK-Info";
  private static final String WRONG = "the passphrase is wrong, or the key is damaged";

  /** The algorithms that a PKCS#8 key may have, by the names that Java has for them. */
  private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

  private PrivateKeyFile() {}

  /**
   * Returns the first key of the file.
   *
   * @param passphrase asked once, and only for an encrypted key; null, or giving null, when nobody
   *     can be asked
   * @throws GeneralSecurityException when there is none that can be used
   */
  public static PrivateKey read(Path file, @Nullable Supplier<char @Nullable []> passphrase)
      throws IOException, GeneralSecurityException {
    for (Pem block : Pem.read(file)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return read(block, passphrase);
      }
    }
    throw new InvalidKeyException("no private key in it");
  }

  /** Tells whether the first key of the file needs a passphrase. */
  public static boolean isEncrypted(Path file) throws IOException {
    for (Pem block : Pem.read(file)) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return block.label().equals(ENCRYPTED) || block.headers().containsKey(CIPHER);
      }
    }
    return false;
  }

  private static PrivateKey read(Pem block, @Nullable Supplier<char @Nullable []> passphrase)
      throws GeneralSecurityException {
    if (block.label().equals(ENCRYPTED)) {
      return decrypted(
          passphrase, word -> EncryptedKey.pkcs8(block.der(), word), PrivateKeyFile::pkcs8);
    }
    return block.headers().containsKey(CIPHER)
        ? decrypted(
            passphrase, word -> EncryptedKey.traditional(block, word), der -> plain(block, der))
        : plain(block, block.der());
  }

  private static PrivateKey plain(Pem block, byte[] der) throws InvalidKeyException {
    return switch (block.label()) {
      case "PRIVATE KEY" -> pkcs8(der);
      case "RSA PRIVATE KEY" -> pkcs8(wrapped(Der.element(Der.SEQUENCE, RSA, NULL), der));
      case "EC PRIVATE KEY" -> pkcs8(wrapped(Der.element(Der.SEQUENCE, EC, curve(der)), der));
      default -> throw new InvalidKeyException("a kind of key that Java does not know");
    };
  }

  private interface Decryption {
    byte[] with(char[] passphrase) throws GeneralSecurityException;
  }

  private interface Reading {
    PrivateKey of(byte[] der) throws InvalidKeyException;
  }

  private static PrivateKey decrypted(
      @Nullable Supplier<char @Nullable []> asked, Decryption decryption, Reading reading)
      throws GeneralSecurityException {
    char[] passphrase = asked == null ? null : asked.get();
    if (passphrase == null) {
      throw new InvalidKeyException("it is encrypted, and nobody can be asked for the passphrase");
    }
    byte[] der;
    try {
      der = decryption.with(passphrase);
    } catch (BadPaddingException e) {
      throw new InvalidKeyException(WRONG, e);
    }
    try {
      return reading.of(der);
    } catch (InvalidKeyException e) {
      throw new InvalidKeyException(WRONG, e); // the padding was right by chance
    }
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTETS, key));
  }

  /** RFC 5915: the curve stands behind version and number, tagged [0]. */
  private static byte[] curve(byte[] ecPrivateKey) throws InvalidKeyException {
    Der key = new Der(ecPrivateKey).enter(Der.SEQUENCE);
    key.take(Der.INTEGER);
    key.take(Der.OCTETS);
    return key.take(Der.EXPLICIT_0);
  }

  private static PrivateKey pkcs8(byte[] der) throws InvalidKeyException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (GeneralSecurityException notThis) {
        // The next one, then.
      }
    }
    throw new InvalidKeyException("the key is damaged, or of a kind that Java does not know");
  }

  private static byte[] oid(String hex) {
    return Der.element(Der.OID, HexFormat.of().parseHex(hex));
  }
}
