package dev.midge.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One connection of a client, as planned: drawn from the client's own random numbers before it
 * begins, so that the same seed gives the same plan whatever the threads do.
 *
 * @param number from 0
 * @param keepAlive seconds
 * @param willDelay seconds
 * @param publishes the QoS of each message, in order; SHARED for the shared subscription
 * @param pauses milliseconds before each publish
 * @param linger milliseconds from the last publish to the end
 * @param share for an end in the midst of a packet: how much of it is sent, from 0 to 1
 * @param absence milliseconds from the end to the next life
 */
record Life(
    int number,
    int keepAlive,
    int willDelay,
    List<Stream> publishes,
    List<Integer> pauses,
    int linger,
    End end,
    double share,
    int absence) {

  /** Where a message goes. */
  enum Stream {
    ZERO,
    ONE,
    TWO,
    SHARED,
    RETAINED
  }

  /** How a connection ends. */
  enum End {
    /** DISCONNECT: no will. */
    GOODBYE,
    RESET,
    /** Closed without DISCONNECT. */
    CLOSE,
    /** Our half is closed; what still comes is read. */
    HALF_CLOSE,
    /** Silence; the broker has to notice. */
    FREEZE_UNTIL_TIMEOUT,
    /** Silence, and a new connection while the old one is still there. */
    FREEZE_AND_TAKE_OVER,
    /** A reset in the midst of a PUBLISH. */
    CUT_PACKET,
    /** Bytes that are no packet: the broker ends it. */
    NONSENSE,
    /** A reset right after CONNECT, perhaps before CONNACK. */
    AT_ONCE,
    /** A reset in the midst of CONNECT. */
    CUT_CONNECT
  }

  private static final End[] ENDS = End.values();

  static Life draw(int number, Random random) {
    int count = random.nextInt(4) == 0 ? random.nextInt(80) : random.nextInt(20);
    List<Stream> publishes = new ArrayList<>(count);
    List<Integer> pauses = new ArrayList<>(count);
    boolean burst = random.nextInt(4) == 0;
    for (int i = 0; i < count; i++) {
      int die = random.nextInt(100);
      publishes.add(
          die < 40
              ? Stream.TWO
              : die < 75
                  ? Stream.ONE
                  : die < 90 ? Stream.SHARED : die < 95 ? Stream.ZERO : Stream.RETAINED);
      pauses.add(burst ? 0 : random.nextInt(60));
    }
    End end = ENDS[random.nextInt(ENDS.length)];
    // Short only where it shall strike: a machine under load is slow, too.
    int keepAlive = end == End.FREEZE_UNTIL_TIMEOUT ? 1 + random.nextInt(2) : 60;
    return new Life(
        number,
        keepAlive,
        random.nextBoolean() ? 0 : 1 + random.nextInt(3),
        publishes,
        pauses,
        random.nextInt(10) == 0 ? random.nextInt(1500) : random.nextInt(150),
        end,
        random.nextDouble(),
        random.nextInt(5) == 0 ? random.nextInt(2000) : random.nextInt(200));
  }
}
