package dev.midge.differential;

/** Why a difference is right: the contract's own marks, and one for where it has none. */
enum Mark {
  /** [2.1]: not in 2.0.11, which is what Debian has. */
  SINCE_2_1,
  /** [≠]: a defect of mosquitto; the contract says what we do instead. */
  DEFECT_OF_MOSQUITTO,
  /** The contract leaves it open; {@code docs/decisions.md} says what we do. */
  DECIDED
}
