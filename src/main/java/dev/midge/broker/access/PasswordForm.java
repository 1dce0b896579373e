package dev.midge.broker.access;

/**
 * A form in which mosquitto's tool writes the hash of a password.
 *
 * @param rounds of PBKDF2, 1 or more; 0 for one SHA-512 of password and salt
 * @param salt bytes
 */
public record PasswordForm(int rounds, int salt) {
  /** {@code $7$1000$} with a salt of 64 bytes, which mosquitto 2.0 does not read. */
  public static final PasswordForm MOSQUITTO_2_1 = new PasswordForm(1000, 64);

  /** {@code $7$101$} with a salt of 12 bytes. */
  public static final PasswordForm MOSQUITTO_2_0 = new PasswordForm(101, 12);

  /** {@code $6$} with a salt of 12 bytes, of mosquitto 1: quicker to guess than the others. */
  public static final PasswordForm SHA512 = new PasswordForm(0, 12);

  /** Returns the same with another number of rounds. */
  public PasswordForm withRounds(int other) {
    return new PasswordForm(other, salt);
  }
}
