package dev.midge.client.state;

import java.util.Arrays;

/**
 * Counts the packet identifiers of one session: they start at 1, for SUBSCRIBE, UNSUBSCRIBE and
 * PUBLISH alike. A PUBLISH of QoS 0 uses one up too, as with mosquitto's tools. For several
 * threads.
 */
public final class PacketIds {

  private static final int HIGHEST = 65535;

  /**
   * A bit for each, as far as they have counted. A BitSet would look for its end at each release.
   */
  private long[] inUse = new long[1];

  private int last;

  /** Returns an identifier that may be used again at once. */
  public synchronized int next() {
    do {
      last = last == HIGHEST ? 1 : last + 1;
      if (last / Long.SIZE == inUse.length) {
        inUse = Arrays.copyOf(inUse, 2 * inUse.length);
      }
    } while (isInUse(last)); // [MQTT-2.2.1-3]
    return last;
  }

  private boolean isInUse(int id) {
    return (inUse[id / Long.SIZE] & 1L << id) != 0;
  }

  /** Returns an identifier that is in use until it is {@link #release}d. */
  public synchronized int take() {
    int id = next();
    inUse[id / Long.SIZE] |= 1L << id;
    return id;
  }

  public synchronized void release(int id) {
    inUse[id / Long.SIZE] &= ~(1L << id);
  }
}
