package dev.midge.broker.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The hash of one password, as a line of mosquitto's password file holds it. Immutable.
 *
 * @param rounds of PBKDF2, 1 or more; 0 for the older form, one SHA-512 of password and salt
 */
record PasswordHash(int rounds, byte[] salt, byte[] hash) {
  private static final int HASH_LENGTH = 64; // of SHA-512

  /** Makes that of a new password. */
  static PasswordHash of(byte[] password, PasswordForm form) {
    byte[] salt = new byte[form.salt()];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(form.rounds(), salt, hash(password, salt, form.rounds()));
  }

  /** Reads the text behind the name of a user; null if it is no hash that can be checked. */
  static @Nullable PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    boolean old = parts.length == 4 && parts[1].equals("6");
    boolean pbkdf2 = parts.length == 5 && parts[1].equals("7");
    if (!parts[0].isEmpty() || !old && !pbkdf2) {
      return null;
    }
    try {
      int rounds = old ? 0 : Integer.parseInt(parts[2]);
      byte[] salt = Base64.getDecoder().decode(parts[parts.length - 2]);
      byte[] hash = Base64.getDecoder().decode(parts[parts.length - 1]);
      boolean isGood =
          (old || rounds >= 1)
              && (salt.length == PasswordForm.MOSQUITTO_2_1.salt() || hasOldSalt(salt))
              && hash.length == HASH_LENGTH;
      return isGood ? new PasswordHash(rounds, salt, hash) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Tells whether mosquitto 2.0 reads it, too. */
  boolean isOld() {
    return hasOldSalt(salt);
  }

  private static boolean hasOldSalt(byte[] salt) {
    return salt.length == PasswordForm.MOSQUITTO_2_0.salt();
  }

  /** Returns the text for a password file. */
  String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    return (rounds == 0 ? "$6$" : "$7$" + rounds + "$")
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  /** Tells whether it is the hash of this password; equal or not, that takes the same time. */
  boolean isOf(byte[] password) {
    return MessageDigest.isEqual(hash, hash(password, salt, rounds));
  }

  private static byte[] hash(byte[] password, byte[] salt, int rounds) {
    try {
      return rounds == 0 ? sha512(password, salt) : pbkdf2(password, salt, rounds);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-512", e);
    }
  }

  private static byte[] sha512(byte[] password, byte[] salt) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    digest.update(password);
    return digest.digest(salt);
  }

  /**
   * RFC 8018, 5.2, with HMAC-SHA-512, whose output is as long as the hash: there is one block. The
   * JDK's own takes characters only, and an MQTT password is bytes.
   */
  private static byte[] pbkdf2(byte[] password, byte[] salt, int rounds)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA512");
    // HMAC fills a short key up with zeros, so that no byte and one zero are the same key.
    mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA512"));
    mac.update(salt);
    mac.update(new byte[] {0, 0, 0, 1}); // the number of the block
    byte[] last = mac.doFinal();
    byte[] result = last.clone();
    for (int i = 1; i < rounds; i++) {
      last = mac.doFinal(last);
      for (int j = 0; j < HASH_LENGTH; j++) {
        result[j] ^= last[j];
      }
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that
        && rounds == that.rounds
        && Arrays.equals(salt, that.salt)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** Returns the form only: no log can show the hash. */
  @Override
  public String toString() {
    return rounds == 0 ? "$6$" : "$7$" + rounds + "$";
  }
}
