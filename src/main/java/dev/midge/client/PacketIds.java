package dev.midge.client;

/**
 * The packet identifiers of one connection: they start at 1 and count SUBSCRIBE, UNSUBSCRIBE and
 * PUBLISH alike. A PUBLISH of QoS 0 uses one up too, as mosquitto's tools do. For several threads.
 */
final class PacketIds {

  private static final int HIGHEST = 65535;

  private final boolean[] inUse = new boolean[HIGHEST + 1];
  private int last;

  /** An identifier that may be used again at once. */
  synchronized int next() {
    do {
      last = last == HIGHEST ? 1 : last + 1;
    } while (inUse[last]); // [MQTT-2.2.1-3]
    return last;
  }

  /** An identifier that is kept until it is {@link #release}d. */
  synchronized int take() {
    int id = next();
    inUse[id] = true;
    return id;
  }

  synchronized void release(int id) {
    inUse[id] = false;
  }
}
