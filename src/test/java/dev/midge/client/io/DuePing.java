package dev.midge.client.io;

/** Lets a test have PINGREQ sent when it wants, and not by the clock. */
public final class DuePing {
  private DuePing() {}

  /**
   * Has the connections send PINGREQ now whose keep alive is so many seconds: a number that no
   * other connection of this process has.
   */
  public static void send(long seconds) {
    KeepAlive.elapse(seconds);
  }
}
