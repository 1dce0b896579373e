package dev.midge.cli;

/**
 * The exit statuses, which are mosquitto's: libmosquitto's error numbers, or the broker's reason
 * code.
 */
public final class ExitCode {
  public static final int OK = 0;

  /**
   * A wrong command line, an unreadable file, a broker that cannot be reached; lwt: the broker
   * misbehaved.
   */
  public static final int USAGE = 1;

  public static final int FAILED = 1;
  public static final int PROTOCOL = 2;

  /** The broker's own: a wrong command line. */
  public static final int BROKER_USAGE = 3;

  public static final int NOT_CONNECTED = 4;
  public static final int CONNECTION_LOST = 7;
  public static final int AUTHORISATION = 11;
  public static final int UNKNOWN = 13;
  public static final int PROXY = 16;
  public static final int KEEPALIVE = 19;
  public static final int MALFORMED = 21;
  public static final int QOS_NOT_SUPPORTED = 24;
  public static final int OVERSIZE = 25;
  public static final int TIMED_OUT = 27;

  /** With --strict: the broker refused a subscription or a message, or granted less QoS. */
  public static final int DENIED = 50;

  /**
   * sub --expect: messages came and none was right; --none: the message came that should not come.
   */
  public static final int UNEXPECTED = 51;

  /** A command of --exec failed, took too long or could not be started. */
  public static final int COMMAND_FAILED = 52;

  /** With --strict: a message could not be decoded or did not fit the schema. */
  public static final int MISFIT = 53;

  /** Ended by Ctrl-C or SIGTERM, as a shell tells it. */
  public static final int INTERRUPTED = 130;

  /** sub was ended before the broker had answered. */
  public static final int NEVER_CONNECTED = 255;

  private ExitCode() {}
}
