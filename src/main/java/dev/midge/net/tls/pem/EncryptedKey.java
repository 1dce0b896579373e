package dev.midge.net.tls.pem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts private keys. PBES2 is read here because Java's own reader refuses what {@code openssl
 * -des3} and {@code -aes192} write.
 */
final class EncryptedKey {
  private static final String PBES2 = "2a864886f70d01050d";
  private static final String PBKDF2 = "2a864886f70d01050c";

  /** Object identifiers of hash functions for PBKDF2, in hex. */
  private static final Map<String, String> PRFS =
      Map.of(
          "2a864886f70d0207", "HmacSHA1",
          "2a864886f70d0208", "HmacSHA224",
          "2a864886f70d0209", "HmacSHA256",
          "2a864886f70d020a", "HmacSHA384",
          "2a864886f70d020b", "HmacSHA512");

  /** Object identifiers of ciphers, in hex, and OpenSSL's names for the traditional form. */
  private static final Map<String, Scheme> SCHEMES =
      Map.ofEntries(
          Map.entry("60864801650304" + "0102", new Scheme("AES", 16)),
          Map.entry("60864801650304" + "0116", new Scheme("AES", 24)),
          Map.entry("60864801650304" + "012a", new Scheme("AES", 32)),
          Map.entry("2a864886f70d0307", new Scheme("DESede", 24)),
          Map.entry("AES-128-CBC", new Scheme("AES", 16)),
          Map.entry("AES-192-CBC", new Scheme("AES", 24)),
          Map.entry("AES-256-CBC", new Scheme("AES", 32)),
          Map.entry("DES-EDE3-CBC", new Scheme("DESede", 24)));

  private record Scheme(String algorithm, int keyBytes) {
    byte[] decrypt(byte[] key, byte[] iv, byte[] data) throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm), new IvParameterSpec(iv));
      return cipher.doFinal(data);
    }
  }

  private EncryptedKey() {}

  /** Decrypts an EncryptedPrivateKeyInfo, RFC 5958; returns PKCS#8. */
  static byte[] pkcs8(byte[] der, char[] passphrase) throws GeneralSecurityException {
    Der info = new Der(der).enter(Der.SEQUENCE);
    Der algorithm = info.enter(Der.SEQUENCE);
    if (!hex(algorithm.take(Der.OID)).equals(PBES2)) {
      return olderPkcs8(der, passphrase);
    }
    Der parameters = algorithm.enter(Der.SEQUENCE);
    Der derivation = parameters.enter(Der.SEQUENCE);
    Der encryption = parameters.enter(Der.SEQUENCE);
    Scheme scheme = known(SCHEMES.get(hex(encryption.take(Der.OID))));
    byte[] iv = encryption.take(Der.OCTETS);
    byte[] key = pbkdf2(derivation, passphrase, scheme.keyBytes());
    return scheme.decrypt(key, iv, info.take(Der.OCTETS));
  }

  /** RFC 8018 A.2. */
  private static byte[] pbkdf2(Der derivation, char[] passphrase, int keyBytes)
      throws GeneralSecurityException {
    if (!hex(derivation.take(Der.OID)).equals(PBKDF2)) {
      throw new InvalidKeyException("encrypted in a way that Java does not know");
    }
    Der parameters = derivation.enter(Der.SEQUENCE);
    byte[] salt = parameters.take(Der.OCTETS);
    int iterations = parameters.number();
    if (parameters.nextIs(Der.INTEGER)) {
      parameters.number(); // The length of the key, which the cipher tells as well.
    }
    String prf = "HmacSHA1";
    if (parameters.nextIs(Der.SEQUENCE)) {
      prf = known(PRFS.get(hex(parameters.enter(Der.SEQUENCE).take(Der.OID))));
    }
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, 8 * keyBytes);
    return SecretKeyFactory.getInstance("PBKDF2With" + prf).generateSecret(spec).getEncoded();
  }

  /** Decrypts the schemes before PBES2, which Java knows itself. */
  private static byte[] olderPkcs8(byte[] der, char[] passphrase) throws GeneralSecurityException {
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      AlgorithmParameters parameters = info.getAlgParameters();
      Cipher cipher = Cipher.getInstance(info.getAlgName());
      SecretKeyFactory keys = SecretKeyFactory.getInstance(info.getAlgName());
      cipher.init(Cipher.DECRYPT_MODE, keys.generateSecret(new PBEKeySpec(passphrase)), parameters);
      return cipher.doFinal(info.getEncryptedData());
    } catch (IOException e) {
      throw new InvalidKeyException("the key is damaged", e);
    }
  }

  /** Decrypts the form before PKCS#8, in which PEM headers tell the cipher. */
  static byte[] traditional(Pem block, char[] passphrase) throws GeneralSecurityException {
    String[] words = block.headers().getOrDefault("DEK-Info", "").split(",");
    Scheme scheme = known(SCHEMES.get(words[0].strip().toUpperCase(Locale.ROOT)));
    if (words.length != 2) {
      throw new InvalidKeyException("the key is damaged");
    }
    byte[] iv;
    try {
      iv = HexFormat.of().parseHex(words[1].strip());
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the key is damaged", e);
    }
    byte[] salt = Arrays.copyOf(iv, 8);
    return scheme.decrypt(bytesToKey(passphrase, salt, scheme.keyBytes()), iv, block.der());
  }

  /** OpenSSL's EVP_BytesToKey with MD5 and one round, which is all that old form knows. */
  private static byte[] bytesToKey(char[] passphrase, byte[] salt, int length)
      throws GeneralSecurityException {
    ByteBuffer password = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    ByteBuffer key = ByteBuffer.allocate(length + md5.getDigestLength());
    while (key.position() < length) {
      md5.update(password.duplicate());
      key.put(md5.digest(salt));
      md5.update(key.array(), key.position() - md5.getDigestLength(), md5.getDigestLength());
    }
    return Arrays.copyOf(key.array(), length);
  }

  private static <T> T known(@Nullable T scheme) throws InvalidKeyException {
    if (scheme == null) {
      throw new InvalidKeyException("encrypted in a way that Java does not know");
    }
    return scheme;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
