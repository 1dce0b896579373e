package dev.midge.broker.access;

/** The forms in which mosquitto's tool writes the hash of a password. */
public enum PasswordForm {
  /** {@code $7$1000$} with a salt of 64 bytes, which mosquitto 2.0 does not read. */
  MOSQUITTO_2_1(1000, 64),

  /** {@code $7$101$} with a salt of 12 bytes. */
  MOSQUITTO_2_0(101, 12),

  /** {@code $6$} with a salt of 12 bytes, of mosquitto 1: quicker to guess than the others. */
  SHA512(0, 12);

  final int rounds; // of PBKDF2; 0 for one SHA-512
  final int salt; // bytes

  PasswordForm(int rounds, int salt) {
    this.rounds = rounds;
    this.salt = salt;
  }
}
