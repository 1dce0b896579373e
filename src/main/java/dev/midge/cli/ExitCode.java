package dev.midge.cli;

/**
 * The exit statuses, which are mosquitto's: libmosquitto's error numbers, or the broker's reason
 * code.
 */
final class ExitCode {
  static final int OK = 0;

  /**
   * A wrong command line, an unreadable file, a broker that cannot be reached; lwt: the broker
   * misbehaved.
   */
  static final int USAGE = 1;

  static final int FAILED = 1;
  static final int PROTOCOL = 2;

  /** The broker's own: a wrong command line. */
  static final int BROKER_USAGE = 3;

  static final int NOT_CONNECTED = 4;
  static final int CONNECTION_LOST = 7;
  static final int AUTHORISATION = 11;
  static final int UNKNOWN = 13;
  static final int PROXY = 16;
  static final int KEEPALIVE = 19;
  static final int MALFORMED = 21;
  static final int QOS_NOT_SUPPORTED = 24;
  static final int OVERSIZE = 25;
  static final int TIMED_OUT = 27;

  /** With --strict: the broker refused a subscription or a message, or granted less QoS. */
  static final int DENIED = 50;

  /** Ended by Ctrl-C or SIGTERM, as a shell tells it. */
  static final int INTERRUPTED = 130;

  /** sub was ended before the broker had answered. */
  static final int NEVER_CONNECTED = 255;

  private ExitCode() {}
}
