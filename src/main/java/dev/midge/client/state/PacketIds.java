package dev.midge.client.state;

import java.util.BitSet;

/**
 * Counts the packet identifiers of one session: they start at 1, for SUBSCRIBE, UNSUBSCRIBE and
 * PUBLISH alike. A PUBLISH of QoS 0 uses one up too, as with mosquitto's tools. For several
 * threads.
 */
public final class PacketIds {

  private static final int HIGHEST = 65535;

  private final BitSet inUse = new BitSet();
  private int last;

  /** Returns an identifier that may be used again at once. */
  public synchronized int next() {
    do {
      last = last == HIGHEST ? 1 : last + 1;
    } while (inUse.get(last)); // [MQTT-2.2.1-3]
    return last;
  }

  /** Returns an identifier that is in use until it is {@link #release}d. */
  public synchronized int take() {
    int id = next();
    inUse.set(id);
    return id;
  }

  public synchronized void release(int id) {
    inUse.clear(id);
  }
}
